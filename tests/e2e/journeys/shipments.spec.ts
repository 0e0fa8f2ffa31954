// Goods that leave in parts: what is left of each line is what the next shipment offers.

import { someGoods, submit, twoGoods, walk } from "../support/orders.ts";
import { confirm, deed, expectStatus, openInQueue, openPanel, sheet } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

test("rules 10, 11 and 12: an order leaves in two shipments with several parcels and is received in two", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const [first, second] = await twoGoods(anna);
  const { order } = await submit(anna, [
    { goods: first, quantity: first.smallest * 3 },
    { goods: second, quantity: second.smallest * 2 },
  ]);
  await walk(order.id, "pending_shipment", admin, anna);

  const customer = await visitAs("credit");
  await customer.goto(`/orders/${order.id}`);
  await expectStatus(customer, words, "pending_shipment");
  const shipper = await visitAs("ship");
  await openInQueue(shipper, words, "ship", order.number);

  await test.step("one case of the first line leaves in two parcels", async () => {
    const panel = await openPanel(shipper, words, "ship");
    const amount = panel.getByLabel(first.name.en, { exact: true });
    await expect(amount).toHaveValue(String(first.smallest * 3));
    await amount.fill(String(first.smallest * 3 + 1));
    await panel.getByLabel(second.name.en, { exact: true }).fill("0");
    await panel.getByLabel("Carrier").fill("JD Logistics");
    await panel.getByLabel("Tracking numbers").fill("JD-0001, JD-0002");
    await panel.getByRole("button", { name: "Ship", exact: true }).click();
    await expect(amount).toHaveAccessibleDescription(new RegExp(`^At most ${first.smallest * 3}`));
    await amount.fill(String(first.smallest));
    await confirm(panel, words, "order.deed.ship");
  });

  await test.step("the customer's page has the shipment, and its receipt does not complete the order", async () => {
    await expect(sheet(customer).getByText("Shipment 1 · JD Logistics")).toBeVisible();
    await expect(sheet(customer).getByText("JD-0001")).toBeVisible();
    await expect(sheet(customer).getByText("JD-0002")).toBeVisible();
    await expectStatus(customer, words, "pending_shipment");
    await confirm(await openPanel(customer, words, "receive"), words, "order.deed.receive");
    await expect(deed(customer, words, "receive")).toBeHidden();
    await expectStatus(customer, words, "pending_shipment");
  });

  await test.step("the rest is what the next shipment offers", async () => {
    const panel = await openPanel(shipper, words, "ship");
    await expect(panel.getByLabel(first.name.en, { exact: true })).toHaveValue(String(first.smallest * 2));
    await expect(panel.getByLabel(second.name.en, { exact: true })).toHaveValue(String(second.smallest * 2));
    await panel.getByLabel("Carrier").fill("Deppon");
    await panel.getByLabel("Tracking numbers").fill("DP-77");
    await confirm(panel, words, "order.deed.ship");
  });

  await test.step("a case that is missing opens a claim and completes the order", async () => {
    await expectStatus(customer, words, "pending_receipt");
    const panel = await openPanel(customer, words, "receive");
    await panel.getByRole("group", { name: second.name.en }).getByLabel("Missing").fill("1");
    await confirm(panel, words, "order.deed.receive");
    await expect(customer.getByText("This order is finished.")).toBeVisible();
    await expect(sheet(customer).getByText("Claim opened")).toBeVisible();
  });

  const { order: done } = await admin.order(order.id);
  expect(done.shipments).toHaveLength(2);
  expect(done.status).toBe("completed");
});

test("rule 12: what will not be delivered any more is closed with a reason", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const goods = await someGoods(anna);
  const { order } = await submit(anna, [{ goods, quantity: goods.smallest * 2 }]);
  await walk(order.id, "pending_shipment", admin, anna);
  const shipper = await visitAs("admin");
  await openInQueue(shipper, words, "ship", order.number);
  const shipping = await openPanel(shipper, words, "ship");
  await shipping.getByLabel(goods.name.en, { exact: true }).fill(String(goods.smallest));
  await shipping.getByLabel("Carrier").fill("Deppon");
  await confirm(shipping, words, "order.deed.ship");

  const closing = await openPanel(shipper, words, "close_remaining");
  await closing.getByLabel("Reason").fill("Out of production");
  await confirm(closing, words, "order.deed.close_remaining");
  const customer = await visitAs("credit");
  await customer.goto(`/orders/${order.id}`);
  await expectStatus(customer, words, "pending_receipt");
  await expect(sheet(customer).getByText(`${goods.smallest} closed`)).toBeVisible();
});
