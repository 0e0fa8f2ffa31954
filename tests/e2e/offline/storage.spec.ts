// What the screen says when the device does not keep what was typed.

import type { Page } from "@playwright/test";
import { setClock } from "../support/clock.ts";
import { someGoods } from "../support/orders.ts";
import { addToCart, goTo, navigation, review, signOut, stepIn, submitButton, submitted } from "../support/pages.ts";
import { expect, find, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

/** The name of the database of whoever is signed in. */
function databaseName(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const all = await indexedDB.databases();
    return all.find(({ name }) => name?.startsWith("countersign:"))?.name ?? "";
  });
}

test("a full device says so, keeps nothing it says it keeps, and orders all the same", async ({ desk, visitAs }) => {
  const bao = await desk("prepaid");
  const goods = await someGoods(bao);
  const before = await bao.orderCount();
  const page = await visitAs("prepaid");
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    };
  });
  await page.goto("/");
  await addToCart(page, words, goods);
  await goTo(page, words, "shell.cart");
  await expect(page.getByText(/^This device has no room left/)).toBeVisible();
  await expect(page.getByText(/^Kept on this device/)).toBeHidden();
  await page.reload();
  // What the database has no room for was mirrored where there was some.
  await expect(page.getByRole("list", { name: "Lines" }).getByRole("listitem")).toContainText(goods.sku);
  expect(await bao.orderCount()).toBe(before);
});

test("what only the mirror had is kept once there is room again", async ({ desk, visitAs }) => {
  const bao = await desk("prepaid");
  const goods = await someGoods(bao);
  const page = await visitAs("prepaid");
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    };
  });
  await addToCart(page, words, goods);
  await goTo(page, words, "shell.cart");
  await page.getByLabel("Name of this draft").fill("North shop");
  await expect(page.getByText(/^This device has no room left/)).toBeVisible();
  // The page that comes can write again.
  await page.reload();
  const lines = page.getByRole("list", { name: "Lines" }).getByRole("listitem");
  await expect(lines).toContainText(goods.sku);
  await expect(page.getByText(/^Kept on this device/)).toBeVisible();
  await page.getByRole("button", { name: "North shop" }).click();
  await page.getByRole("button", { name: "Begin another draft" }).click();
  await expect(page.getByText("The cart is empty")).toBeVisible();
  // An empty one is none: what comes up is the draft changed last, which is there.
  await page.reload();
  await expect(lines).toContainText(goods.sku);
  await expect(page.getByRole("button", { name: "North shop" })).toBeVisible();
});

test("an older app leaves what a newer one keeps alone, and says so", async ({ desk, visitAs }) => {
  const bao = await desk("credit");
  const goods = await someGoods(bao);
  const before = await bao.orderCount();
  const page = await visitAs("credit");
  await goTo(page, words, "shell.cart");
  const name = await databaseName(page);
  // The newer app, in another tab: it does not have to wait for this one.
  await page.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(name, 9);
        request.onsuccess = () => resolve(request.result.close());
        request.onerror = () => reject(request.error);
      }),
    name,
  );
  await page.goto("/cart");
  await addToCart(page, words, goods);
  await goTo(page, words, "shell.cart");
  await expect(page.getByText(/^A newer version of the app was used on this device/)).toBeVisible();
  await review(page, words);
  await submitButton(page, words).click();
  await submitted(page, words);
  expect(await bao.orderCount()).toBe(before + 1);
});

/** Ways a browser has to give no storage. Each replaces what opens a database in the page. */
const refusals = {
  "throws, as where storage is switched off": () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("The user denied permission to access the database.", "SecurityError");
    };
  },
  "fails, as in some private windows": () => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (this: IDBFactory, name: string, version?: number) {
      const request = open.call(this, `${name}-private`, version);
      // What is ended while it is made is not opened: the request fails.
      request.addEventListener("upgradeneeded", () => request.transaction?.abort());
      return request;
    };
  },
  "never answers": () => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (this: IDBFactory, name: string, version?: number) {
      const request = open.call(this, `${name}-silent`, version);
      for (const event of ["onsuccess", "onerror", "onblocked", "onupgradeneeded"]) {
        Object.defineProperty(request, event, { set: () => undefined });
      }
      return request;
    };
  },
};

for (const [way, refuse] of Object.entries(refusals)) {
  test(`where opening the storage ${way}, the cart says so and orders all the same`, async ({ desk, visitAs }) => {
    const bao = await desk("prepaid");
    const goods = await someGoods(bao);
    const before = await bao.orderCount();
    const page = await visitAs("prepaid");
    await page.addInitScript(refuse);
    await page.goto("/cart");
    await expect(navigation(page, words)).toBeVisible({ timeout: 30_000 });
    await addToCart(page, words, goods);
    await goTo(page, words, "shell.cart");
    await expect(page.getByText(/^This browser gives the app no storage/)).toBeVisible();
    await expect(page.getByText(/^Kept on this device/)).toBeHidden();
    await review(page, words);
    await submitButton(page, words).click();
    await submitted(page, words);
    expect(await bao.orderCount()).toBe(before + 1);
  });
}

test("without any storage the app starts, is signed in to and out of, and says what it keeps", async ({
  accounts,
  visit,
}) => {
  const page = await visit();
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException("Access is denied for this document.", "SecurityError");
    };
    for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
      Object.defineProperty(globalThis, name, { get: refuse });
    }
  });
  await page.goto("/");
  await stepIn(page, words, find(accounts, "prepaid"));
  await goTo(page, words, "shell.cart");
  await expect(page.getByText(/^This browser gives the app no storage/)).toBeVisible();
  await signOut(page, words);
});

for (const years of [-1, 1]) {
  test(`a clock that is wrong by ${years} year is told, and orders arrive all the same`, async ({ desk, visitAs }) => {
    const bao = await desk("prepaid");
    const goods = await someGoods(bao);
    const before = await bao.orderCount();
    const page = await visitAs("prepaid");
    const wrong = page.getByText(words.say("shell.clock_wrong"));
    await page.goto("/cart");
    await expect(navigation(page, words)).toBeVisible();
    await expect(wrong).toBeHidden();
    await setClock(page, years * 365 * 24);
    await page.goto("/cart");
    await expect(wrong).toBeVisible();
    await addToCart(page, words, goods);
    await goTo(page, words, "shell.cart");
    await review(page, words);
    await submitButton(page, words).click();
    await submitted(page, words);
    expect(await bao.orderCount()).toBe(before + 1);
  });
}
