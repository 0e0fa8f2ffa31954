// A cart of as many lines as there may be: those that were never near the screen are names only, and everything works as with a
// few.

import type { Locator, Page } from "@playwright/test";
import { draftLines, keepDraft, someGoods } from "../support/orders.ts";
import { review, submitButton, submitted } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

/** Most lines of a draft (crates/sync/src/draft.rs). */
const MOST = 2_000;
/** Lines of a table that are shown at once (src/ui/long_table.rs). */
const AT_ONCE = 100;
/** More fields than the lines near a screen have, and far fewer than all lines would. */
const MANY_FIELDS = 400;

function lines(page: Page, words: Words): Locator {
  return page.getByRole("list", { name: words.say("cart.lines"), exact: true }).getByRole("listitem");
}

// A trace copies the page before and after everything that is done: with thousands of rows that takes minutes.
test.use({ trace: "off" });

/** The rows of a table, by their element: to find thousands by their role takes longer than all else here. */
function rowsOf(page: Page, table: string): Locator {
  return page.getByRole("table", { name: table }).locator("tbody tr");
}

for (const language of LANGUAGES) {
  const words = new Words(language);
  test(`a cart of two thousand lines is seen, edited and ordered whole (${language})`, async ({ desk, visitAs }) => {
    const customer = await desk("deposit");
    const width = language === "en" ? 1280 : 360;
    const page = await visitAs("deposit", { locale: words.locale, viewport: { width, height: 800 } });
    const draft = await draftLines(customer, MOST);
    const wrong = Math.floor(MOST * 0.75);
    await keepDraft(
      customer,
      draft.map((line, place) => (place === wrong ? { ...line, typed: "x" } : line)),
    );
    await page.goto("/cart");
    const rows = lines(page, words);
    await expect(rows).toHaveCount(MOST);
    const total = page.getByRole("status").filter({ hasText: "¥" });
    await expect(total).toBeVisible();
    const last = rows.nth(MOST - 1);
    await expect(last.getByRole("textbox")).toHaveCount(0);
    // The name is there for the browser's search.
    await expect(last).not.toHaveText("");

    // The one line that is wrong is found without looking through all of them.
    await page.getByRole("button", { name: words.say("cart.attention_next") }).click();
    const mended = rows.nth(wrong).getByRole("textbox").first();
    await expect(mended).toBeFocused();
    await mended.fill("100");
    await expect(page.getByRole("button", { name: words.say("cart.attention_next") })).toBeHidden();

    // A quantity above, then one at the very end, which is reached from the keyboard.
    const before = await total.textContent();
    await rows.nth(1).getByRole("textbox").first().fill("100");
    await expect(total).not.toHaveText(before ?? "");
    const between = await total.textContent();
    await page.getByRole("heading", { level: 1 }).click();
    await page.keyboard.press("End");
    await last.scrollIntoViewIfNeeded();
    await last.getByRole("textbox").first().fill("120");
    await expect(total).not.toHaveText(between ?? "");
    expect(await page.getByRole("textbox").count()).toBeLessThan(MANY_FIELDS);

    // Several are taken out from the keyboard: the focus goes on to the line that comes in the place of each.
    await last.getByRole("button").last().focus();
    for (const left of [MOST - 1, MOST - 2]) {
      await page.keyboard.press("Enter");
      await expect(rows).toHaveCount(left);
      await expect(rows.nth(left - 1).getByRole("button").last()).toBeFocused();
    }

    await review(page, words);
    // The last look is on the screen as soon as a short one; so is the order, and it is whole when asked.
    const looked = rowsOf(page, words.say("cart.lines"));
    await expect(looked).toHaveCount(AT_ONCE);
    await submitButton(page, words).click();
    const id = await submitted(page, words);
    const { order } = await customer.order(id);
    expect(order.lines.length).toBeGreaterThanOrEqual(MOST - 2);
    const ordered = rowsOf(page, words.say("order.line.caption"));
    await expect(ordered).toHaveCount(AT_ONCE);
    await page.getByRole("button", { name: words.say("order.line.show_all", { count: order.lines.length }) }).click();
    await expect(ordered).toHaveCount(order.lines.length);
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
  await expect(lines(page, words)).toHaveCount(MOST);
  const search = page.getByRole("searchbox", { name: words.say("shell.search_products") });
  await search.fill(words.local(goods.product));
  await search.press("Enter");
  const add = page.getByRole("group", { name: words.say("catalog.add_named", { name: words.local(goods.name) }) });
  await add.getByRole("button").click();
  await expect(page.getByText(words.say("catalog.full"))).toBeVisible();
  expect((await customer.drafts())[0]?.content.lines).toHaveLength(MOST);
});
