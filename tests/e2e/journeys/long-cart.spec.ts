// A cart of as many lines as there may be: only those in sight are in the page, and everything works as with a few.

import type { Locator, Page } from "@playwright/test";
import { draftLines, keepDraft, someGoods } from "../support/orders.ts";
import { review, submitButton, submitted } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

/** Most lines of a draft (crates/sync/src/draft.rs). */
const MOST = 2_000;
/** Lines of an order that are shown at once (src/order_view/lines.rs). */
const AT_ONCE = 100;
/** Most elements of a page, however long what it shows (quality of long tables). */
const MOST_ELEMENTS = 1_500;

function lines(page: Page, words: Words): Locator {
  return page.getByRole("list", { name: words.say("cart.lines"), exact: true }).getByRole("listitem");
}

/** The line at `place`, from 1, wherever the page is scrolled. */
function line(page: Page, words: Words, place: number): Locator {
  return lines(page, words).and(page.locator(`[aria-posinset="${place}"]`));
}

/** Scrolls to the end of the page, and up again as far as to the end of the list. */
async function toEndOf(page: Page, last: Locator): Promise<void> {
  await page.mouse.move(100, 400);
  await expect(async () => {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    for (let turn = 0; turn < 20 && !(await last.isVisible()); turn += 1) {
      await page.mouse.wheel(0, -300);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    }
    expect(await last.isVisible()).toBe(true);
  }).toPass();
  // Whoever is at the end of the page is kept there while lines come in, unless they turn the wheel.
  await page.mouse.wheel(0, -300);
}

for (const language of LANGUAGES) {
  const words = new Words(language);
  test(`a cart of two thousand lines is seen, edited and ordered whole (${language})`, async ({ desk, visitAs }) => {
    const customer = await desk("deposit");
    const width = language === "en" ? 1280 : 360;
    const page = await visitAs("deposit", { locale: words.locale, viewport: { width, height: 800 } });
    await keepDraft(customer, await draftLines(customer, MOST));
    await page.goto("/cart");
    await expect(lines(page, words).first()).toHaveAttribute("aria-setsize", String(MOST));
    const total = page.getByRole("status").filter({ hasText: "¥" });
    await expect(total).toBeVisible();
    expect(await page.locator("*").count()).toBeLessThan(MOST_ELEMENTS);

    // A quantity above, then one at the very end, which is reached by scrolling.
    const before = await total.textContent();
    const quantity = line(page, words, 2).getByRole("textbox").first();
    await quantity.fill("100");
    await expect(total).not.toHaveText(before ?? "");
    const between = await total.textContent();
    const last = line(page, words, MOST);
    await toEndOf(page, last);
    await last.scrollIntoViewIfNeeded();
    await last.getByRole("textbox").first().fill("120");
    await expect(total).not.toHaveText(between ?? "");
    expect(await page.locator("*").count()).toBeLessThan(MOST_ELEMENTS);

    // Several are taken out from the keyboard: the focus goes on to the line that comes in the place of each.
    const remove = last.getByRole("button").last();
    await remove.focus();
    await page.keyboard.press("Enter");
    await expect(lines(page, words).first()).toHaveAttribute("aria-setsize", String(MOST - 1));
    await expect(line(page, words, MOST - 1).getByRole("button").last()).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(lines(page, words).first()).toHaveAttribute("aria-setsize", String(MOST - 2));
    await expect(line(page, words, MOST - 2).getByRole("button").last()).toBeFocused();

    await review(page, words);
    await submitButton(page, words).click();
    const id = await submitted(page, words);
    const { order } = await customer.order(id);
    expect(order.lines.length).toBeGreaterThanOrEqual(MOST - 2);
    // The order is on the screen as soon as a small one, and whole when asked.
    const rows = page.getByRole("table", { name: words.say("order.line.caption") }).getByRole("row");
    await expect(rows).toHaveCount(1 + AT_ONCE);
    await page.getByRole("button", { name: words.say("order.line.show_all", { count: order.lines.length }) }).click();
    await expect(rows).toHaveCount(1 + order.lines.length);
  });
}

test("a line too many is refused in words", async ({ desk, visitAs }) => {
  const words = new Words("en");
  const customer = await desk("deposit");
  const goods = await someGoods(customer);
  const page = await visitAs("deposit");
  const all = await draftLines(customer, MOST + 400);
  const others = all.filter((one) => one.variant_id !== goods.variantId).slice(0, MOST);
  await keepDraft(customer, others);
  await page.goto("/cart");
  await expect(lines(page, words).first()).toHaveAttribute("aria-setsize", String(MOST));
  const search = page.getByRole("searchbox", { name: words.say("shell.search_products") });
  await search.fill(words.local(goods.product));
  await search.press("Enter");
  const add = page.getByRole("group", { name: words.say("catalog.add_named", { name: words.local(goods.name) }) });
  await add.getByRole("button").click();
  await expect(page.getByText(words.say("catalog.full"))).toBeVisible();
  expect((await customer.drafts())[0]?.content.lines).toHaveLength(MOST);
});
