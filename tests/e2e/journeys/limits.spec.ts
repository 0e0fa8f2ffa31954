// Two lines of one variant, each within its maximum and together beyond it: as when two devices have added it to one draft.

import { randomUUID } from "node:crypto";
import { goodsWithMaximum, keepDraft } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

for (const language of LANGUAGES) {
  const said = new Words(language);
  test(`lines of one variant are held to its maximum together, and either may give way (${language})`, async ({ desk, visitAs }) => {
    const customer = await desk("deposit");
    const { goods, unit, maximum } = await goodsWithMaximum(customer);
    const line = () => ({
      id: randomUUID(),
      product_id: goods.productId,
      variant_id: goods.variantId,
      sku: goods.sku,
      name: goods.name,
      unit,
      typed: String(maximum),
      note: "",
    });
    const page = await visitAs("deposit", { locale: said.locale });
    // As another device does, after what earlier tests left there is gone; it comes with the next start.
    await keepDraft(customer, [line(), line()], `Two lines ${language}`);
    await page.goto("/cart");

    const label = said.say("cart.quantity", { name: said.local(goods.name), unit: said.local(goods.unit) });
    const quantities = page.getByRole("textbox", { name: label, exact: true });
    await expect(quantities).toHaveCount(2);
    // Both are named, since either could give way.
    for (const number of [0, 1]) {
      await expect(quantities.nth(number)).toHaveAttribute("aria-invalid", "true");
      await expect(quantities.nth(number)).toHaveAccessibleDescription(new RegExp(String(maximum)));
    }
    const remove = page.getByRole("button", { name: said.say("cart.remove_named", { name: said.local(goods.name) }), exact: true });
    await remove.first().click();
    await expect(quantities).toHaveCount(1);
    // Whoever takes out several goes on where they are.
    await expect(remove).toBeFocused();
    await expect(quantities).not.toHaveAttribute("aria-invalid", "true");
  });
}
