// What finds no room on a phone: an order's actions and the ways to the pages take one row under the thumb, the rest is behind
// a button.

import { expectAccessible } from "../support/axe.ts";
import { submitSome } from "../support/orders.ts";
import { deed, deeds, navigation, sheet } from "../support/pages.ts";
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

  test(`every way is in sight on a phone after one press (${language})`, async ({ visitAs }) => {
    const page = await visitAs("prepaid", { locale: words.locale, viewport: { width: 360, height: 740 } });
    await page.goto("/");
    const returns = navigation(page, words).getByRole("link", { name: words.say("returns.title"), exact: true });
    const all = navigation(page, words).getByRole("button", { name: words.say("shell.all_ways"), exact: true });
    await expect(returns).not.toBeInViewport();
    await all.click();
    await expect(all).toHaveAttribute("aria-expanded", "true");
    for (const way of await navigation(page, words).getByRole("link").all()) {
      await expect(way).toBeInViewport({ ratio: 1 });
    }
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(returns).not.toBeInViewport();
    await expect(all).toBeFocused();
    await page.keyboard.press("Enter");
    await returns.click();
    await expect(page).toHaveURL(/\/returns$/);
    await expect(all).toHaveAttribute("aria-expanded", "false");

    // Where there is room, they are all there anyway.
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect(all).toBeHidden();
    await expect(returns).toBeInViewport();
  });
}
