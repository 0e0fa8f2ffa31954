// Rule 4: once the order review has passed, an order changes only by a proposal of one side that the other agrees to.

import type { Page } from "@playwright/test";
import { dayFromNow } from "../support/days.ts";
import { goodsInStock, someGoods, submit, twoGoods, walk } from "../support/orders.ts";
import { confirm, deed, expectStatus, openPanel, sheet } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

/** What is proposed for the open order and waits for a word. */
function proposal(page: Page, by: "by_customer" | "by_supplier") {
  return sheet(page).getByRole("note").filter({ hasText: words.say(`order.request.${by}`) });
}

/** What the history of the open order says under `event`, the newest first. */
function told(page: Page, event: string) {
  const dated = sheet(page).getByRole("listitem").filter({ has: page.getByRole("time") });
  return dated.filter({ hasText: words.say(`order.event.${event}`) }).first();
}

test("rules 4 and 13: a note that changes nothing else holds once staff agree, and moves the order nowhere", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const { order } = await submit(anna, [{ goods: await someGoods(anna) }]);
  await walk(order.id, "pending_finance_review", admin, anna);
  const [customer, reviewer, finance] = [await visitAs("credit"), await visitAs("review"), await visitAs("finance")];
  for (const page of [customer, reviewer, finance]) {
    await page.goto(`/orders/${order.id}`);
    await expectStatus(page, words, "pending_finance_review");
  }

  await test.step("nothing is proposed without a reason, or without a change", async () => {
    const panel = await openPanel(customer, words, "request_change");
    await panel.getByRole("button", { name: words.say("order.request.send"), exact: true }).click();
    await expect(panel.getByLabel("Reason", { exact: true })).toHaveAccessibleDescription(words.say("order.input.missing"));
    await panel.getByLabel("Reason", { exact: true }).fill("The gate has moved");
    await panel.getByRole("button", { name: words.say("order.request.send"), exact: true }).click();
    await expect(panel.getByRole("alert").filter({ hasText: words.say("reasons.rejection.nothing_changed") })).toBeVisible();
    await panel.getByLabel(words.say("order.delivery.note"), { exact: true }).fill("Ring at gate 5");
    await confirm(panel, words, "order.request.send");
  });

  await test.step("both sides read what is proposed, and that it matters little", async () => {
    for (const page of [customer, reviewer]) {
      await expect(proposal(page, "by_customer")).toContainText("The gate has moved");
      await expect(proposal(page, "by_customer")).toContainText("Note none → Ring at gate 5");
      await expect(proposal(page, "by_customer")).toContainText(words.say("order.request.minor"));
    }
    // Who proposed does not answer, and of the staff only those who review do.
    for (const page of [customer, finance]) {
      await expect(deed(page, words, "answer_change")).toHaveCount(0);
    }
  });

  await test.step("the reviewer agrees, and the order waits where it waited", async () => {
    await confirm(await openPanel(reviewer, words, "answer_change"), words, "order.request.agree");
    for (const page of [customer, reviewer]) {
      await expect(proposal(page, "by_customer")).toHaveCount(0);
      await expect(told(page, "change_requested")).toContainText("Ring at gate 5");
      // Who did it, in which role: it is never edited, only added to.
      await expect(told(page, "change_accepted")).toContainText(`${(await desk("review")).name} (Order reviewer)`);
      await expectStatus(page, words, "pending_finance_review");
    }
    expect((await admin.order(order.id)).order.note).toBe("Ring at gate 5");
  });
});

test("rule 4: another day needs a new promise, which the customer confirms", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const { order } = await submit(anna, [{ goods: await someGoods(anna) }]);
  await walk(order.id, "pending_outbound_review", admin, anna);
  const [customer, reviewer] = [await visitAs("credit"), await visitAs("review")];
  await customer.goto(`/orders/${order.id}`);
  const panel = await openPanel(customer, words, "request_change");
  await panel.getByLabel(words.say("order.delivery.wanted"), { exact: true }).fill(dayFromNow(20));
  await panel.getByLabel("Reason", { exact: true }).fill("The fair is later this year");
  await confirm(panel, words, "order.request.send");

  await reviewer.goto(`/orders/${order.id}`);
  await expect(proposal(reviewer, "by_customer")).toContainText(words.say("order.request.schedule"));
  const answer = await openPanel(reviewer, words, "answer_change");
  const promised = answer.getByLabel(words.say("order.review.promised"), { exact: true });
  await promised.fill("");
  await answer.getByRole("button", { name: words.say("order.request.agree"), exact: true }).click();
  await expect(promised).toHaveAccessibleDescription(words.say("order.input.missing"));
  await promised.fill(dayFromNow(21));
  await confirm(answer, words, "order.request.agree");

  await expectStatus(customer, words, "pending_customer_confirmation");
  const asked = sheet(customer).getByRole("note").filter({ hasText: words.say("order.proposed") });
  await expect(asked.getByRole("listitem")).toHaveText(/^Promised date .+ → .+$/);
  await deed(customer, words, "confirm_changes").click();
  // Money and stock are as they were, so that no review is passed a second time.
  await expectStatus(customer, words, "pending_outbound_review");
  for (const page of [customer, reviewer]) {
    await expect(told(page, "change_accepted")).toBeVisible();
    await expect(told(page, "changes_confirmed")).toBeVisible();
  }
  const { order: now } = await admin.get<{ order: { promised_date: string; wanted_date: string } }>(`/orders/${order.id}`);
  expect(now).toMatchObject({ wanted_date: dayFromNow(20), promised_date: dayFromNow(21) });
});

test("rule 4: other quantities, line by line, go back to the order review and through the stages again", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const [less, more, same] = await goodsInStock(anna, 3);
  if (less === undefined || more === undefined || same === undefined) {
    throw new Error("There are three.");
  }
  const wishes = [
    { goods: less, quantity: less.smallest * 3 },
    { goods: more },
    { goods: same },
  ];
  const { order } = await submit(anna, wishes);
  const free = async () => (await admin.order(order.id)).stock.map((shelf) => Number(shelf.free));
  const before = await free();
  await walk(order.id, "pending_shipment", admin, anna);
  expect(await free()).not.toEqual(before);

  const [customer, reviewer] = [await visitAs("credit"), await visitAs("review")];
  await customer.goto(`/orders/${order.id}`);
  const panel = await openPanel(customer, words, "request_change");
  await panel.getByLabel(less.name.en, { exact: true }).fill(String(less.smallest));
  await panel.getByLabel(more.name.en, { exact: true }).fill(String(more.smallest * 2));
  await panel.getByLabel("Reason", { exact: true }).fill("The second shop opens later");
  await confirm(panel, words, "order.request.send");

  const changes = [
    `${less.name.en}: quantity ${less.smallest * 3} → ${less.smallest} (The second shop opens later)`,
    `${more.name.en}: quantity ${more.smallest} → ${more.smallest * 2} (The second shop opens later)`,
  ];
  await reviewer.goto(`/orders/${order.id}`);
  await expectStatus(reviewer, words, "pending_shipment");
  await expect(proposal(reviewer, "by_customer").getByRole("listitem")).toHaveText(changes);
  await expect(proposal(reviewer, "by_customer")).toContainText(words.say("order.request.substantive"));
  const answer = await openPanel(reviewer, words, "answer_change");
  await expect(answer.getByRole("listitem")).toHaveText(changes);
  // A promise is made in the review that follows.
  await expect(answer.getByLabel(words.say("order.review.promised"))).toHaveCount(0);
  await confirm(answer, words, "order.request.agree");

  for (const page of [customer, reviewer]) {
    await expectStatus(page, words, "pending_order_review");
    await expect(told(page, "change_accepted")).toBeVisible();
    await expect(told(page, "change_requested").getByRole("listitem")).toHaveText(changes);
  }
  // What was reserved is free again, and the next reviews look at the order as it is now.
  expect(await free()).toEqual(before);
  const { order: now } = await walk(order.id, "pending_shipment", admin, anna);
  expect(now.lines.map((line) => Number(line.approved))).toEqual([less.smallest, more.smallest * 2, same.smallest]);
});

test("rule 4: staff decline with a reason that the customer reads, and nothing changes", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const goods = await someGoods(anna);
  const { order } = await submit(anna, [{ goods, quantity: goods.smallest * 2 }]);
  await walk(order.id, "pending_finance_review", admin, anna);
  const [customer, reviewer] = [await visitAs("credit"), await visitAs("review")];
  await customer.goto(`/orders/${order.id}`);
  const panel = await openPanel(customer, words, "request_change");
  await panel.getByLabel(goods.name.en, { exact: true }).fill("0");
  await panel.getByLabel("Reason", { exact: true }).fill("We have found some in the cellar");
  await panel.getByRole("button", { name: words.say("order.request.send"), exact: true }).click();
  // Nothing at all is no order: that would be voiding it.
  await expect(panel.getByRole("alert").filter({ hasText: words.say("reasons.rejection.no_lines") })).toBeVisible();
  await panel.getByLabel(goods.name.en, { exact: true }).fill(String(goods.smallest));
  await confirm(panel, words, "order.request.send");

  await reviewer.goto(`/orders/${order.id}`);
  const answer = await openPanel(reviewer, words, "answer_change");
  await answer.getByRole("button", { name: words.say("order.request.refuse"), exact: true }).click();
  const note = answer.getByLabel(words.say("order.request.answer_reason"), { exact: true });
  await expect(note).toHaveAccessibleDescription(words.say("order.input.missing"));
  await note.fill("It is cut to your size already");
  await confirm(answer, words, "order.request.refuse");
  for (const page of [customer, reviewer]) {
    await expect(told(page, "change_refused")).toContainText("It is cut to your size already");
    await expect(proposal(page, "by_customer")).toHaveCount(0);
    await expectStatus(page, words, "pending_finance_review");
  }
  const { order: now } = await admin.order(order.id);
  expect(now.lines.map((line) => Number(line.approved))).toEqual([goods.smallest * 2]);
  expect(now.total).toBe(order.total);
});

test("rule 4: staff propose another address of the customer's, which it agrees to", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const { order } = await submit(anna, [{ goods: await someGoods(anna) }]);
  await walk(order.id, "pending_outbound_review", admin, anna);
  const { addresses } = await anna.get<{ addresses: { id: string; text: string }[] }>("/account");
  const addressOf = async () => (await admin.get<{ order: { address: { id: string; text: string } } }>(`/orders/${order.id}`)).order.address;
  const before = await addressOf();
  const other = addresses.find(({ id }) => id !== before.id);
  if (other === undefined) {
    throw new Error("The customer has several addresses.");
  }

  const reviewer = await visitAs("review");
  await reviewer.goto(`/orders/${order.id}`);
  const panel = await openPanel(reviewer, words, "request_change");
  await panel.getByLabel(words.say("order.delivery.address"), { exact: true }).selectOption(other.id);
  const effect = panel.getByRole("status", { name: words.say("order.request.effect") });
  const change = `Address ${before.text} → ${other.text}`;
  await expect(effect).toContainText(change);
  await expect(effect).toContainText(words.say("order.request.minor"));
  await panel.getByLabel("Reason", { exact: true }).fill("Your warehouse is closed that week");
  await confirm(panel, words, "order.request.send");
  await expect(proposal(reviewer, "by_supplier")).toContainText(change);
  expect((await addressOf()).id).toBe(before.id);

  const customer = await visitAs("credit");
  await customer.goto(`/orders/${order.id}`);
  await expect(proposal(customer, "by_supplier")).toContainText("Your warehouse is closed that week");
  await confirm(await openPanel(customer, words, "answer_change"), words, "order.request.agree");
  for (const page of [customer, reviewer]) {
    await expect(proposal(page, "by_supplier")).toHaveCount(0);
    await expect(told(page, "change_requested")).toContainText(change);
    await expectStatus(page, words, "pending_outbound_review");
  }
  expect((await addressOf()).id).toBe(other.id);
});

test("rule 4: what staff propose waits on the customer's home page for its word", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const [goods, other] = await twoGoods(anna);
  const { order } = await submit(anna, [{ goods, quantity: goods.smallest * 2 }, { goods: other }]);
  await walk(order.id, "pending_finance_review", admin, anna);
  const reviewer = await visitAs("review");
  await reviewer.goto(`/orders/${order.id}`);
  const panel = await openPanel(reviewer, words, "request_change");
  await panel.getByLabel(goods.name.en, { exact: true }).fill(String(goods.smallest));
  await panel.getByLabel("Reason", { exact: true }).fill("One batch failed the test");
  await confirm(panel, words, "order.request.send");
  await expect(proposal(reviewer, "by_supplier")).toBeVisible();
  await expect(deed(reviewer, words, "answer_change")).toHaveCount(0);

  const customer = await visitAs("credit");
  const way = customer.getByRole("link", { name: order.number }).filter({ hasText: words.say("home.distributor.need.answer") });
  await way.first().click();
  await expect(proposal(customer, "by_supplier")).toContainText(`quantity ${goods.smallest * 2} → ${goods.smallest}`);
  await confirm(await openPanel(customer, words, "answer_change"), words, "order.request.agree");
  for (const page of [customer, reviewer]) {
    await expectStatus(page, words, "pending_order_review");
    await expect(told(page, "change_accepted")).toBeVisible();
  }
});
