// Promotions: what the customer sees of them, what is ordered, and what happens when one ends in between.

import { act, someGoods } from "../support/orders.ts";
import { addToCart, review, sheet, submitButton, submitted } from "../support/pages.ts";
import { end, half, promote } from "../support/promotions.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

// While they last, promotions are for everybody who orders.
test.use({ ownDeployment: true });

test("rule 6 and price 3: a line promotion is seen where goods are chosen, and is what is ordered", async ({ desk, visitAs }) => {
  const [admin, anna] = [await desk("admin"), await desk("credit")];
  const goods = await someGoods(anna);
  const kept = await promote(admin, "Half price week", half(goods));
  const page = await visitAs("credit");
  await addToCart(page, words, goods);
  await expect(page.getByText("Half price week").first()).toBeVisible();
  await review(page, words);
  await submitButton(page, words).click();
  const id = await submitted(page, words);
  await expect(sheet(page).getByText("Half price week").first()).toBeVisible();
  const { order } = await anna.order(id);

  // It ends; the order stays what it was (rule 6).
  await end(admin, kept);
  await act(admin, id, "order-review");
  expect((await anna.order(id)).order.total).toBe(order.total);
});

test("price 5: an order promotion that ends in the moment of submitting is said before anything is ordered", async ({
  desk,
  visitAs,
}) => {
  const [admin, anna] = [await desk("admin"), await desk("credit")];
  const goods = await someGoods(anna);
  const steps = [{ from: "0", effect: "minus", amount: "5" }];
  const kept = await promote(admin, "Five off", { kind: "order", steps });
  const before = await anna.orderCount();
  const page = await visitAs("credit");
  await addToCart(page, words, goods);
  await review(page, words);
  const order = page.getByRole("list", { name: words.say("promotions.order.title") });
  await expect(order.getByText("“Five off”")).toBeVisible();
  let ended = false;
  await page.route(
    (url) => url.pathname === "/api/v1/orders",
    async (route) => {
      if (route.request().method() === "POST" && !ended) {
        ended = true;
        await end(admin, kept);
      }
      await route.fallback();
    },
  );
  await submitButton(page, words).click();
  const agree = page.getByRole("button", { name: words.say("promotions.agree_order"), exact: true });
  await expect(agree).toBeVisible();
  expect(await anna.orderCount()).toBe(before);
  await agree.click();
  await submitButton(page, words).click();
  const id = await submitted(page, words);
  expect(await anna.orderCount()).toBe(before + 1);
  await expect(sheet(page).getByText("“Five off”", { exact: false })).toHaveCount(0);
  expect(id).not.toBe("");
});

test("price 4: a gift comes with the order as a line that costs nothing", async ({ desk, visitAs }) => {
  const [admin, anna] = [await desk("admin"), await desk("credit")];
  const goods = await someGoods(anna);
  const gift = { gift: goods.variantId, gives: "1", repeats: false, most: null };
  await promote(admin, "One for free", { kind: "buy_get", buy: [goods.variantId], quantity: "1", ...gift });
  const page = await visitAs("credit");
  await addToCart(page, words, goods);
  await review(page, words);
  await expect(page.getByRole("heading", { name: words.say("promotions.gifts") })).toBeVisible();
  await submitButton(page, words).click();
  const { order } = await anna.order(await submitted(page, words));
  expect(order.lines).toHaveLength(2);
  expect(Number(order.lines[1]?.price)).toBe(0);
});
