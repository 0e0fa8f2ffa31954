// What people do in the app, said once: every step by the role and the name that a person goes by.

import { expect, type Locator, type Page } from "@playwright/test";
import type { DemoAccount } from "./deployment.ts";
import type { Goods } from "./orders.ts";
import type { Words } from "./words.ts";

/** Fills in the sign-in form and sends it. */
export async function signIn(page: Page, words: Words, login: string, password: string): Promise<void> {
  await page.getByLabel(words.say("auth.login"), { exact: true }).fill(login);
  await page.getByLabel(words.say("auth.password"), { exact: true }).fill(password);
  await page.getByRole("button", { name: words.say("auth.submit"), exact: true }).click();
}

/** Signs in on a device that its person trusts, and waits until everything is on it. */
export async function signInTrusting(page: Page, words: Words, account: DemoAccount): Promise<void> {
  await page.getByRole("checkbox", { name: words.say("auth.trust") }).check();
  await signIn(page, words, account.login, account.password);
  await expect(navigation(page, words)).toBeVisible();
  const progress = page.getByRole("progressbar", { name: words.say("shell.fetching") });
  await expect(progress).toBeVisible();
  await expect(progress).toBeHidden();
}

/** What the shell says of the connection. */
export function syncLine(page: Page): Locator {
  return page.locator(".shell-sync:visible");
}

/** Steps into a demo account from the sign-in page. */
export async function stepIn(page: Page, words: Words, account: DemoAccount): Promise<void> {
  const name = words.say("auth.demo_step_in", { name: words.local(account.name), role: words.local(account.role) });
  await page.getByRole("button", { name, exact: true }).click();
  await expect(navigation(page, words)).toBeVisible();
}

/** Signs out by the account menu. */
export async function signOut(page: Page, words: Words): Promise<void> {
  await openAccountMenu(page);
  await page.getByRole("button", { name: words.say("shell.sign_out") }).click();
  await expect(page.getByRole("heading", { name: words.say("auth.title"), exact: true })).toBeVisible();
}

/** Opens the account menu, which is the only one of the header. */
export function openAccountMenu(page: Page): Promise<void> {
  return page.getByRole("banner").getByRole("button", { expanded: false }).click();
}

/** The ways to the pages. */
export function navigation(page: Page, words: Words): Locator {
  return page.getByRole("navigation", { name: words.say("shell.main_nav") });
}

/** Goes to a page by its way, past the number of what waits there. */
export async function goTo(page: Page, words: Words, key: string): Promise<void> {
  const name = new RegExp(`^${escape(words.say(key))}(?!\\p{L})`, "u");
  await navigation(page, words).getByRole("link", { name }).click();
}

/** Opens an order in the queue of a stage by its number. */
export async function openInQueue(page: Page, words: Words, stage: string, number: string): Promise<void> {
  await goTo(page, words, `labels.stage.${stage}`);
  await page.getByRole("link", { name: number }).click();
  await expect(sheet(page).getByText(number, { exact: true })).toBeVisible();
}

/** The open order. */
export function sheet(page: Page): Locator {
  return page.getByRole("article");
}

/** What may be done with the open order. */
export function deeds(page: Page, words: Words): Locator {
  return page.getByRole("group", { name: words.say("order.actions") });
}

/** The button of a deed, such as `ship`. */
export function deed(page: Page, words: Words, name: string): Locator {
  return deeds(page, words).getByRole("button", { name: words.say(`order.deed.${name}`), exact: true });
}

/** Opens the panel of a deed. */
export async function openPanel(page: Page, words: Words, name: string): Promise<Locator> {
  await deed(page, words, name).click();
  const panel = page.getByRole("dialog", { name: words.say(`order.deed.${name}`) });
  await expect(panel).toBeVisible();
  return panel;
}

/** Sends the form of a panel; it is named like the deed that opened it. */
export async function confirm(panel: Locator, words: Words, key: string): Promise<void> {
  await panel.getByRole("button", { name: words.say(key), exact: true }).click();
  await expect(panel).toBeHidden();
}

/** Waits until the open order says that it is in `status`. */
export async function expectStatus(page: Page, words: Words, status: string): Promise<void> {
  // The head comes first; what happened to the order may be called the same further down.
  await expect(sheet(page).getByText(words.say(`labels.status.${status}`), { exact: true }).first()).toBeVisible();
}

/** Stages of the open order's track, in their order. */
export function track(page: Page, words: Words): Locator {
  return page.getByRole("list", { name: words.say("order.track.label") }).getByRole("listitem");
}

/** Searches for a product in the header and puts `quantity` of it into the cart. */
export async function addToCart(page: Page, words: Words, goods: Goods, quantity = goods.smallest): Promise<void> {
  const search = page.getByRole("searchbox", { name: words.say("shell.search_products") });
  await search.fill(words.local(goods.product));
  await search.press("Enter");
  const [name, unit] = [words.local(goods.name), words.local(goods.unit)];
  await page.getByRole("textbox", { name: words.say("catalog.quantity", { name, unit }) }).fill(String(quantity));
  await page.getByRole("group", { name: words.say("catalog.add_named", { name }) }).getByRole("button").click();
  await expect(page.getByText(words.say("catalog.in_cart", { quantity: `${quantity} ${unit}` }))).toBeVisible();
}

/** Takes back what `message` at the bottom of the screen tells of. */
export function undo(page: Page, words: Words, message: string): Promise<void> {
  const group = page.getByRole("group", { name: message, exact: true });
  return group.getByRole("button", { name: words.say("cart.undo"), exact: true }).click();
}

/** Goes from the cart to the last look before submitting. */
export async function review(page: Page, words: Words): Promise<void> {
  await goTo(page, words, "shell.cart");
  await page.getByRole("link", { name: words.say("cart.to_review") }).click();
  await expect(page.getByRole("heading", { name: words.say("cart.review_title") })).toBeVisible();
}

/** The button that submits the cart. */
export function submitButton(page: Page, words: Words): Locator {
  return page.getByRole("button", { name: words.say("cart.submit"), exact: true });
}

/** Submits what is in the cart without a connection, and waits until the screen says that it is queued. */
export async function submitOffline(page: Page, words: Words): Promise<void> {
  await review(page, words);
  await page.context().setOffline(true);
  await submitButton(page, words).click();
  await page.waitForURL(/\/outbox\/[0-9a-f-]{36}$/);
}

/** Waits for the page of an order that was just submitted, and gives its id. */
export async function submitted(page: Page, words: Words): Promise<string> {
  await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
  await expectStatus(page, words, "pending_order_review");
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** When the page was loaded: the same number says that it has not been loaded again since. */
export function birth(page: Page): Promise<number> {
  return page.evaluate(() => performance.timeOrigin);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
