// Catalog, prices and orders without a connection: all of it on a trusted device, nothing on another.

import { randomUUID } from "node:crypto";
import { appIsKept, kept } from "../support/device.ts";
import { someGoods, submitSome, twoGoods } from "../support/orders.ts";
import { addToCart, birth, goTo, navigation, openAccountMenu, review, sheet, signInTrusting, signOut, submitButton, submitted, syncLine } from "../support/pages.ts";
import { expectAccessible } from "../support/axe.ts";
import { expect, find, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

const words = new Words("en");
const OFFLINE = /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_NETWORK_IO_SUSPENDED|ERR_FAILED/;

test("a trusted device opens any page without a connection, with its age, and orders from it", async ({
  accounts,
  desk,
  visit,
  watch,
}) => {
  watch.tolerate(OFFLINE);
  const anna = await desk("credit");
  await anna.removeDrafts();
  const [goods, other] = await twoGoods(anna);
  const order = await submitSome(anna, { note: "Read without a connection" });
  const before = await anna.orderCount();
  const page = await visit();
  await page.goto("/");
  await signInTrusting(page, words, find(accounts, "credit"));
  await appIsKept(page);

  // A cold start of links that were never opened here.
  await page.context().setOffline(true);
  await page.goto(`/orders/${order.id}`);
  await expect(sheet(page).getByText(order.number, { exact: true })).toBeVisible();
  await expect(sheet(page).getByText("Read without a connection")).toBeVisible();
  await expect(syncLine(page)).toContainText(/^Offline, as of /);
  await expect(navigation(page, words).getByText(/^Offline/)).toBeVisible();

  await page.goto("/orders?status=pending_order_review");
  const list = page.getByRole("region", { name: "Orders" }).getByRole("listitem");
  await expect(list.filter({ hasText: order.number })).toBeVisible();
  await page.goto(`/orders?q=${other.sku}`);
  await expect(list.filter({ hasText: order.number })).toHaveCount(0);

  // Both are found by words, in either language, and cost what they cost.
  await page.goto("/catalog");
  await addToCart(page, words, goods);
  await addToCart(page, words, other);
  await review(page, words);
  await submitButton(page, words).click();
  await page.waitForURL(/\/outbox\/[0-9a-f-]{36}$/);
  const started = await birth(page);
  await page.context().setOffline(false);
  await submitted(page, words);
  await expect(syncLine(page)).not.toContainText("as of");
  expect(await birth(page)).toBe(started);
  expect(await anna.orderCount()).toBe(before + 1);
});

test("what changed while a trusted device was away is on it afterwards", async ({ accounts, desk, visit, watch }) => {
  watch.tolerate(OFFLINE);
  const anna = await desk("credit");
  const page = await visit();
  await page.goto("/");
  await signInTrusting(page, words, find(accounts, "credit"));
  await appIsKept(page);
  await page.goto("about:blank");
  const order = await submitSome(anna, { note: "While away" });
  await page.goto("/orders");
  const list = page.getByRole("region", { name: "Orders" }).getByRole("listitem");
  await expect(list.filter({ hasText: order.number })).toBeVisible();
  // It is fetched in full without having been opened, and without a bar that nobody needs.
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await expect
    .poll(() =>
      page.evaluate(async (id) => {
        const names = await indexedDB.databases();
        const name = names.find((one) => one.name?.startsWith("countersign:"))?.name ?? "";
        const database = await new Promise<IDBDatabase>((resolve) => {
          const request = indexedDB.open(name);
          request.onsuccess = () => resolve(request.result);
        });
        const found = await new Promise<unknown>((resolve) => {
          const request = database.transaction("reads").objectStore("reads").get(`/orders/${id}`);
          request.onsuccess = () => resolve(request.result);
        });
        database.close();
        return found !== undefined;
      }, order.id),
    )
    .toBe(true);
});

test("a saved list that was opened once is read without a connection", async ({ accounts, desk, visit, watch }) => {
  watch.tolerate(OFFLINE);
  const anna = await desk("credit");
  const goods = await twoGoods(anna);
  const id = randomUUID();
  const items = goods.map(({ variantId, smallest }) => ({ variant_id: variantId, quantity: String(smallest) }));
  await anna.change("PUT", `/lists/${id}`, { name: "Read in the cellar", items }, 0);
  const page = await visit();
  await page.goto("/");
  await signInTrusting(page, words, find(accounts, "credit"));
  await appIsKept(page);
  const heading = page.getByRole("heading", { name: "Read in the cellar", level: 1 });
  const rows = page.getByRole("list", { name: words.say("lists.list"), exact: true }).getByRole("listitem");
  await page.goto(`/lists/${id}`);
  await expect(heading).toBeVisible();
  await expect(rows).toHaveCount(2);

  // A cold start of its address.
  await page.goto("about:blank");
  await page.context().setOffline(true);
  await page.goto(`/lists/${id}`);
  await expect(heading).toBeVisible();
  await expect(rows).toHaveCount(2);
  for (const { sku } of goods) {
    await expect(rows.filter({ hasText: sku })).toBeVisible();
  }
  await expect(syncLine(page)).toContainText(/^Offline, as of /);
});

test("a device that is not trusted keeps what was typed, and nothing once its person is gone", async ({
  accounts,
  desk,
  visitAs,
  watch,
}) => {
  watch.tolerate(OFFLINE);
  const goods = await someGoods(await desk("prepaid"));
  const page = await visitAs("prepaid");
  await appIsKept(page);
  await addToCart(page, words, goods);
  await expect.poll(() => kept(page)).toMatchObject({ drafts: 1 });
  expect(await kept(page)).not.toHaveProperty("reads");
  expect(await kept(page)).not.toHaveProperty("catalog");

  // The tab was reloaded in a lift: the cart is there, the catalog is not.
  await page.context().setOffline(true);
  await page.reload();
  await goTo(page, words, "shell.cart");
  await expect(page.getByRole("list", { name: "Lines" }).getByRole("listitem")).toContainText(goods.sku);
  await page.context().setOffline(false);
  await expect(page.getByText("Kept on this device and the server")).toBeVisible();
  await signOut(page, words);
  await expect.poll(() => kept(page)).toEqual({});

  // The server has the draft.
  const again = find(accounts, "prepaid");
  await page.getByLabel("Login name").fill(again.login);
  await page.getByLabel("Password").fill(again.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await goTo(page, words, "shell.cart");
  await expect(page.getByRole("list", { name: "Lines" }).getByRole("listitem")).toContainText(goods.sku);
});

for (const language of LANGUAGES) {
  const said = new Words(language);
  test(`what a trusted device shows without a connection is in order for everyone (${language})`, async ({
    accounts,
    visit,
    watch,
  }) => {
    watch.tolerate(OFFLINE);
    const page = await visit({ locale: said.locale, reducedMotion: "reduce" });
    await page.goto("/");
    await signInTrusting(page, said, find(accounts, "credit"));
    await appIsKept(page);
    await page.context().setOffline(true);
    await goTo(page, said, "shell.catalog");
    await expect(syncLine(page)).toContainText(said.say("shell.offline_age", { when: "" }).trim());
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [1280, 360]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        await expectAccessible(page);
      }
    }
    await expect(navigation(page, said)).toBeVisible();
  });
}

test("trust can be given and taken back without signing in again", async ({ visitAs, watch }) => {
  watch.tolerate(OFFLINE);
  const page = await visitAs("deposit");
  await expect(navigation(page, words)).toBeVisible();
  expect(await kept(page)).not.toHaveProperty("catalog");
  const press = async (key: string) => {
    await openAccountMenu(page);
    await page.getByRole("button", { name: words.say(key), exact: true }).click();
  };

  await press("shell.trust");
  await expect(page.getByText(words.say("shell.trusted"), { exact: true })).toBeVisible();
  await expect.poll(async () => Object.keys(await kept(page))).toEqual(expect.arrayContaining(["catalog", "reads"]));
  await appIsKept(page);
  await page.context().setOffline(true);
  await page.goto("/catalog");
  await expect(page.getByRole("listitem").filter({ hasText: /\d/ }).nth(5)).toBeVisible();
  await page.context().setOffline(false);

  await press("shell.trust_no_more");
  await expect(page.getByText(words.say("shell.trusted_no_more"), { exact: true })).toBeVisible();
  await expect.poll(async () => Object.keys(await kept(page))).not.toEqual(expect.arrayContaining(["catalog"]));
  expect(await kept(page)).not.toHaveProperty("reads");
});
