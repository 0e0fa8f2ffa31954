// Why a line costs what it costs (domain.md section 5): the same answer in the cart, on the order, and for the staff.

import { twoGoods } from "../support/orders.ts";
import { addToCart, review, sheet, submitButton, submitted } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

interface Variant {
  id: string;
  terms: { list: string; level?: string; agreed?: string; breaks: { from: string }[] };
}

/** `price` times `quantity` in cents, rounded half up, without a binary fraction in between. */
function cents(price: string, quantity: number): number {
  const [whole = "0", rest = ""] = price.split(".");
  const tenThousandths = BigInt(whole) * 10_000n + BigInt(rest.padEnd(4, "0"));
  return Number((tenThousandths * BigInt(quantity) + 50n) / 100n);
}

test("prices 1, 2 and 6: a line says why it costs what it does, and the total is the sum of its lines", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const [goods, other] = await twoGoods(anna);
  const { variants } = await anna.get<{ variants: Variant[] }>(`/products/${goods.productId}`);
  const terms = variants.find(({ id }) => id === goods.variantId)?.terms;
  const from = terms?.breaks[0]?.from;
  if (terms === undefined || from === undefined) {
    throw new Error(`${goods.sku} has no break.`);
  }
  const base = terms.agreed ?? terms.level ?? terms.list;
  expect(base, "a price of the customer's own").not.toBe(terms.list);

  const customer = await visitAs("credit");
  await addToCart(customer, words, goods, Number(from));
  await addToCart(customer, words, other);
  await review(customer, words);
  const own = terms.agreed === undefined ? /^Price of the customer's level/ : /^Price agreed with the customer/;
  const why = [
    (text: string) => own.test(text) && text.includes(base) && text.includes(terms.list),
    (text: string) => text.startsWith(`From ${from} on `),
  ];
  const line = customer.getByRole("row").filter({ hasText: goods.sku });
  await line.getByText(words.say("cart.per_unit", { unit: goods.unit.en })).click();
  await expect(line.getByText(own)).toBeVisible();
  const inCart = await line.getByRole("listitem").allInnerTexts();
  expect(inCart.map((text, place) => why[place]?.(text)), inCart.join()).toEqual([true, true]);
  await submitButton(customer, words).click();
  const id = await submitted(customer, words);

  // What was frozen is what was shown, to the cent.
  const { order } = await admin.order(id);
  const [first, second] = order.lines;
  if (first === undefined || second === undefined) {
    throw new Error("There are two.");
  }
  const sum = cents(first.price, Number(from)) + cents(second.price, other.smallest);
  expect(cents(order.total, 1)).toBe(sum);
  const lead = await visitAs("lead");
  await lead.goto(`/orders/${id}`);
  for (const page of [customer, lead]) {
    const row = sheet(page).getByRole("row").filter({ hasText: goods.sku });
    await row.getByText(words.say("labels.price.quantity_break_short", { from })).click();
    await expect(row.getByRole("listitem")).toHaveText(inCart);
    const total = (sum / 100).toLocaleString("en", { minimumFractionDigits: 2 });
    await expect(sheet(page).getByText(total).first()).toBeVisible();
  }
});
