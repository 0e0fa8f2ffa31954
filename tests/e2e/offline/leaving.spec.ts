// Signing out while something has not reached the server.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { appIsKept, kept } from "../support/device.ts";
import { someGoods } from "../support/orders.ts";
import { addToCart, goTo, navigation, openAccountMenu, review, signIn, submitButton } from "../support/pages.ts";
import { expect, find, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

const words = new Words("en");
const OFFLINE = /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_NETWORK_IO_SUSPENDED|ERR_FAILED/;

/** Queues what is in the cart without a connection. */
async function queue(page: Page, said: Words): Promise<void> {
  await review(page, said);
  await page.context().setOffline(true);
  await submitButton(page, said).click();
  await page.waitForURL(/\/outbox\/[0-9a-f-]{36}$/);
}

/** Wants to sign out, and gives the question that is asked. */
async function wantToLeave(page: Page, said: Words) {
  await openAccountMenu(page);
  await page.getByRole("button", { name: said.say("shell.sign_out"), exact: true }).click();
  const question = page.getByRole("dialog", { name: said.say("leave.title") });
  await expect(question).toBeVisible();
  return question;
}

test("an order that waits is sent before its person signs out", async ({ desk, visitAs, watch }) => {
  watch.tolerate(OFFLINE);
  const bao = await desk("prepaid");
  const before = await bao.orderCount();
  const page = await visitAs("prepaid");
  await addToCart(page, words, await someGoods(bao));
  await queue(page, words);
  const question = await wantToLeave(page, words);
  await expect(question.getByText("Orders waiting on this device to be sent: 1.")).toBeVisible();

  // Without a connection it stays a question.
  await question.getByRole("button", { name: "Send now, then sign out" }).click();
  await expect(question.getByText(/^Not all of it could be sent/)).toBeVisible();
  await page.context().setOffline(false);
  await question.getByRole("button", { name: "Send now, then sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in", exact: true })).toBeVisible();
  expect(await bao.orderCount()).toBe(before + 1);
  await expect.poll(() => kept(page)).toEqual({});
});

test("an order kept locked is seen and sent by nobody else, and goes on when its person is back", async ({
  accounts,
  desk,
  visitAs,
  watch,
}) => {
  watch.tolerate(OFFLINE);
  const bao = await desk("prepaid");
  const anna = await desk("credit");
  const [his, hers] = [await bao.orderCount(), await anna.orderCount()];
  const page = await visitAs("prepaid");
  await addToCart(page, words, await someGoods(bao));
  await queue(page, words);
  const question = await wantToLeave(page, words);
  await question.getByRole("button", { name: "Keep it locked for me and sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in", exact: true })).toBeVisible();
  await page.context().setOffline(false);

  const other = find(accounts, "credit");
  await signIn(page, words, other.login, other.password);
  await expect(navigation(page, words)).toBeVisible();
  await page.goto("/outbox");
  await expect(page.getByText("Nothing is waiting")).toBeVisible();
  await openAccountMenu(page);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();

  const him = find(accounts, "prepaid");
  await signIn(page, words, him.login, him.password);
  await expect.poll(() => bao.orderCount()).toBe(his + 1);
  expect(await anna.orderCount()).toBe(hers);
});

test("what waits is thrown away only by whoever says so in a word", async ({ desk, visitAs, watch }) => {
  watch.tolerate(OFFLINE);
  const bao = await desk("deposit");
  const before = await bao.orderCount();
  const page = await visitAs("deposit");
  await addToCart(page, words, await someGoods(bao));
  await queue(page, words);
  const question = await wantToLeave(page, words);
  const discard = question.getByRole("button", { name: "Throw away and sign out" });
  await discard.click();
  await question.getByLabel("To throw it away, type “discard”").fill("disc");
  await discard.click();
  await expect(question).toBeVisible();

  // It was tried to be sent: the server is asked whether it has it, which takes a connection.
  await page.route((url) => url.pathname === "/api/v1/orders", (route) =>
    route.request().method() === "POST" ? route.abort() : route.fallback());
  await page.context().setOffline(false);
  await question.getByLabel("To throw it away, type “discard”").fill("Discard ");
  await discard.click();
  await expect(page.getByRole("heading", { name: "Sign in", exact: true })).toBeVisible();
  await expect.poll(() => kept(page)).toEqual({});
  expect(await bao.orderCount()).toBe(before);
});

test("who signs out without a connection is signed out when it is back", async ({ desk, visitAs, watch }) => {
  watch.tolerate(OFFLINE);
  await desk("credit");
  const page = await visitAs("credit");
  await expect(navigation(page, words)).toBeVisible();
  await appIsKept(page);
  await page.context().setOffline(true);
  await openAccountMenu(page);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Sign in", exact: true })).toBeVisible();
  await page.context().setOffline(false);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Sign in", exact: true })).toBeVisible();
  // The page says so before the server has heard of it.
  await expect.poll(async () => (await page.request.get("/api/v1/session")).json()).toBeNull();
});

test("who does not come back to a session that ended leaves nothing that the server has", async ({
  desk,
  visitAs,
  deployment,
}) => {
  const bao = await desk("prepaid");
  const page = await visitAs("prepaid");
  await addToCart(page, words, await someGoods(bao));
  await goTo(page, words, "shell.cart");
  await expect(page.getByText("Kept on this device and the server")).toBeVisible();
  const signedOut = await page.request.delete("/api/v1/session", {
    headers: { origin: deployment.url, "x-countersign": "1" },
  });
  expect(signedOut.status()).toBe(204);
  const again = page.getByRole("dialog", { name: "Your session has ended" });
  await again.getByRole("button", { name: "Leave and sign in as somebody else" }).click();
  await expect(page.getByRole("heading", { name: "Sign in", exact: true })).toBeVisible();
  await expect.poll(() => kept(page)).toEqual({});
  expect(await bao.drafts()).toHaveLength(1);
});

for (const language of LANGUAGES) {
  const said = new Words(language);
  test(`the question at signing out is in order for everyone (${language})`, async ({ desk, visitAs, watch }) => {
    watch.tolerate(OFFLINE);
    const page = await visitAs("deposit", { locale: said.locale, reducedMotion: "reduce" });
    await addToCart(page, said, await someGoods(await desk("deposit")));
    await queue(page, said);
    await wantToLeave(page, said);
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [1280, 360]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        await expectAccessible(page);
      }
    }
  });
}
