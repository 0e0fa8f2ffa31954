// A thousand hostile strings through the fields people have, into the views, prints and files that show them.

import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { type Desk, Refusal } from "../support/desk.ts";
import { expectLiterally, expectNothingRan, Hostile, setTrap } from "../support/hostile.ts";
import { act, type Goods, goodsInStock, submit, walk } from "../support/orders.ts";
import { review, submitButton } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

// The promotions and views of everybody else are to stay readable.
test.use({ ownDeployment: true });

const words = new Words("en");

/** Longest reason or note, longest note on a line, longest name. */
const [TEXT, LINE, NAME] = [1_990, 490, 100];
/** Lines of an order, each with a note. */
const LINES = 12;

/** A view with what has to stand in it. */
interface View {
  path: string;
  shows: string[];
}

/** Opens views one after the other, on the screen and as they are printed. */
async function look(page: Page, views: View[]): Promise<void> {
  for (const { path, shows } of views) {
    await page.goto(path);
    await expect(page.getByRole("heading").first()).toBeVisible();
    await expectLiterally(page, shows);
    await expectNothingRan(page);
    await page.emulateMedia({ media: "print" });
    await expectNothingRan(page);
    await page.emulateMedia({ media: "screen" });
  }
}

/** An order all of whose texts are hostile. */
async function order(customer: Desk, goods: Goods[], hostile: Hostile): Promise<{ id: string; note: string; notes: string[] }> {
  const note = hostile.lines(TEXT);
  const notes = Array.from({ length: LINES }, () => hostile.line(LINE));
  const wishes = notes.map((note, index) => ({ goods: goods[index % goods.length] as Goods, note }));
  const detail = await submit(customer, wishes, { note });
  return { id: detail.order.id, note, notes };
}

test("nothing that is typed anywhere runs anywhere, and all of it is shown as it was typed", async ({
  desk,
  visitAs,
}) => {
  test.setTimeout(300_000);
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const goods = await goodsInStock(anna, 6);
  const hostile = new Hostile();

  // What is short comes first, while there is something that fits.
  const [listName, promotion, viewName] = [hostile.line(NAME), hostile.line(60), hostile.line(60)];
  const [sought, itemNote, carrier, tracking] = Array.from({ length: 4 }, () => hostile.line(190)) as [
    string,
    string,
    string,
    string,
  ];

  // Orders that are sent back, voided, delivered, returned.
  const returned = await order(anna, goods, hostile);
  await walk(returned.id, "pending_finance_review", admin, anna);
  const sentBack = await order(anna, goods, hostile);
  const backReason = hostile.lines(TEXT);
  await act(admin, sentBack.id, "send-back", { reason: backReason });
  const voided = await order(anna, goods, hostile);
  const voidReason = hostile.lines(TEXT);
  await act(admin, voided.id, "void", { reason: voidReason });

  await walk(returned.id, "pending_shipment", admin, anna);
  await act(admin, returned.id, "shipments", { shipment_id: randomUUID(), carrier, parcels: [{ tracking }] });
  const { order: shipped } = await anna.order(returned.id);
  const receiptNote = hostile.lines(TEXT);
  await act(anna, returned.id, "receipts", { shipment_id: shipped.shipments[0]?.id, note: receiptNote });
  const [returnNote, returnLineNote, refusal] = [hostile.lines(TEXT), hostile.line(LINE), hostile.lines(TEXT)];
  const { return: made } = await anna.change<{ return: { id: string; version: number } }>(
    "POST",
    `/orders/${returned.id}/returns`,
    {
      lines: [{ line_id: shipped.lines[0]?.id, quantity: "1", reason: "quality", note: returnLineNote }],
      note: returnNote,
    },
  );
  await admin.change("POST", `/returns/${made.id}/refusal`, { reason: refusal }, made.version);

  // Lists, views, promotions, drafts.
  const list = randomUUID();
  const items = [{ variant_id: goods[0]?.variantId, quantity: String(goods[0]?.smallest), note: itemNote }];
  await anna.change("PUT", `/lists/${list}`, { name: listName, items }, 0);
  await admin.change("PUT", `/views/${randomUUID()}`, { name: viewName, page: "orders", query: new URLSearchParams({ q: sought }).toString() }, 0);
  const from = new Date(Date.now() - 86_400_000).toISOString();
  const rule = {
    kind: "line",
    goods: { variants: [goods[0]?.variantId] },
    effect: { effect: "off", share: "0.5" },
    stacks_with_breaks: false,
  };
  const named = { name: { zh: promotion, en: promotion }, is_on: true, from, until: null, audience: {}, rule };
  await admin.change("PUT", `/managed-promotions/${randomUUID()}`, named, 0);

  // The rest goes into the notes of orders that wait for their review.
  const waiting = await order(anna, goods, hostile);
  const further = [waiting];
  while (hostile.left > 0) {
    further.push(await order(anna, goods, hostile));
  }
  expect(hostile.given).toHaveLength(1_000);

  const orders = [returned, sentBack, voided, ...further].map(({ id, note, notes }) => ({
    path: `/orders/${id}`,
    shows: [note, ...notes],
  }));
  orders[0]?.shows.push(carrier, tracking);
  orders[1]?.shows.push(backReason);
  orders[2]?.shows.push(voidReason);
  const shared: View[] = [
    ...orders,
    { path: "/orders", shows: [] },
    { path: `/orders?q=${encodeURIComponent(sought)}`, shows: [sought] },
    { path: "/returns", shows: [] },
    { path: `/returns/${made.id}`, shows: [returnNote, returnLineNote, refusal] },
  ];
  const customer = await visitAs("credit");
  await setTrap(customer);
  await look(customer, [
    ...shared,
    { path: "/", shows: [] },
    { path: "/lists", shows: [listName] },
    { path: `/lists/${list}`, shows: [listName, itemNote] },
    { path: `/lists/${list}/again`, shows: [] },
    { path: `/orders/${voided.id}/again`, shows: [] },
    { path: `/catalog?q=${encodeURIComponent(sought)}`, shows: [sought] },
    { path: "/catalog", shows: [] },
    { path: "/cart", shows: [] },
    { path: "/quick-order", shows: [] },
    { path: "/outbox", shows: [] },
  ]);
  const staff = await visitAs("admin");
  await setTrap(staff);
  await look(staff, [
    ...shared,
    { path: "/", shows: [] },
    { path: "/queues/order-review", shows: [] },
    { path: `/queues/order-review?open=${waiting.id}`, shows: [waiting.note] },
  ]);
});

test("what is typed into the cart stays what it is, in the cart, on the way out and in its file", async ({
  desk,
  visitAs,
  watch,
}) => {
  watch.tolerate(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  const anna = await desk("credit");
  const [goods] = await goodsInStock(anna, 1);
  const hostile = new Hostile();
  const [name, note, lineNote] = [hostile.line(NAME), hostile.line(TEXT), hostile.line(LINE)];
  const page = await visitAs("credit");
  await setTrap(page);
  await anna.change("PUT", `/drafts/${randomUUID()}`, draftOf(goods as Goods, name, note, lineNote), 0);
  await page.goto("/cart");
  await expectLiterally(page, [name, note, lineNote]);
  await expectNothingRan(page);
  await review(page, words);
  await expectLiterally(page, [note, lineNote]);
  await expectNothingRan(page);

  await page.context().setOffline(true);
  await submitButton(page, words).click();
  await page.waitForURL(/\/outbox\/[0-9a-f-]{36}$/);
  await expectNothingRan(page);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: words.say("outbox.export"), exact: true }).click();
  const file = JSON.parse(await readFile(await (await download).path(), "utf8")) as {
    schema: number;
    content: { draft: { name: string; note: string; lines: { note: string }[] } };
  };
  const { draft } = file.content;
  expect([draft.name, draft.note, draft.lines[0]?.note]).toEqual([name, note, lineNote]);
});

test("rows that can't be ordered are saved without a formula among them", async ({ visitAs }) => {
  const page = await visitAs("credit");
  await setTrap(page);
  await page.goto("/quick-order");
  const rows = new Hostile();
  const cells = Array.from({ length: 40 }, () => rows.line(60)).map((cell) => cell.replaceAll("\t", " "));
  const named = ["SKU code\tQuantity\tUnit\tNote", ...cells.map((cell) => `=1+1\t-3\t@SUM(1)\t${cell}`)];
  const text = named.join("\r\n");
  await page.getByRole("textbox", { name: words.say("quick_order.code_in", { row: 1 }), exact: true }).focus();
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
  }, text);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: words.say("quick_order.download", { rows: 40 }), exact: true }).click();
  const saved = (await readFile(await (await download).path(), "utf8")).replace("\ufeff", "");
  const found = cellsOf(saved);
  expect(found.length).toBeGreaterThan(200);
  expect(found.filter((cell) => /^['"\s]*[=+@＝＋－＠-]/.test(cell) && !cell.startsWith("'"))).toEqual([]);
  expect(found.filter((cell) => /^[\t\r\n]/.test(cell))).toEqual([]);
  await expectNothingRan(page);
});

test("what is no text at all is refused by its field", async ({ desk }) => {
  const anna = await desk("credit");
  for (const sign of ["\u0000", "\u0007", "\u001b", "\u0085"]) {
    const refused = anna.change("PUT", `/lists/${randomUUID()}`, { name: `a${sign}b`, items: [] }, 0);
    await expect(refused).rejects.toThrow(Refusal);
    await expect(refused).rejects.toMatchObject({ status: 422 });
  }
});

/** A draft as a device keeps it on the server. */
function draftOf(goods: Goods, name: string, note: string, lineNote: string): unknown {
  const line = {
    id: randomUUID(),
    product_id: goods.productId,
    variant_id: goods.variantId,
    sku: goods.sku,
    name: goods.name,
    unit: { code: "box", name: goods.unit, factor: "1" },
    typed: String(goods.smallest),
    note: lineNote,
  };
  const content = {
    id: randomUUID(),
    name,
    rev: 1,
    lines: [line],
    address_id: null,
    wanted_date: null,
    priority: "normal",
    note,
    refused: null,
  };
  return { name, content };
}

/** The cells of a CSV file, as a reader that knows quotation marks and nothing else sees them. */
function cellsOf(csv: string): string[] {
  const cells = csv.match(/(?:"(?:[^"]|"")*"|[^,\r\n]*)(?:,|\r\n)/g) ?? [];
  return cells.map((cell) => cell.replace(/(?:,|\r\n)$/, "").replace(/^"([^]*)"$/, "$1").replaceAll('""', '"'));
}
