// Quick order: a sheet worked from the keyboard alone, pasted into, and read from files.

import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { type Goods, goodsInStock } from "../support/orders.ts";
import { goTo, undo } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";
import { workbook } from "../support/xlsx.ts";

/** Lines that are typed. */
const TYPED = 100;
/** Rows of a large file, and how many of them are wrong. */
const LARGE = 10_000;
const WRONG = 500;

interface Watched {
  pointers: number;
  lost: number;
}

/** Counts presses of a pointer, and how often no element has the focus once it had been in the sheet. */
function watch(page: Page): Promise<void> {
  return page.evaluate(() => {
    const watched = { pointers: 0, lost: 0 };
    Object.assign(window, { watched });
    for (const kind of ["pointerdown", "mousedown", "touchstart", "click"]) {
      // A key that presses a button makes a click without a pointer, whose detail is 0.
      addEventListener(kind, (event) => (watched.pointers += (event as UIEvent).detail === 0 && kind === "click" ? 0 : 1), true);
    }
    addEventListener("focusout", () => setTimeout(() => (watched.lost += document.activeElement === document.body ? 1 : 0)), true);
  });
}

function watched(page: Page): Promise<Watched> {
  return page.evaluate(() => (window as unknown as { watched: Watched }).watched);
}

function code(page: Page, words: Words, row: number) {
  return page.getByRole("textbox", { name: words.say("quick_order.code_in", { row }), exact: true });
}

function quantity(page: Page, words: Words, row: number) {
  return page.getByRole("textbox", { name: words.say("quick_order.quantity_in", { row }), exact: true });
}

async function open(page: Page, words: Words): Promise<void> {
  await page.goto("/quick-order");
  await expect(page.getByRole("heading", { name: words.say("quick_order.title"), level: 1 })).toBeVisible();
  await expect(code(page, words, 1)).toBeVisible();
}

async function expectSummary(page: Page, words: Words, filled: number, good: number, bad: number, timeout = 15_000): Promise<void> {
  await expect(page.getByText(words.say("quick_order.summary", { filled, good, bad }), { exact: true })).toBeVisible({ timeout });
}

/** Pastes a text where the focus is, as a browser does. */
function paste(page: Page, text: string): Promise<void> {
  return page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
  }, text);
}

async function choose(page: Page, words: Words, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: words.say("quick_order.open"), exact: true }).click();
  await (await chooser).setFiles(file);
}

test("a hundred lines are typed from the keyboard alone", async ({ desk, visitAs }) => {
  test.setTimeout(120_000);
  const words = new Words("en");
  const anna = await desk("credit");
  await anna.removeDrafts();
  const goods = await goodsInStock(anna, TYPED);
  const page = await visitAs("credit");
  await open(page, words);
  await code(page, words, 1).focus();
  await watch(page);
  for (const [place, { sku, smallest }] of goods.entries()) {
    await page.keyboard.type(place % 2 === 0 ? sku : sku.toLowerCase());
    await page.keyboard.press("Tab");
    await page.keyboard.type(String(smallest));
    await page.keyboard.press("Enter");
  }
  await expect(code(page, words, TYPED + 1)).toBeFocused();
  await expectSummary(page, words, TYPED, TYPED, 0);

  // Up and down, and what is mended in its place.
  await page.keyboard.press("ArrowUp");
  await expect(code(page, words, TYPED)).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.type("0.00001");
  await expectSummary(page, words, TYPED, TYPED - 1, 1);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(String(goods.at(-1)?.smallest));
  await page.keyboard.press("Enter");
  await expectSummary(page, words, TYPED, TYPED, 0);

  const add = page.getByRole("button", { name: words.say("quick_order.add", { rows: TYPED }), exact: true });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(add).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText(words.say("quick_order.added", { rows: TYPED }))).toBeVisible();
  await expect(code(page, words, 1)).toBeFocused();
  expect(await watched(page)).toEqual({ pointers: 0, lost: 0 });

  await goTo(page, words, "shell.cart");
  await expect(page.getByRole("list", { name: words.say("cart.lines") }).getByRole("listitem")).toHaveCount(TYPED);
  await anna.removeDrafts();
});

for (const language of LANGUAGES) {
  const words = new Words(language);

  test(`rows are pasted with names of columns in Chinese, mended and merged (${language})`, async ({ desk, visitAs }) => {
    const anna = await desk("credit");
    const [first, second] = (await goodsInStock(anna, 2)) as [Goods, Goods];
    const page = await visitAs("credit", { locale: words.locale });
    await open(page, words);
    await code(page, words, 1).focus();
    const text = ["订货单\t\t\t", "备注\t数量\t品名\t货号", `要冰的\t${first.smallest}\t水\t${first.sku}`, "\t\t\t", `\t${first.smallest}\t\t${first.sku}`, "\t很多\t\tNO-SUCH-CODE", `\tviele\t\t${second.sku}`].join("\r\n");
    await paste(page, text);
    await expect(page.getByText(words.say("quick_order.import.done", { rows: 4, empty: 1 }))).toBeVisible();
    await expectSummary(page, words, 4, 2, 2);
    const sheet = page.getByRole("region", { name: words.say("quick_order.sheet") });
    await expect(sheet.getByText(`${words.say("quick_order.at", { row: 6, column: "D" })}:`)).toBeVisible();
    await expect(sheet.getByText(words.say("quick_order.fault.unknown"))).toBeVisible();
    await expect(sheet.getByText(`${words.say("quick_order.at", { row: 7, column: "B" })}:`)).toBeVisible();

    // What is offered is taken by a button; the focus stays in the row.
    const offer = `${second.smallest} ${words.local(second.unit)}`;
    await sheet.getByRole("listitem").nth(3).getByRole("button", { name: offer, exact: true }).click();
    await expect(quantity(page, words, 4)).toBeFocused();
    await code(page, words, 3).fill(second.sku.toLowerCase());
    await quantity(page, words, 3).fill(String(second.smallest));
    await expectSummary(page, words, 4, 4, 0);
    await page.getByRole("button", { name: words.say("quick_order.merge", { rows: 2 }), exact: true }).click();
    await expectSummary(page, words, 2, 2, 0);
    await expect(quantity(page, words, 1)).toHaveValue(String(first.smallest * 2));

    // The sheet is there again after a look at another page.
    await goTo(page, words, "shell.catalog");
    await goTo(page, words, "quick_order.title");
    await expect(quantity(page, words, 1)).toHaveValue(String(first.smallest * 2));
    await page.getByRole("button", { name: words.say("quick_order.clear"), exact: true }).click();
    await expect(code(page, words, 1)).toHaveValue("");
    await undo(page, words, words.say("quick_order.cleared"));
    await expectSummary(page, words, 2, 2, 0);
  });
}

test("a file's columns are chosen once and remembered", async ({ desk, visitAs }) => {
  const words = new Words("en");
  const [goods] = (await goodsInStock(await desk("credit"), 1)) as [Goods];
  const page = await visitAs("credit");
  await open(page, words);
  const file = {
    name: "order.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`Kennung;Lager;Menge\n${goods.sku};7;${goods.smallest}\n`),
  };
  const panel = page.getByRole("region", { name: words.say("quick_order.import.title") });
  const column = (letter: string, name: string) =>
    panel.getByLabel(words.say("quick_order.import.column_named", { column: letter, name }), { exact: true });
  // Nobody knows these names; without them the sheet has no heading.
  await choose(page, words, file);
  await expect(panel).toBeVisible();
  await panel.getByRole("button", { name: words.say("quick_order.import.cancel"), exact: true }).click();
  const named = { ...file, buffer: Buffer.from(`SKU;On hand;Wanted\n${goods.sku};7;${goods.smallest}\n`) };
  await choose(page, words, named);
  await column("B", "On hand").selectOption({ label: words.say("quick_order.import.not_read") });
  await column("C", "Wanted").selectOption({ label: words.say("quick_order.field.quantity") });
  await panel.getByRole("button", { name: words.say("quick_order.import.take"), exact: true }).click();
  await expect(quantity(page, words, 1)).toHaveValue(String(goods.smallest));
  await choose(page, words, named);
  await expect(column("C", "Wanted")).toHaveValue("quantity");
  await expect(column("B", "On hand")).toHaveValue("");
});

test("ten thousand rows of a workbook with five hundred mistakes are read, each with its place", async ({ desk, visitAs }) => {
  test.setTimeout(240_000);
  const words = new Words("en");
  const goods = await goodsInStock(await desk("credit"), 39);
  const page = await visitAs("credit");
  await open(page, words);
  const rows: (string | number)[][] = [["Qty", "Description", "SKU code"]];
  const mistakes = new Map<number, { column: string; reason: string }>();
  for (let line = 0; line < LARGE; line += 1) {
    const { sku, smallest } = goods[line % goods.length] as Goods;
    const isWrong = line % (LARGE / WRONG) === 7;
    if (!isWrong) {
      rows.push([smallest, "x", sku]);
    } else if (mistakes.size % 2 === 0) {
      mistakes.set(line + 2, { column: "A", reason: words.say("goods.unreadable.not_a_number") });
      rows.push(["several", "x", sku]);
    } else {
      mistakes.set(line + 2, { column: "C", reason: words.say("quick_order.fault.unknown") });
      rows.push([smallest, "x", `NO-${line}`]);
    }
  }
  const mimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  await choose(page, words, { name: "large.xlsx", mimeType, buffer: workbook("Order", rows) });
  await page.getByRole("button", { name: words.say("quick_order.import.take"), exact: true }).click();
  await expectSummary(page, words, LARGE, LARGE - WRONG, WRONG, 120_000);
  // However many rows there are, those in the page are few.
  expect(await page.getByRole("textbox", { name: /^Code in row/ }).count()).toBeLessThan(100);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: words.say("quick_order.download", { rows: WRONG }), exact: true }).click();
  const saved = await readFile(await (await download).path(), "utf8");
  const lines = saved.replace("\ufeff", "").trim().split("\r\n").slice(1);
  expect(lines).toHaveLength(WRONG);
  for (const line of lines) {
    const found = [...mistakes].find(([number, { column }]) => line.includes(`,${number},${column},`));
    expect(line, "a mistake that was made").toContain(found?.[1].reason.replaceAll('"', '""') ?? "none");
  }

  await page.getByRole("button", { name: words.say("quick_order.merge", { rows: LARGE - WRONG - goods.length }), exact: true }).click();
  await expectSummary(page, words, goods.length + WRONG, goods.length, WRONG, 30_000);
});
