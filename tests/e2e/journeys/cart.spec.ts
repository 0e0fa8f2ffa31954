// What is typed into the cart can be taken back and done again, in this draft and in no other.

import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { type Goods, someGoods, twoGoods } from "../support/orders.ts";
import { addToCart, goTo } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

const DAY = "2038-05-17";

/** The field with the quantity of `goods`. */
function quantityOf(page: Page, said: Words, goods: Goods): Locator {
  const [name, unit] = [said.local(goods.name), said.local(goods.unit)];
  return page.getByRole("textbox", { name: said.say("cart.quantity", { name, unit }), exact: true });
}

/** The button that takes back the step with these words; without words, the one that has nothing to take back. */
function undoButton(page: Page, said: Words, what?: string): Locator {
  const name = what === undefined ? said.say("cart.undo") : said.say("cart.undo_step", { what });
  return page.getByRole("main").getByRole("button", { name, exact: true });
}

/** Leaves whatever field somebody is in. */
async function leaveField(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).click();
}

for (const language of LANGUAGES) {
  const said = new Words(language);
  test(`what was typed into the cart is taken back step by step, and done again (${language})`, async ({ desk, visitAs }) => {
    const [first, second] = await twoGoods(await desk("deposit"));
    const page = await visitAs("deposit", { locale: said.locale, reducedMotion: "reduce" });
    await addToCart(page, said, first);
    await addToCart(page, said, second);
    // What was added elsewhere can be taken back here.
    await goTo(page, said, "shell.cart");
    await expect(undoButton(page, said, said.say("cart.step.added", { name: said.local(second.name) }))).toBeVisible();

    const name = said.local(first.name);
    const quantity = quantityOf(page, said, first);
    const note = page.getByLabel(said.say("cart.order_note"), { exact: true });
    const day = page.getByLabel(said.say("cart.wanted"), { exact: true });
    const [before, after] = [String(first.smallest), String(first.smallest * 13)];
    const [quantityStep, noteStep, dayStep] = [
      said.say("cart.step.quantity", { name }),
      said.say("cart.step.note"),
      said.say("cart.step.wanted"),
    ];
    // Key by key, it is one step.
    await quantity.fill("");
    await quantity.pressSequentially(after);
    await expect(undoButton(page, said, quantityStep)).toBeVisible();
    await note.pressSequentially("Back door");
    await day.fill(DAY);
    await expectAccessible(page);

    await undoButton(page, said, dayStep).click();
    await expect(day).toHaveValue("");
    await expect(note).toHaveValue("Back door");
    await undoButton(page, said, noteStep).click();
    await expect(note).toHaveValue("");
    await expect(page.getByRole("status").getByText(said.say("cart.undone", { what: noteStep }), { exact: true })).toBeAttached();
    await expect(quantity).toHaveValue(after);
    await undoButton(page, said, quantityStep).click();
    await expect(quantity).toHaveValue(before);
    const redo = page.getByRole("button", { name: said.say("cart.redo_step", { what: quantityStep }), exact: true });
    await expectAccessible(page);
    await redo.click();
    await expect(quantity).toHaveValue(after);

    // It is kept like anything that is typed.
    await page.keyboard.press("Control+z");
    await expect(quantity).toHaveValue(before);
    await expect(page.getByText(said.say("cart.saved_everywhere"), { exact: true })).toBeVisible();
    await page.reload();
    await expect(quantity).toHaveValue(before);
    await expect(note).toHaveValue("");
  });
}

const words = new Words("en");

test("inside a field the browser takes back what was typed, outside of fields the cart does", async ({ desk, visitAs }) => {
  const goods = await someGoods(await desk("deposit"));
  const page = await visitAs("deposit");
  await addToCart(page, words, goods);
  await goTo(page, words, "shell.cart");
  const quantity = quantityOf(page, words, goods);
  const note = page.getByLabel(words.say("cart.order_note"), { exact: true });
  const after = String(goods.smallest * 4);
  await quantity.fill(after);
  await note.pressSequentially("soon");
  await page.keyboard.press("Control+z");
  await expect(note).not.toHaveValue("soon");
  await expect(note).toBeFocused();
  await expect(quantity).toHaveValue(after);
  await note.fill("later");

  // The focus is somewhere that goes off the page with the change, and is not lost.
  await page.getByRole("button", { name: words.say("goods.more", { name: words.local(goods.name) }), exact: true }).click();
  await expect(quantity).not.toHaveValue(after);
  await page.keyboard.press("Control+z");
  await expect(quantity).toHaveValue(after);
  await expect(note).toHaveValue("later");
  await expect(undoButton(page, words, words.say("cart.step.note"))).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(note).toHaveValue("");
  await page.keyboard.press("Control+Shift+z");
  await expect(note).toHaveValue("later");

  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: words.say("shell.shortcuts") });
  await expect(help.getByText("Ctrl+Z", { exact: true })).toBeVisible();
});

test("taking back touches no other draft", async ({ desk, visitAs }) => {
  const [first, second] = await twoGoods(await desk("deposit"));
  const page = await visitAs("deposit");
  await addToCart(page, words, first);
  await goTo(page, words, "shell.cart");
  const quantity = quantityOf(page, words, first);
  const after = String(first.smallest * 2);
  await quantity.fill(after);
  await page.getByRole("button", { name: words.say("cart.remove_named", { name: words.local(first.name) }), exact: true }).click();
  await page.keyboard.press("Control+z");
  await expect(quantity).toHaveValue(after);

  await page.getByRole("button", { name: words.say("cart.drafts_only"), exact: true }).click();
  await page.getByRole("button", { name: words.say("cart.draft_new"), exact: true }).click();
  await expect(page.getByText(words.say("cart.empty"), { exact: true })).toBeVisible();
  await leaveField(page);
  await page.keyboard.press("Control+z");
  // Nor does the message that still offers to bring the line back.
  const message = page.getByRole("group", { name: words.say("cart.removed", { name: words.local(first.name) }), exact: true });
  await message.getByRole("button", { name: words.say("cart.undo"), exact: true }).click();
  await expect(message).toBeHidden();
  await expect(page.getByText(words.say("cart.empty"), { exact: true })).toBeVisible();
  await addToCart(page, words, second);

  await goTo(page, words, "shell.cart");
  await page.getByRole("button", { name: words.say("cart.drafts", { count: 1 }), exact: true }).click();
  await page.getByRole("button", { name: words.say("cart.line_count", { count: 1 }), exact: true }).click();
  await expect(quantity).toHaveValue(after);
  // The history of a draft ends when it is left.
  await expect(undoButton(page, words)).toHaveAttribute("aria-disabled", "true");
  await leaveField(page);
  await page.keyboard.press("Control+z");
  await expect(quantity).toHaveValue(after);
});

test("what another tab has changed ends the history", async ({ desk, visitAs }) => {
  const goods = await someGoods(await desk("deposit"));
  const one = await visitAs("deposit");
  await addToCart(one, words, goods);
  await goTo(one, words, "shell.cart");
  const quantity = quantityOf(one, words, goods);
  const after = String(goods.smallest * 2);
  await quantity.fill(after);
  await expect(one.getByText(words.say("cart.saved_everywhere"), { exact: true })).toBeVisible();
  const other = await one.context().newPage();
  await other.goto("/cart");
  await other.getByLabel(words.say("cart.order_note"), { exact: true }).fill("From the other tab");
  await one.bringToFront();
  await expect(one.getByLabel(words.say("cart.order_note"), { exact: true })).toHaveValue("From the other tab");
  await expect(undoButton(one, words)).toHaveAttribute("aria-disabled", "true");
  await leaveField(one);
  await one.keyboard.press("Control+z");
  await expect(quantity).toHaveValue(after);
  await expect(one.getByLabel(words.say("cart.order_note"), { exact: true })).toHaveValue("From the other tab");
});
