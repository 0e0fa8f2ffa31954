// Rule 5: what the order review changes, each with its reason, and the customer's word on what costs money or time.

import type { Locator, Page } from "@playwright/test";
import { setClock } from "../support/clock.ts";
import { dayFromNow } from "../support/days.ts";
import { act, type Goods, goodsInStock, someGoods, submit } from "../support/orders.ts";
import { confirm, deed, deeds, expectStatus, openPanel, sheet } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

/** The fields of a line in the review's panel. */
function lineOf(panel: Locator, goods: Goods): Locator {
  return panel.getByRole("group", { name: goods.name.en });
}

/** What waits for the customer's word. */
function asked(page: Page): Locator {
  return sheet(page).getByRole("note").filter({ hasText: words.say("order.proposed") });
}

/** What the history of the open order says under `event`, the newest first. */
function told(page: Page, event: string): Locator {
  const dated = sheet(page).getByRole("listitem").filter({ has: page.getByRole("time") });
  return dated.filter({ hasText: words.say(`order.event.${event}`) }).first();
}

test("rule 5: the review cuts, holds, splits, reprices and adds freight, each with a reason, and the customer agrees", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const [cut, held, split, cheaper] = await goodsInStock(anna, 4);
  if (cut === undefined || held === undefined || split === undefined || cheaper === undefined) {
    throw new Error("There are four.");
  }
  const twice = [cut, held, split, cheaper].map((goods) => ({ goods, quantity: goods.smallest * 2 }));
  const { order } = await submit(anna, twice);
  const [lead, customer] = [await visitAs("lead"), await visitAs("credit")];
  await lead.goto(`/orders/${order.id}`);
  const panel = await openPanel(lead, words, "adjust");
  const pass = panel.getByRole("button", { name: words.say("order.deed.pass_order_review"), exact: true });
  const reason = (goods: Goods) => lineOf(panel, goods).getByLabel(words.say("order.review.reason"), { exact: true });

  await test.step("nothing is changed without its reason", async () => {
    await panel.getByLabel(words.say("order.review.promised"), { exact: true }).fill(dayFromNow(9));
    await lineOf(panel, cut).getByLabel(words.say("order.review.quantity"), { exact: true }).fill(String(cut.smallest));
    await lineOf(panel, held).getByLabel(words.say("order.review.hold"), { exact: true }).check();
    await lineOf(panel, split).getByLabel(words.say("order.review.split"), { exact: true }).fill(String(split.smallest));
    await lineOf(panel, cheaper).getByLabel(words.say("order.review.price"), { exact: true }).fill("0.50");
    await panel.getByLabel(words.say("order.money.freight"), { exact: true }).fill("25");
    await pass.click();
    for (const goods of [cut, held, split, cheaper]) {
      await expect(reason(goods)).toHaveAccessibleDescription(words.say("order.input.missing"));
    }
    const ofFreight = panel.getByLabel(words.say("order.review.freight_reason"), { exact: true });
    await expect(ofFreight).toHaveAccessibleDescription(words.say("order.input.missing"));
    expect((await admin.order(order.id)).order.version).toBe(order.version);
    await reason(cut).fill("One pallet is damp");
    await reason(held).fill("Not before the recall is over");
    await reason(split).fill("The rest comes by rail");
    await reason(cheaper).fill("The label is old");
    await ofFreight.fill("Over the mountains");
    await confirm(panel, words, "order.deed.pass_order_review");
  });

  await test.step("both sides see each change with its reason, and how long the customer has", async () => {
    await expectStatus(lead, words, "pending_customer_confirmation");
    await customer.goto(`/orders/${order.id}`);
    for (const page of [lead, customer]) {
      const entry = (text: string | RegExp) => asked(page).getByRole("listitem").filter({ hasText: text });
      await expect(entry(`${cut.name.en}: quantity ${cut.smallest * 2} → ${cut.smallest} (One pallet is damp)`)).toBeVisible();
      await expect(entry(`${held.name.en}: put on hold (Not before the recall is over)`)).toBeVisible();
      await expect(entry(`${split.name.en}: ${split.smallest} split off (The rest comes by rail)`)).toBeVisible();
      await expect(entry(/: price .+ → .*0\.50 \(The label is old\)$/)).toBeVisible();
      await expect(entry(/^Freight .*0\.00 → .*25\.00 \(Over the mountains\)$/)).toBeVisible();
      await expect(asked(page)).toContainText(/Without an answer by .+ \(4[78] h left\) the order is sent back/);
    }
    // It is the customer's turn: nobody else can agree in its place.
    await expect(deed(lead, words, "confirm_changes")).toHaveCount(0);
  });

  await test.step("the customer agrees, and the order goes on as it was changed", async () => {
    await deed(customer, words, "confirm_changes").click();
    for (const page of [lead, customer]) {
      await expectStatus(page, words, "pending_finance_review");
      await expect(asked(page)).toHaveCount(0);
      await expect(told(page, "changes_confirmed")).toBeVisible();
      await expect(told(page, "confirmation_requested")).toContainText("One pallet is damp");
      await expect(sheet(page).getByText(words.say("order.line.held")).filter({ visible: true })).toHaveCount(1);
    }
    const { order: now } = await admin.get<{
      order: { promised_date: string; freight: string; lines: { variant_id: string; approved: string; price: string; held: boolean }[] };
    }>(`/orders/${order.id}`);
    expect(now.promised_date).toBe(dayFromNow(9));
    expect(Number(now.freight)).toBe(25);
    const lines = (goods: Goods) => now.lines.filter((line) => line.variant_id === goods.variantId);
    expect(lines(cut).map((line) => Number(line.approved))).toEqual([cut.smallest]);
    expect(lines(held).map((line) => line.held)).toEqual([true]);
    expect(lines(split).map((line) => Number(line.approved))).toEqual([split.smallest, split.smallest]);
    expect(lines(cheaper).map((line) => Number(line.price))).toEqual([0.5]);
  });
});

test("rule 5: who sets no special prices reads why, and what the customer declines comes back to it", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const goods = await someGoods(anna);
  const { order } = await submit(anna, [{ goods, quantity: goods.smallest * 3 }]);
  const [reviewer, customer] = [await visitAs("review"), await visitAs("credit")];
  await reviewer.goto(`/orders/${order.id}`);
  const panel = await openPanel(reviewer, words, "adjust");
  const why = words.say("reasons.deny.needs_permission", { permission: words.say("labels.permission.order_special_price") });
  await expect(panel.getByText(words.say("order.review.no_price", { why }))).toBeVisible();
  await expect(lineOf(panel, goods).getByLabel(words.say("order.review.price"), { exact: true })).toHaveCount(0);
  await lineOf(panel, goods).getByLabel(words.say("order.review.quantity"), { exact: true }).fill(String(goods.smallest));
  await lineOf(panel, goods).getByLabel(words.say("order.review.reason"), { exact: true }).fill("The kiln is cold");
  await confirm(panel, words, "order.deed.pass_order_review");

  await customer.goto(`/orders/${order.id}`);
  await expectStatus(customer, words, "pending_customer_confirmation");
  const declining = await openPanel(customer, words, "decline_changes");
  const reason = declining.getByLabel(words.say("order.ask.reason"), { exact: true });
  await declining.getByRole("button", { name: words.say("order.deed.decline_changes"), exact: true }).click();
  await expect(reason).toHaveAccessibleDescription(words.say("order.input.missing"));
  await reason.fill("All of it or none");
  await confirm(declining, words, "order.deed.decline_changes");
  for (const page of [reviewer, customer]) {
    await expectStatus(page, words, "sent_back");
    await expect(told(page, "changes_declined")).toContainText("All of it or none");
  }
  // It is the customer's to mend or to void; it has gone no further.
  for (const name of ["resubmit", "void"]) {
    await expect(deed(customer, words, name)).toBeEnabled();
  }
  await expect(deeds(reviewer, words).getByRole("button", { name: words.say("order.deed.pass_order_review") })).toHaveCount(0);
});

test("rule 5: a promise later than the customer wished is for it to agree to", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const goods = await someGoods(anna);
  const { order } = await submit(anna, [{ goods }], { wantedDate: dayFromNow(5) });
  const reviewer = await visitAs("review");
  await reviewer.goto(`/orders/${order.id}`);
  const panel = await openPanel(reviewer, words, "adjust");
  await panel.getByLabel(words.say("order.review.promised"), { exact: true }).fill(dayFromNow(8));
  await confirm(panel, words, "order.deed.pass_order_review");
  await expectStatus(reviewer, words, "pending_customer_confirmation");
  const customer = await visitAs("credit");
  await customer.goto(`/orders/${order.id}`);
  await expect(asked(customer).getByRole("listitem")).toHaveText(/^Promised date .+ → .+$/);
  await deed(customer, words, "confirm_changes").click();
  await expectStatus(customer, words, "pending_finance_review");
});

test.describe("where time passes", () => {
  test.use({ ownDeployment: true });

  test("rule 5: without an answer in time a changed order is sent back, and never taken as agreed", async ({ deployment, desk, visitAs, watch }) => {
    watch.tolerate(/ERR_CONNECTION_(REFUSED|RESET)/);
    const [anna, admin] = [await desk("credit"), await desk("admin")];
    const goods = await someGoods(anna);
    const { order } = await submit(anna, [{ goods, quantity: goods.smallest * 3 }]);
    const lines = order.lines.map((line) => ({ line_id: line.id, quantity: String(goods.smallest), reason: "one truck only" }));
    await act(admin, order.id, "order-review", { lines });

    await test.step("an hour before the end it waits, and its clock is amber", async () => {
      await deployment.later(47);
      const customer = await visitAs("credit");
      await setClock(customer, 47);
      await customer.goto(`/orders/${order.id}`);
      await expectStatus(customer, words, "pending_customer_confirmation");
      await expect(asked(customer)).toContainText(/\((59|60) min left\) the order is sent back/);
      const clock = sheet(customer).getByRole("time").getByText(/ min left$/);
      await expect(clock).toHaveAttribute("data-tone", "warn");
    });

    await deployment.later(49);
    for (const login of ["credit", "review"]) {
      const page = await visitAs(login);
      await setClock(page, 49);
      await page.goto(`/orders/${order.id}`);
      await expectStatus(page, words, "sent_back");
      await expect(told(page, "confirmation_expired")).toContainText(words.say("order.history.system"));
      await expect(asked(page)).toHaveCount(0);
    }
    const { history } = await admin.get<{ history: { to: string | null }[] }>(`/orders/${order.id}`);
    expect(history.map((entry) => entry.to)).not.toContain("pending_finance_review");
  });
});
