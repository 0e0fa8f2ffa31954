// What happens to an order that is not as it should be: sent back, mended, changed, withdrawn, void.

import { someGoods, submit, submitSome, twoGoods, walk } from "../support/orders.ts";
import { confirm, deed, deeds, expectStatus, openPanel, sheet } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

test("rule 3: an order that is sent back is mended and submitted again, and both sides read the reason", async ({ desk, visitAs }) => {
  const anna = await desk("deposit");
  const [first, second] = await twoGoods(anna);
  const { order } = await submit(anna, [
    { goods: first, quantity: first.smallest * 4 },
    { goods: second },
  ]);
  const customer = await visitAs("deposit");
  await customer.goto(`/orders/${order.id}`);
  await expectStatus(customer, words, "pending_order_review");

  const reviewer = await visitAs("review");
  await reviewer.goto(`/orders/${order.id}`);
  const panel = await openPanel(reviewer, words, "send_back");
  await panel.getByRole("button", { name: "Send back", exact: true }).click();
  await expect(panel.getByText("Fill this in")).toBeVisible();
  await panel.getByLabel("Reason").fill("The cold store takes 2 pallets at most");
  await confirm(panel, words, "order.deed.send_back");

  await expectStatus(customer, words, "sent_back");
  await expect(sheet(customer).getByRole("blockquote").first()).toHaveText("The cold store takes 2 pallets at most");
  const mending = await openPanel(customer, words, "resubmit");
  await mending.getByRole("group", { name: first.name.en }).getByLabel("Quantity").fill(String(first.smallest));
  await mending.getByRole("group", { name: second.name.en }).getByLabel("Take this line out").check();
  await confirm(mending, words, "orders.resubmit.submit");

  await expectStatus(customer, words, "pending_order_review");
  await expect(reviewer.getByText("Submitted again").first()).toBeVisible();
  await expect(sheet(reviewer).getByRole("row").filter({ hasText: second.sku })).toHaveCount(0);
  await deed(reviewer, words, "pass_order_review").click();
  await expectStatus(customer, words, "pending_finance_review");
  const mended = await anna.order(order.id);
  expect(mended.order.lines.map((line) => Number(line.approved))).toEqual([first.smallest]);
});

test("rule 3: a sent-back order may be given up by its customer", async ({ desk, visitAs }) => {
  const anna = await desk("deposit");
  const order = await submitSome(anna);
  const reviewer = await visitAs("review");
  await reviewer.goto(`/orders/${order.id}`);
  const sendBack = await openPanel(reviewer, words, "send_back");
  await sendBack.getByLabel("Reason").fill("This flavour is recalled");
  await confirm(sendBack, words, "order.deed.send_back");

  const customer = await visitAs("deposit");
  await customer.goto(`/orders/${order.id}`);
  const panel = await openPanel(customer, words, "void");
  await panel.getByLabel("Reason").fill("Then we take something else");
  await confirm(panel, words, "order.deed.void");
  await expect(customer.getByText("This order is finished.")).toBeVisible();
  await expectStatus(reviewer, words, "voided");
});

test("rule 3: voiding gives the reserved stock back, and the customer reads why", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const order = await submitSome(anna);
  const free = async () => (await admin.order(order.id)).stock.map((stock) => Number(stock.free)).toSorted((a, b) => a - b);
  const before = await free();
  await walk(order.id, "pending_shipment", admin, anna);
  expect(await free()).not.toEqual(before);

  const customer = await visitAs("credit");
  await customer.goto(`/orders/${order.id}`);
  await expectStatus(customer, words, "pending_shipment");
  await expect(deeds(customer, words).getByText("The order review has passed; it can't simply be withdrawn")).toBeVisible();

  const lead = await visitAs("lead");
  await lead.goto(`/orders/${order.id}`);
  const panel = await openPanel(lead, words, "void");
  await panel.getByLabel("Reason").fill("The customer closed this shop");
  await confirm(panel, words, "order.deed.void");
  await expect(lead.getByText("This order is finished.")).toBeVisible();
  await expectStatus(customer, words, "voided");
  await expect(sheet(customer).getByRole("blockquote").first()).toHaveText("The customer closed this shop");
  expect(await free()).toEqual(before);
});

test("rule 4: a customer withdraws an order that nobody has reviewed yet", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const order = await submitSome(anna);
  const reviewer = await visitAs("review");
  await reviewer.goto(`/queues/order-review?open=${order.id}`);
  await expectStatus(reviewer, words, "pending_order_review");

  const customer = await visitAs("credit");
  await customer.goto(`/orders/${order.id}`);
  await confirm(await openPanel(customer, words, "withdraw"), words, "order.deed.withdraw");
  await expect(customer.getByText("This order is finished.")).toBeVisible();
  await expect(sheet(customer).getByText("Withdrawn by the customer")).toBeVisible();

  await expect(reviewer.getByText("This order has left the queue")).toBeVisible();
  await expectStatus(reviewer, words, "voided");
  const row = reviewer.getByRole("link", { name: order.number }).and(reviewer.locator(".queue-row"));
  await expect(row).toContainText(words.say("approvals.gone"));
});

test("rule 5: what the review cuts waits for the customer, who sees each change and agrees", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const goods = await someGoods(anna);
  const { order } = await submit(anna, [{ goods, quantity: goods.smallest * 3 }]);
  const reviewer = await visitAs("review");
  await reviewer.goto(`/queues/order-review?open=${order.id}`);
  const panel = await openPanel(reviewer, words, "adjust");
  await panel.getByLabel("Approved quantity").fill(String(goods.smallest * 2));
  await panel.getByLabel("Reason for the change").fill("One truck only");
  await confirm(panel, words, "order.deed.pass_order_review");

  const customer = await visitAs("credit");
  await customer.goto("/");
  await customer.getByRole("link", { name: order.number }).filter({ hasText: "Confirm the changes" }).first().click();
  await expectStatus(customer, words, "pending_customer_confirmation");
  const change = `quantity ${goods.smallest * 3} → ${goods.smallest * 2} (One truck only)`;
  await expect(sheet(customer).getByRole("note").getByText(change)).toBeVisible();
  await deed(customer, words, "confirm_changes").click();
  await expectStatus(customer, words, "pending_finance_review");
});

test("the usual date of delivery stands filled in, says what it is made of, and gives way to another", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const order = await submitSome(anna);
  const admin = await desk("admin");
  const { usual_promise: usual } = await admin.get<{ usual_promise: { date: string; lead_days: number; slack_days: number } }>(
    `/orders/${order.id}`,
  );
  const reviewer = await visitAs("review");
  await reviewer.goto(`/orders/${order.id}`);
  const panel = await openPanel(reviewer, words, "adjust");
  const promised = panel.getByLabel(words.say("order.review.promised"), { exact: true });
  await expect(promised).toHaveValue(usual.date);
  const made = `today + lead time (${usual.lead_days} d) + slack (${usual.slack_days} d)`;
  await expect(promised).toHaveAccessibleDescription(new RegExp(made.replace(/[+()]/g, "\\$&")));
  const later = new Date(Date.parse(usual.date) + 86_400_000).toISOString().slice(0, 10);
  await promised.fill(later);
  await confirm(panel, words, "order.deed.pass_order_review");
  await expect.poll(async () => (await admin.get<{ order: { promised_date: string } }>(`/orders/${order.id}`)).order.promised_date).toBe(later);
});

test("a customer moves a reviewed order elsewhere, and sees what a change means before proposing it", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const goods = await someGoods(anna);
  const { order } = await submit(anna, [{ goods, quantity: goods.smallest * 2 }]);
  await walk(order.id, "pending_outbound_review", admin, anna);
  const { addresses } = await anna.get<{ addresses: { id: string; text: string }[] }>("/account");
  const [first, other] = addresses;
  if (first === undefined || other === undefined) {
    throw new Error("This customer has two addresses.");
  }
  const customer = await visitAs("credit");
  await customer.goto(`/orders/${order.id}`);
  const panel = await openPanel(customer, words, "request_change");
  const preview = panel.getByRole("status", { name: words.say("order.request.effect") });
  await expect(preview).toBeEmpty();
  await panel.getByLabel(words.say("order.delivery.address"), { exact: true }).selectOption(other.id);
  await expect(preview).toContainText(other.text);
  await expect(preview).toContainText(words.say("order.request.minor"));
  const quantity = panel.getByLabel(goods.name.en, { exact: true });
  await quantity.fill(String(goods.smallest));
  await expect(preview).toContainText(words.say("order.request.substantive"));
  await quantity.fill(String(goods.smallest * 2));
  await expect(preview).not.toContainText(words.say("order.request.substantive"));
  await panel.getByLabel(words.say("order.ask.reason"), { exact: true }).fill("The shop has moved");
  await confirm(panel, words, "order.request.send");

  const reviewer = await visitAs("review");
  await reviewer.goto(`/orders/${order.id}`);
  const answer = await openPanel(reviewer, words, "answer_change");
  await expect(answer.getByText(other.text)).toBeVisible();
  await expect(answer.getByText(words.say("order.request.minor"))).toBeVisible();
  await confirm(answer, words, "order.request.agree");
  await expect(sheet(reviewer).getByText(other.text).first()).toBeVisible();
  await expectStatus(customer, words, "pending_outbound_review");
});
