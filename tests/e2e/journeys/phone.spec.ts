// An order's actions on a phone: one row under the thumb, the rest behind a button.

import { submitSome } from "../support/orders.ts";
import { deed, deeds, sheet } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

for (const language of LANGUAGES) {
  const words = new Words(language);

  test(`an order's actions take one row on a phone, the first of them in sight (${language})`, async ({ desk, visitAs }) => {
    const order = await submitSome(await desk("credit"));
    const page = await visitAs("admin", { locale: words.locale, viewport: { width: 360, height: 740 } });
    await page.goto(`/orders/${order.id}`);
    await expect(sheet(page)).toBeVisible();
    const more = deeds(page, words).getByRole("button", { name: words.say("order.more"), exact: true });
    await expect(deed(page, words, "pass_order_review")).toBeVisible();
    await expect(more).toHaveAttribute("aria-expanded", "false");
    await expect(deed(page, words, "void")).toBeHidden();
    const tops = await deeds(page, words).getByRole("button").evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().top));
    expect(new Set(tops).size).toBe(1);

    await more.focus();
    await page.keyboard.press("Enter");
    await expect(deed(page, words, "void")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(deed(page, words, "void")).toBeHidden();
    await expect(more).toBeFocused();

    await page.keyboard.press("Enter");
    await deed(page, words, "void").click();
    const panel = page.getByRole("dialog", { name: words.say("order.deed.void") });
    await expect(panel).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(panel).toBeHidden();
    await expect(more).toBeFocused();

    // Where there is room, nothing is folded away.
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect(more).toBeHidden();
    await expect(deed(page, words, "void")).toBeVisible();
  });
}
