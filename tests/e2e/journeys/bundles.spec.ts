// Bundles: made and tried by the staff, begun and completed in the cart, and kept by the order when they end.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { act, type Goods, twoGoods } from "../support/orders.ts";
import { addToCart, goTo, review, sheet, submitButton, submitted } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

// While they last, promotions are for everybody who orders.
test.use({ ownDeployment: true });

const NAME = "Both for one";

/** What one bundle costs: less than its goods by themselves, whatever they are. */
const PRICE = "1.00";

/** Finds something by its code, and chooses it. */
async function choose(page: Page, label: string, code: string): Promise<void> {
  await page.getByRole("searchbox", { name: label, exact: true }).fill(code);
  await page.getByRole("button", { name: code }).first().click();
}

/** The number in what the cart says it comes to. */
async function total(page: Page, words: Words): Promise<number> {
  const line = page.getByRole("status").filter({ hasText: words.say("cart.total") });
  const text = await line.innerText();
  return Number(/\d[\d,]*\.?\d*/.exec(text)?.[0].replaceAll(",", ""));
}

for (const language of LANGUAGES) {
  const words = new Words(language);
  const say = (key: string, values: Record<string, string | number> = {}) => words.say(`promotion_desk.${key}`, values);
  const { locale } = words;

  test(`rule 6 and price 4: a bundle is one line with its goods, and costs on the order what the cart said (${language})`, async ({
    desk,
    visitAs,
  }) => {
    const [admin, anna] = [await desk("admin"), await desk("credit")];
    const [first, second] = await twoGoods(anna);
    const staff = await visitAs("lead", { locale });
    await goTo(staff, words, "promotion_desk.title");
    await staff.getByRole("link", { name: say("make"), exact: true }).click();
    await expect(staff.getByRole("heading", { name: say("make"), level: 1 })).toBeVisible();
    await staff.getByLabel(say("name_zh"), { exact: true }).fill(NAME);
    await staff.getByLabel(say("name_en"), { exact: true }).fill(NAME);
    await staff.getByRole("radio", { name: say("kind.bundle") }).check();
    const quantity = ({ name, sku }: Goods) =>
      staff.getByLabel(say("bundle.quantity", { name: words.local(name), code: sku }), { exact: true });

    // One article is no bundle, and each field says what it lacks.
    await choose(staff, say("bundle.add"), first.sku);
    await quantity(first).fill("0");
    await staff.getByRole("button", { name: say("save"), exact: true }).click();
    await expect(staff.getByText(say("fault.components"), { exact: true })).toBeVisible();
    await expect(staff.getByText(words.say("problems.field.too_small")).first()).toBeVisible();
    await expect(staff.getByText(words.say("problems.field.required")).first()).toBeVisible();
    await choose(staff, say("bundle.add"), second.sku);
    await quantity(first).fill(String(first.smallest));
    await quantity(second).fill(String(second.smallest));
    await staff.getByLabel(say("bundle.price"), { exact: true }).fill(PRICE);
    await expectAccessible(staff);

    // Tried before anybody sees it.
    const sample = staff.getByRole("complementary", { name: say("preview.title") });
    await choose(staff, say("preview.customer"), "C01");
    for (const goods of [first, second]) {
      await choose(staff, say("preview.add"), goods.sku);
      await sample.getByLabel(words.local(goods.name), { exact: true }).fill(String(goods.smallest));
    }
    await sample.getByRole("button", { name: say("preview.ask"), exact: true }).click();
    const tried = sample.getByRole("list", { name: words.say("promotions.order.title") });
    await expect(tried).toContainText(`“${NAME}”`);
    await expect(tried.getByText(words.local(second.name))).toBeVisible();
    await staff.getByRole("button", { name: say("save"), exact: true }).click();
    await expect(staff.getByText(say("saved"), { exact: true })).toBeVisible();
    await staff.waitForURL(/\/promotions\/[0-9a-f-]{36}$/);

    // The customer is told of it, then what is lacking, then what it comes to.
    const page = await visitAs("credit", { locale });
    const bundle = page.getByRole("group", { name: words.say("promotions.bundle_named", { name: NAME }), exact: true });
    await expect(bundle).toBeVisible();
    await addToCart(page, words, first);
    await goTo(page, words, "shell.cart");
    const lacking = page.getByRole("list", { name: words.say("promotions.lacking_title") });
    await expect(lacking).toContainText(`“${NAME}”`);
    await expect(lacking).toContainText(words.local(second.name));
    await bundle.getByRole("button").click();
    await expect(lacking).toHaveCount(0);
    await expect.poll(() => total(page, words)).toBe(Number(PRICE));
    // Another one, whole this time.
    await goTo(page, words, "shell.home");
    await bundle.getByRole("button").click();
    await review(page, words);
    const found = page.getByRole("list", { name: words.say("promotions.order.title") });
    await expect(found.getByText(`“${NAME}”`)).toBeVisible();
    for (const goods of [first, second]) {
      await expect(found.getByText(words.local(goods.name))).toBeVisible();
      const line = page.getByRole("row").filter({ hasText: goods.sku });
      await line.getByText(words.say("cart.per_unit", { unit: words.local(goods.unit) })).click();
      await expect(line.getByText(`“${NAME}”`)).toBeVisible();
    }
    const twice = 2 * Number(PRICE);
    await expect.poll(() => total(page, words), "two bundles and nothing else").toBe(twice);
    await submitButton(page, words).click();
    const id = await submitted(page, words);
    const { order } = await anna.order(id);
    expect(Number(order.total)).toBe(twice);
    const kept = sheet(page).getByRole("list", { name: words.say("promotions.order.title") });
    await expect(kept.getByText(`“${NAME}”`)).toBeVisible();
    await expect(kept.getByText(words.local(second.name))).toBeVisible();

    // It ends; the order stays what it was (rule 6).
    await staff.getByRole("button", { name: say("switch_off"), exact: true }).click();
    await expect(staff.getByText(say("switched_off"), { exact: true })).toBeVisible();
    await act(admin, id, "order-review");
    expect((await anna.order(id)).order.total).toBe(order.total);
    await goTo(staff, words, "promotion_desk.title");
    const promise = words.say("promotions.promise.bundle", { count: 2, price: "…" }).split("…")[0] ?? "";
    await expect(staff.getByRole("link", { name: NAME })).toContainText(promise.trim());
  });
}
