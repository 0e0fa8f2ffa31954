// Goods that are short at the outbound review: another item goes instead, single lines are closed, and the papers that
// go with it (rule 9).

import { randomUUID } from "node:crypto";
import type { Locator } from "@playwright/test";
import { act, type Goods, leaveFree, submit, twoGoods, walk } from "../support/orders.ts";
import { confirm, deed, expectStatus, openInQueue, openPanel, sheet } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

// What lies in the warehouses is everybody's.
test.use({ ownDeployment: true });

function lineOf(panel: Locator, goods: Goods): Locator {
  return panel.getByRole("group", { name: goods.name.en });
}

test("rule 9: another item goes in the place of what is short, with a reason and at the agreed price", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const [short, other] = await twoGoods(anna);
  const { order } = await submit(anna, [{ goods: short, quantity: short.smallest * 3 }]);
  await walk(order.id, "pending_outbound_review", admin, anna);
  await leaveFree(admin, order.id, short, short.smallest);
  const page = await visitAs("warehouse");
  await openInQueue(page, words, "outbound_review", order.number);

  const panel = await openPanel(page, words, "pass_outbound_review");
  const line = lineOf(panel, short);
  await expect(line.getByLabel("Reserve")).toHaveValue(String(short.smallest));
  await line.getByLabel("The rest").selectOption({ label: "Another item goes instead" });
  await panel.getByRole("button", { name: words.say("order.deed.pass_outbound_review"), exact: true }).click();
  await expect(line.getByLabel("Other item", { exact: true })).toHaveAccessibleDescription(words.say("order.input.missing"));
  await line.getByLabel("Search for the other item").fill(other.sku);
  await line.getByLabel("Other item", { exact: true }).selectOption(other.variantId);
  await expect(line.getByLabel("How much of it")).not.toHaveValue("");
  await line.getByLabel("How much of it").fill(String(other.smallest));
  await expect(line.getByRole("radio", { name: words.say("substitute.price_kept") })).toBeChecked();
  await panel.getByRole("button", { name: words.say("order.deed.pass_outbound_review"), exact: true }).click();
  await expect(line.getByLabel(words.say("substitute.reason"))).toHaveAccessibleDescription(words.say("order.input.missing"));
  await line.getByLabel(words.say("substitute.reason")).fill("Anna takes the other one");
  await confirm(panel, words, "order.deed.pass_outbound_review");

  // The queue has gone on to the next order.
  await page.goto(`/orders/${order.id}`);
  await expectStatus(page, words, "pending_shipment");
  const { order: now } = await admin.order(order.id);
  const added = now.lines.find((one) => one.variant_id === other.variantId);
  expect(added?.approved).toBe(String(other.smallest));
  const [first] = now.lines;
  expect(Number(first?.closed)).toBe(short.smallest * 2);
  const customer = await visitAs("credit");
  await customer.goto(`/orders/${order.id}`);
  await expect(sheet(customer).getByText("Anna takes the other one").filter({ visible: true }).first()).toBeVisible();
  await expect(sheet(customer).getByRole("row").filter({ hasText: other.sku })).toBeVisible();
});

test("rule 9: a line that no warehouse has whole comes from two, through the pick list to one shipment", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const [goods] = await twoGoods(anna);
  const { order } = await submit(anna, [{ goods, quantity: goods.smallest * 3 }]);
  await walk(order.id, "pending_outbound_review", admin, anna);
  await leaveFree(admin, order.id, goods, goods.smallest * 2, goods.smallest * 2);
  const page = await visitAs("warehouse");
  await page.goto(`/orders/${order.id}`);

  const panel = await openPanel(page, words, "pass_outbound_review");
  const shelves = lineOf(panel, goods).getByLabel(/^Reserve in .+ \(\d+ free\)$/);
  await expect(shelves).toHaveCount(2);
  await expect(shelves.first()).toHaveValue(String(goods.smallest * 2));
  await expect(shelves.last()).toHaveValue(String(goods.smallest));
  await shelves.last().fill(String(goods.smallest * 2));
  await panel.getByRole("button", { name: words.say("order.deed.pass_outbound_review"), exact: true }).click();
  await expect(shelves.last()).toHaveAccessibleDescription(new RegExp(`^At most ${goods.smallest}(?!\\d)`));
  // The rest of what is short would have to be decided on; nothing is.
  await shelves.last().fill(String(goods.smallest));
  await expect(panel.getByLabel("The rest")).toHaveCount(0);
  await confirm(panel, words, "order.deed.pass_outbound_review");

  await page.goto(`/orders/${order.id}`);
  await expectStatus(page, words, "pending_shipment");
  await sheet(page).getByRole("link", { name: words.say("outbound.pick_list") }).click();
  await expect(page.getByRole("table", { name: /^Warehouse: / })).toHaveCount(2);
  const { order: shipped } = await walk(order.id, "pending_receipt", admin, anna);
  expect(shipped.shipments).toHaveLength(1);
});

test("one pick list serves several orders of the shipping queue, with sums and what is for whom", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const [goods] = await twoGoods(anna);
  const numbers: string[] = [];
  for (const cases of [2, 3]) {
    const { order } = await submit(anna, [{ goods, quantity: goods.smallest * cases }]);
    await walk(order.id, "pending_shipment", admin, anna);
    numbers.push(order.number);
  }
  const page = await visitAs("ship");
  await page.goto("/queues/shipping");
  for (const number of numbers) {
    await page.getByRole("checkbox", { name: new RegExp(number) }).check();
  }
  await page.getByRole("link", { name: words.say("outbound.pick_list"), exact: true }).click();
  const table = page.getByRole("table", { name: /^Warehouse: / });
  await expect(table).toHaveCount(1);
  const row = table.getByRole("row").filter({ hasText: goods.sku });
  await expect(row.getByText(String(goods.smallest * 5), { exact: true })).toBeVisible();
  await expect(row.getByRole("listitem")).toHaveText([
    `${numbers[0]} · ${goods.smallest * 2}`,
    `${numbers[1]} · ${goods.smallest * 3}`,
  ]);
});

test("a single line is closed with a reason while the others go on", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const [kept, dropped] = await twoGoods(anna);
  const { order } = await submit(anna, [{ goods: kept }, { goods: dropped }]);
  await walk(order.id, "pending_shipment", admin, anna);
  const page = await visitAs("admin");
  await openInQueue(page, words, "ship", order.number);
  const panel = await openPanel(page, words, "close_remaining");
  const boxes = panel.getByRole("checkbox");
  await expect(boxes).toHaveCount(2);
  await panel.getByLabel("Reason").fill("Out of production");
  for (const goods of [kept, dropped]) {
    await panel.getByRole("checkbox", { name: new RegExp(`^${goods.name.en}:`) }).uncheck();
  }
  await panel.getByRole("button", { name: words.say("order.deed.close_remaining"), exact: true }).click();
  await expect(panel.getByText(words.say("outbound.close_nothing"))).toBeVisible();
  await panel.getByRole("checkbox", { name: new RegExp(`^${dropped.name.en}:`) }).check();
  await confirm(panel, words, "order.deed.close_remaining");
  await expect(sheet(page).getByText(`${dropped.smallest} closed`)).toBeVisible();
  const { order: now } = await admin.order(order.id);
  const closed = new Map(now.lines.map((line) => [line.variant_id, Number(line.closed)]));
  expect(closed.get(kept.variantId)).toBe(0);
  expect(closed.get(dropped.variantId)).toBe(dropped.smallest);
  expect(now.status).toBe("pending_shipment");
});

test("rule 9: the second check is another person's, who sees who did the first and what to pick", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  await admin.setWorkflow((workflow) => {
    workflow.second_check = true;
  });
  const [goods] = await twoGoods(anna);
  const { order } = await submit(anna, [{ goods }]);
  await walk(order.id, "pending_outbound_review", admin, anna);
  const first = await visitAs("warehouse");
  await openInQueue(first, words, "outbound_review", order.number);
  await confirm(await openPanel(first, words, "pass_outbound_review"), words, "order.deed.pass_outbound_review");
  await expect(sheet(first).getByRole("paragraph").filter({ hasText: / did the first check/ })).toBeVisible();
  await expect(deed(first, words, "pass_outbound_review")).toHaveAccessibleDescription(
    words.say("reasons.deny.second_check_needs_another"),
  );

  await first.goto(`/orders/${order.id}`);
  await sheet(first).getByRole("link", { name: "Pick list" }).click();
  const paper = first.getByRole("article");
  await expect(paper.getByRole("heading", { level: 1, name: "Pick list" })).toBeVisible();
  await expect(paper.getByRole("heading", { level: 2, name: /^Warehouse: / })).toBeVisible();
  await expect(paper.getByRole("row").filter({ hasText: goods.sku })).toContainText(String(goods.smallest));
  await first.emulateMedia({ media: "print" });
  await expect(first.getByRole("button", { name: "Print" })).toBeHidden();
  await expect(paper).toBeVisible();

  const second = await visitAs("admin");
  await openInQueue(second, words, "outbound_review", order.number);
  const panel = await openPanel(second, words, "pass_outbound_review");
  await expect(panel.getByText(words.say("outbound.second_lead"))).toBeVisible();
  await confirm(panel, words, "order.deed.pass_outbound_review");
  expect((await admin.order(order.id)).order.status).toBe("pending_shipment");
});

test("a delivery note goes with each shipment, and the customer can print it, too", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const [goods] = await twoGoods(anna);
  const { order } = await submit(anna, [{ goods }], { note: "Ring at gate 3" });
  await walk(order.id, "pending_shipment", admin, anna);
  const shipment = randomUUID();
  await act(admin, order.id, "shipments", { shipment_id: shipment, carrier: "Deppon", parcels: [{ tracking: "DP-77" }] });
  for (const login of ["ship", "credit"]) {
    const page = await visitAs(login);
    await page.goto(`/orders/${order.id}`);
    await sheet(page).getByRole("link", { name: "Delivery note 1" }).click();
    const paper = page.getByRole("article");
    await expect(paper.getByRole("heading", { level: 1, name: "Delivery note" })).toBeVisible();
    for (const said of [`${order.number} / 1`, "Deppon", "DP-77", "Ring at gate 3"]) {
      await expect(paper.getByText(said, { exact: true })).toBeVisible();
    }
    await expect(paper.getByRole("row").filter({ hasText: goods.sku })).toContainText(String(goods.smallest));
  }
  const customer = await visitAs("credit");
  await customer.goto(`/orders/${order.id}/pick-list`);
  await expect(customer.getByRole("heading", { name: "There is no such page" })).toBeVisible();
});
