// Files that go along with an order: chosen in the cart, safe on the device, opened by both sides.

import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { kept } from "../support/device.ts";
import { picture } from "../support/files.ts";
import { someGoods } from "../support/orders.ts";
import { addToCart, goTo, navigation, review, sheet, signOut, submitButton, submitted, undo } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

const OFFLINE = /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_NETWORK_IO_SUSPENDED|ERR_FAILED/;
const PHONE = { width: 360, height: 740 };
const words = new Words("en");

/** A file with this text, as a file chooser takes it. */
function file(name: string, text: string): { name: string; mimeType: string; buffer: Buffer } {
  return { name, mimeType: "application/octet-stream", buffer: Buffer.from(text) };
}

const PURCHASE_ORDER = file("采购单 4711.pdf", "%PDF-1.7 purchase order");

/** Chooses files in the cart. */
async function attach(page: Page, said: Words, files: ReturnType<typeof file>[]): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: said.say("cart.files.add"), exact: true }).click();
  await (await chooser).setFiles(files);
}

/** The file called `name` in the cart. */
function attached(page: Page, said: Words, name: string): Locator {
  const list = page.getByRole("list", { name: said.say("cart.files.title"), exact: true });
  return list.getByRole("listitem").filter({ hasText: name });
}

/** What the file has in it that `press` saves. */
async function saved(page: Page, press: Locator): Promise<{ name: string; text: string }> {
  const download = page.waitForEvent("download");
  await press.click();
  const file = await download;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

for (const language of LANGUAGES) {
  const said = new Words(language);
  test(`files are attached in the cart, outlive the page and are opened by both sides (${language})`, async ({ desk, visitAs }) => {
    const goods = await someGoods(await desk("credit"));
    const customer = await visitAs("credit", { locale: said.locale, viewport: PHONE, reducedMotion: "reduce" });
    await addToCart(customer, said, goods);
    await goTo(customer, said, "shell.cart");
    await attach(customer, said, [PURCHASE_ORDER, picture("door.png"), file("setup.exe", "MZ\u0090\u0000")]);
    const [first, second] = [attached(customer, said, PURCHASE_ORDER.name), attached(customer, said, "door.png")];
    for (const row of [first, second]) {
      await expect(row.getByText(said.say("cart.files.sent"), { exact: true })).toBeVisible();
    }
    await expect(customer.getByRole("alert").filter({ hasText: "setup.exe" })).toContainText(said.say("talk.files.fault.wrong_type"));
    await expectAccessible(customer);
    const wider = await customer.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wider).toBe(0);

    await customer.reload();
    await expect(first.getByText(said.say("cart.files.sent"), { exact: true })).toBeVisible();
    const save = said.say("talk.files.save", { name: PURCHASE_ORDER.name });
    const here = await saved(customer, first.getByRole("button", { name: save, exact: true }));
    expect(here).toEqual({ name: PURCHASE_ORDER.name, text: PURCHASE_ORDER.buffer.toString() });

    // What is taken out comes back, and in its place.
    await first.getByRole("button", { name: said.say("talk.files.remove", { name: PURCHASE_ORDER.name }) }).click();
    await expect(first).toBeHidden();
    await undo(customer, said, said.say("cart.removed", { name: PURCHASE_ORDER.name }));
    await expect(first).toBeVisible();

    await review(customer, said);
    await expect(customer.getByText(`${PURCHASE_ORDER.name}, door.png`, { exact: true })).toBeVisible();
    await submitButton(customer, said).click();
    const order = await submitted(customer, said);

    const reviewer = await visitAs("review", { locale: said.locale });
    await reviewer.goto(`/orders/${order}`);
    for (const page of [customer, reviewer]) {
      const files = sheet(page).getByRole("list", { name: said.say("talk.files.list"), exact: true }).first();
      const link = files.getByRole("link", { name: PURCHASE_ORDER.name });
      expect(await saved(page, link)).toEqual(here);
      await files.getByRole("button", { name: said.say("talk.files.open", { name: "door.png" }) }).click();
      const shown = page.getByRole("dialog", { name: "door.png" }).getByRole("img", { name: "door.png" });
      await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
      await page.keyboard.press("Escape");
    }
    await expectAccessible(reviewer);
  });
}

test("a file attached without a connection goes out before its order, and both arrive once", async ({ desk, visitAs, watch }) => {
  watch.tolerate(OFFLINE);
  const bao = await desk("prepaid");
  const goods = await someGoods(bao);
  const before = await bao.orderCount();
  const page = await visitAs("prepaid");
  await addToCart(page, words, goods);
  await goTo(page, words, "shell.cart");
  await page.context().setOffline(true);
  await attach(page, words, [PURCHASE_ORDER]);
  await expect(attached(page, words, PURCHASE_ORDER.name).getByText(words.say("cart.files.waiting"), { exact: true })).toBeVisible();
  // The connection is back, but files get lost on the way: no order goes without its own.
  await page.route((url) => url.pathname === "/api/v1/files", (route) => route.abort());
  await page.context().setOffline(false);
  await review(page, words);
  await submitButton(page, words).click();
  await page.waitForURL(/\/outbox\/[0-9a-f-]{36}$/);
  await expect(page.getByText(PURCHASE_ORDER.name, { exact: true })).toBeVisible();
  await expect(page.getByText(words.say("problems.unreachable"))).toBeVisible();
  expect(await bao.orderCount()).toBe(before);
  await page.unrouteAll();
  await page.getByRole("button", { name: words.say("outbox.again"), exact: true }).click();
  const order = await submitted(page, words);
  expect(await bao.orderCount()).toBe(before + 1);
  const { attachments } = await bao.get<{ attachments: { name: string }[] }>(`/orders/${order}`);
  expect(attachments.map(({ name }) => name)).toEqual([PURCHASE_ORDER.name]);

  // Nothing of it outlives the session on a device nobody trusts.
  await signOut(page, words);
  await expect.poll(() => kept(page)).toEqual({});
});

test("an order whose file is refused waits for its person, and goes out once the file is taken", async ({ desk, visitAs }) => {
  const bao = await desk("prepaid");
  const goods = await someGoods(bao);
  const before = await bao.orderCount();
  const page = await visitAs("prepaid");
  const problem = { type: "/problems/file-refused", fault: "wrong_type", status: 422, title: "The file is not kept", instance: "" };
  await page.route((url) => url.pathname === "/api/v1/files", (route) =>
    route.fulfill({ status: 422, contentType: "application/problem+json", body: JSON.stringify(problem) }));
  await addToCart(page, words, goods);
  await goTo(page, words, "shell.cart");
  await attach(page, words, [PURCHASE_ORDER]);
  const why = words.say("talk.files.fault.wrong_type");
  await expect(attached(page, words, PURCHASE_ORDER.name).getByRole("alert")).toHaveText(why);
  await review(page, words);
  await submitButton(page, words).click();
  await page.waitForURL(/\/outbox\/[0-9a-f-]{36}$/);
  await expect(page.getByText(words.say("outbox.file_refused", { why }))).toBeVisible();
  expect(await bao.orderCount()).toBe(before);
  await page.unrouteAll();
  await page.getByRole("button", { name: words.say("outbox.again"), exact: true }).click();
  await submitted(page, words);
  expect(await bao.orderCount()).toBe(before + 1);
});

test("a file attached on the phone is named and opened on the desk", async ({ desk, visitAs }) => {
  const goods = await someGoods(await desk("deposit"));
  const phone = await visitAs("deposit", { viewport: PHONE });
  const atDesk = await visitAs("deposit");
  await expect(navigation(atDesk, words)).toBeVisible();
  await addToCart(phone, words, goods);
  await goTo(phone, words, "shell.cart");
  await attach(phone, words, [PURCHASE_ORDER]);
  await expect(attached(phone, words, PURCHASE_ORDER.name).getByText(words.say("cart.files.sent"), { exact: true })).toBeVisible();
  await goTo(atDesk, words, "shell.cart");
  const row = attached(atDesk, words, PURCHASE_ORDER.name);
  await expect(row.getByText(words.say("cart.files.elsewhere"), { exact: true })).toBeVisible();
  const name = words.say("talk.files.save", { name: PURCHASE_ORDER.name });
  const there = await saved(atDesk, row.getByRole("button", { name, exact: true }));
  expect(there).toEqual({ name: PURCHASE_ORDER.name, text: PURCHASE_ORDER.buffer.toString() });
});
