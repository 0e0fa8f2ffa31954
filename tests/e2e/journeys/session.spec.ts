// Signing in, and a session that ends under somebody's hands.

import { act, someGoods, submitSome } from "../support/orders.ts";
import { addToCart, deed, expectStatus, goTo, openPanel, review, sheet, signIn, signOut, submitButton, submitted } from "../support/pages.ts";
import { expect, find, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

test("a wrong password is said, and the right one signs in", async ({ visit, accounts }) => {
  const page = await visit();
  await page.goto("/");
  const { login, password } = find(accounts, "review");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByLabel("Login name")).toHaveAccessibleDescription("Enter your login name");
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription("Enter your password");
  await signIn(page, words, login, "not the password");
  await expect(page.getByRole("alert").filter({ hasText: "Login or password is wrong." })).toBeVisible();
  await expect(page.getByLabel("Login name")).toHaveValue(login);
  await signIn(page, words, login, password);
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
});

test("a link opened while signed out leads there after signing in", async ({ visit, accounts, desk }) => {
  const anna = await desk("credit");
  const order = await submitSome(anna);
  const page = await visit();
  await page.goto(`/orders/${order.id}`);
  const { login, password } = find(accounts, "credit");
  await signIn(page, words, login, password);
  await expect(sheet(page).getByText(order.number, { exact: true })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/orders/${order.id}$`));
});

test("a filtered list is a link that shows a colleague the same", async ({ visitAs, desk }) => {
  const anna = await desk("credit");
  const order = await submitSome(anna, { priority: "special" });
  const one = await visitAs("lead");
  await goTo(one, words, "shell.orders");
  const search = one.getByRole("searchbox", { name: "Search orders" });
  await search.fill(order.number);
  await search.press("Enter");
  await one.getByLabel("Status", { exact: true }).selectOption("Awaiting order review");
  const list = (page: typeof one) => page.getByRole("region", { name: "Orders" }).getByRole("listitem");
  await expect(list(one)).toHaveCount(1);
  const other = await visitAs("admin");
  await other.goto(one.url());
  await expect(list(other)).toHaveCount(1);
  await expect(list(other)).toContainText(order.number);
  await expect(other.getByLabel("Status", { exact: true })).toHaveValue("pending_order_review");
});

test("a session that ends while a reason is typed loses nothing", async ({ desk, visitAs, accounts }) => {
  const anna = await desk("credit");
  const order = await submitSome(anna);
  const page = await visitAs("review");
  await page.goto(`/orders/${order.id}`);
  const panel = await openPanel(page, words, "send_back");
  await panel.getByLabel("Reason").fill("Half of it is out of season");
  await page.context().clearCookies();
  await panel.getByRole("button", { name: "Send back", exact: true }).click();

  const again = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(again).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(again).toBeVisible();
  await expect(again.getByLabel("Login name")).toHaveValue("review");
  await again.getByLabel("Password").fill(find(accounts, "review").password);
  await again.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(again).toBeHidden();

  await expect(panel.getByLabel("Reason")).toHaveValue("Half of it is out of season");
  await panel.getByRole("button", { name: "Send back", exact: true }).click();
  await expect(panel).toBeHidden();
  await expectStatus(page, words, "sent_back");
});

test("a session that ends before a cart is submitted loses nothing either", async ({
  desk,
  visitAs,
  accounts,
  deployment,
  watch,
}) => {
  watch.tolerate(/ERR_INTERNET_DISCONNECTED/);
  const bao = await desk("deposit");
  const goods = await someGoods(bao);
  const before = await bao.orderCount();
  const page = await visitAs("deposit");
  await addToCart(page, words, goods);
  await goTo(page, words, "shell.cart");
  await page.getByLabel("Note to the supplier").fill("Ring at gate 3");
  await review(page, words);
  await page.context().setOffline(true);
  await submitButton(page, words).click();
  await page.waitForURL(/\/outbox\/[0-9a-f-]{36}$/);
  const signedOut = await page.request.delete("/api/v1/session", {
    headers: { origin: deployment.url, "x-countersign": "1" },
  });
  expect(signedOut.status()).toBe(204);
  await page.context().setOffline(false);
  const again = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(again).toBeVisible();
  await again.getByLabel("Password").fill(find(accounts, "deposit").password);
  await again.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(again).toBeHidden();
  // What waited for a session goes out by itself.
  const id = await submitted(page, words);
  await expect(deed(page, words, "withdraw")).toBeVisible();
  expect((await bao.order(id)).order.note).toBe("Ring at gate 3");
  expect(await bao.orderCount()).toBe(before + 1);

  // What others do reaches the page again, as before the session ended.
  await act(await desk("review"), id, "order-review");
  await expectStatus(page, words, "pending_finance_review");
});

test("a session that ends on the server closes every tab at once, and opens them again", async ({
  visitAs,
  accounts,
  deployment,
}) => {
  const one = await visitAs("credit");
  const other = await one.context().newPage();
  await other.goto("/catalog");
  const list = other.getByRole("main");
  await expect(list).toBeVisible();
  const signedOut = await one.request.delete("/api/v1/session", {
    headers: { origin: deployment.url, "x-countersign": "1" },
  });
  expect(signedOut.status()).toBe(204);
  for (const page of [one, other]) {
    await expect(page.getByRole("dialog", { name: "Your session has ended" })).toBeVisible();
    await expect(page.locator("main")).toBeHidden();
  }
  const again = one.getByRole("dialog", { name: "Your session has ended" });
  await again.getByLabel("Password").fill(find(accounts, "credit").password);
  await again.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(one.getByRole("main")).toBeVisible();
  await expect(list).toBeVisible();
});

test("signing out in one tab signs out all of them", async ({ visitAs }) => {
  const one = await visitAs("review");
  const other = await one.context().newPage();
  await other.goto("/orders");
  await expect(other.getByRole("main")).toBeVisible();
  await signOut(one, words);
  await expect(other.getByRole("heading", { name: "Sign in", exact: true })).toBeVisible();
});
