// An order is submitted exactly once, whatever the finger and the network do.

import type { Page, Route } from "@playwright/test";
import { goodsInSteps, someGoods, twoGoods } from "../support/orders.ts";
import { addToCart, goTo, review, submitButton, submitted, undo } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");
const SUBMISSION = (url: URL) => url.pathname === "/api/v1/orders";

/** Does `how` to every submission of the page; reads of the list go through. */
async function onSubmission(page: Page, how: (route: Route) => Promise<void>): Promise<void> {
  await page.route(SUBMISSION, (route) => (route.request().method() === "POST" ? how(route) : route.fallback()));
}

test("a double click submits one order", async ({ desk, visitAs }) => {
  const bao = await desk("prepaid");
  const goods = await someGoods(bao);
  const before = await bao.orderCount();
  const page = await visitAs("prepaid");
  let sent = 0;
  await onSubmission(page, (route) => {
    sent += 1;
    return route.fallback();
  });
  await addToCart(page, words, goods);
  await review(page, words);
  await submitButton(page, words).dblclick();
  await submitted(page, words);
  expect(sent).toBe(1);
  expect(await bao.orderCount()).toBe(before + 1);
  await goTo(page, words, "shell.cart");
  await expect(page.getByText("The cart is empty")).toBeVisible();
});

for (const { what, lose } of [
  // A page that is loaded anew in that moment gives up the request by itself.
  { what: "the answer", lose: (route: Route) => route.fetch().then(() => route.abort()).catch(() => undefined) },
  { what: "the request", lose: (route: Route) => route.abort() },
]) {
  test(`${what} that is lost on the way costs no order and makes no second one`, async ({ desk, visitAs, watch }) => {
    watch.tolerate(/ERR_FAILED/);
    const bao = await desk("prepaid");
    const goods = await someGoods(bao);
    const before = await bao.orderCount();
    const page = await visitAs("prepaid");
    await addToCart(page, words, goods);
    await review(page, words);
    await onSubmission(page, lose);
    await submitButton(page, words).click();
    const unknown = page.getByRole("alert").filter({ hasText: "It is not known whether the order arrived." });
    await expect(unknown).toBeVisible();

    // Even a reload in that moment leaves the same bytes to be sent again.
    await page.reload();
    await expect(unknown).toBeVisible();
    await page.unroute(SUBMISSION);
    // It goes out again by itself; nobody has to press anything.
    await submitted(page, words);
    expect(await bao.orderCount()).toBe(before + 1);
  });
}

test("an order that may have arrived can be taken back to be edited", async ({ desk, visitAs, watch }) => {
  watch.tolerate(/ERR_FAILED/);
  const bao = await desk("prepaid");
  const goods = await someGoods(bao);
  const before = await bao.orderCount();
  const page = await visitAs("prepaid");
  await addToCart(page, words, goods);
  await review(page, words);
  await onSubmission(page, (route) => route.abort());
  await submitButton(page, words).click();
  await expect(page.getByRole("alert").filter({ hasText: "It is not known whether the order arrived." })).toBeVisible();
  await page.getByRole("button", { name: "Take back and edit" }).click();
  await expect(submitButton(page, words)).not.toHaveAttribute("aria-disabled");
  expect(await bao.orderCount()).toBe(before);
  await page.unroute(SUBMISSION);
  await submitButton(page, words).click();
  await submitted(page, words);
  expect(await bao.orderCount()).toBe(before + 1);
});

test("what is in the cart survives a reload", async ({ desk, visitAs }) => {
  const bao = await desk("deposit");
  const [first, second] = await twoGoods(bao);
  const page = await visitAs("deposit");
  await addToCart(page, words, first, first.smallest * 3);
  await addToCart(page, words, second);
  await goTo(page, words, "shell.cart");
  await page.getByRole("button", { name: "Urgent" }).click();
  await page.getByLabel("Note to the supplier").fill("Nach 16 Uhr, 后门");
  await page.reload();
  const quantity = page.getByRole("textbox", { name: words.say("cart.quantity", { name: first.name.en, unit: first.unit.en }) });
  await expect(quantity).toHaveValue(String(first.smallest * 3));
  await expect(page.getByRole("list", { name: "Lines" }).getByRole("listitem").filter({ hasText: second.sku })).toBeVisible();
  await expect(page.getByLabel("Note to the supplier")).toHaveValue("Nach 16 Uhr, 后门");
  await expect(page.getByRole("button", { name: "Urgent" })).toHaveAttribute("aria-pressed", "true");

  const removal = page.getByRole("button", { name: `Remove ${second.name.en}` });
  await removal.click();
  await expect(removal).toBeHidden();
  await undo(page, words, words.say("cart.removed", { name: second.name.en }));
  await expect(removal).toBeVisible();
});

test("quantity: a quantity that is not valid stays as it was typed, and the nearest valid ones are offered", async ({ desk, visitAs }) => {
  const bao = await desk("deposit");
  const goods = await goodsInSteps(bao);
  const page = await visitAs("deposit");
  await addToCart(page, words, goods);
  await goTo(page, words, "shell.cart");
  const quantity = page.getByRole("textbox", { name: words.say("cart.quantity", { name: goods.name.en, unit: goods.unit.en }) });
  const odd = String(goods.smallest - 1);
  await quantity.fill(odd);
  await expect(quantity).toHaveValue(odd);
  await expect(quantity).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("button", { name: `${goods.smallest} ${goods.unit.en}`, exact: true }).click();
  await expect(quantity).toHaveValue(String(goods.smallest));
  await expect(quantity).not.toHaveAttribute("aria-invalid", "true");
});
