// Two people at one order: nothing is applied twice, and the second is told what the first did.

import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { act, someGoods, submit, submitSome, walk } from "../support/orders.ts";
import { confirm, deed, expectStatus, openPanel, sheet } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

test("rule 14: a reviewer whose page is behind is told what changed and may act again", async ({ desk, visitAs, watch }) => {
  watch.tolerate(/ERR_FAILED/);
  const anna = await desk("credit");
  const order = await submitSome(anna);
  const [first, second] = [await visitAs("review"), await visitAs("admin")];
  // Nothing reaches the second page by itself, as on a bad line.
  await second.route("**/api/v1/events", (route) => route.abort());
  for (const page of [first, second]) {
    await page.goto(`/orders/${order.id}`);
    await expectStatus(page, words, "pending_order_review");
  }

  await deed(first, words, "pass_order_review").click();
  await expectStatus(first, words, "pending_finance_review");
  await expectStatus(second, words, "pending_order_review");
  await deed(second, words, "pass_order_review").click();

  await expect(sheet(second).getByRole("alert").filter({ hasText: "Somebody else changed this meanwhile" })).toBeVisible();
  await expectStatus(second, words, "pending_finance_review");
  const news = sheet(second).getByRole("status").filter({ hasText: "While you were looking, this happened:" });
  await expect(news.getByRole("listitem").filter({ hasText: "Passed: Order review" })).toBeVisible();
  await deed(second, words, "pass_finance_review").click();
  await expectStatus(second, words, "pending_outbound_review");
  await expect(news).toBeHidden();

  await expectStatus(first, words, "pending_outbound_review");
  await expect(sheet(first).getByText("Passed: Order review")).toHaveCount(1);
});

test("what somebody does in one tab is no news in another tab of theirs", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const order = await submitSome(anna);
  const first = await visitAs("admin");
  const second = await first.context().newPage();
  const colleague = await visitAs("review");
  for (const page of [first, second, colleague]) {
    await page.goto(`/orders/${order.id}`);
    await expectStatus(page, words, "pending_order_review");
  }
  await deed(first, words, "pass_order_review").click();
  for (const page of [first, second, colleague]) {
    await expectStatus(page, words, "pending_finance_review");
  }
  const news = (page: Page) => sheet(page).getByRole("status").filter({ hasText: words.say("order.news.title") });
  await expect(news(colleague)).toBeVisible();
  await expect(news(second)).toBeHidden();
});

test("rule 14: what is typed into a panel is not sent for what a colleague did meanwhile, until that is read", async ({
  desk,
  visitAs,
}) => {
  const anna = await desk("credit");
  const order = await submitSome(anna);
  const page = await visitAs("admin");
  await page.goto(`/orders/${order.id}`);
  await expectStatus(page, words, "pending_order_review");
  const panel = await openPanel(page, words, "send_back");
  const reason = panel.getByLabel(words.say("order.ask.reason"), { exact: true });
  await reason.fill("Which colour do you want?");

  await act(await desk("review"), order.id, "order-review");
  const news = panel.getByRole("status").filter({ hasText: words.say("order.news.title") });
  await expect(news.getByRole("listitem").filter({ hasText: "Passed: Order review" })).toBeVisible();
  const send = panel.getByRole("button", { name: words.say("order.deed.send_back"), exact: true });
  await send.click();
  await expect(panel.getByRole("alert").filter({ hasText: "Somebody else changed this meanwhile" })).toBeVisible();
  expect((await anna.order(order.id)).order.status).toBe("pending_finance_review");
  await expect(news).toBeVisible();
  await expect(reason).toHaveValue("Which colour do you want?");

  await news.getByRole("button", { name: words.say("order.news.read"), exact: true }).click();
  await expect(news).toBeHidden();
  await expect(reason).toHaveValue("Which colour do you want?");
  await confirm(panel, words, "order.deed.send_back");
  await expectStatus(page, words, "sent_back");
  await expect(sheet(page).getByText("Which colour do you want?").first()).toBeVisible();
});

test("rule 14: a form that nobody has typed into asks about what there is once the news is read, which stands there once", async ({
  desk,
  visitAs,
}) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const goods = await someGoods(anna);
  const { order } = await submit(anna, [{ goods, quantity: goods.smallest * 3 }]);
  await walk(order.id, "pending_shipment", admin, anna);
  const page = await visitAs("ship");
  await page.goto(`/orders/${order.id}`);
  const panel = await openPanel(page, words, "ship");
  const amount = panel.getByLabel(goods.name.en, { exact: true });
  await expect(amount).toHaveValue(String(goods.smallest * 3));

  const shipSome = () => {
    const lines = [{ line_id: order.lines[0]?.id, quantity: String(goods.smallest) }];
    return act(admin, order.id, "shipments", { shipment_id: randomUUID(), carrier: "SF", parcels: [], lines });
  };
  await shipSome();
  const news = page.getByRole("status", { includeHidden: true }).filter({ hasText: words.say("order.news.title") });
  const read = panel.getByRole("button", { name: words.say("order.news.read"), exact: true });
  await expect(read).toBeVisible();
  await expect(news).toHaveCount(1);
  await expect(amount).toHaveValue(String(goods.smallest * 3));
  await read.click();
  await expect(amount).toHaveValue(String(goods.smallest * 2));

  // What was typed stays as it is.
  await amount.fill(String(goods.smallest));
  await panel.getByLabel("Carrier").fill("JD Logistics");
  await shipSome();
  await read.click();
  await expect(news).toHaveCount(0);
  await expect(amount).toHaveValue(String(goods.smallest));
  await expect(panel.getByLabel("Carrier")).toHaveValue("JD Logistics");
  await confirm(panel, words, "order.deed.ship");
  await expectStatus(page, words, "pending_receipt");
});

test("an order that a colleague passes on says so in the queue of the other by itself", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const [order, { name }] = [await submitSome(anna), await desk("review")];
  const [first, second] = [await visitAs("review"), await visitAs("lead")];
  for (const page of [first, second]) {
    await page.goto(`/queues/order-review?open=${order.id}`);
    await expectStatus(page, words, "pending_order_review");
    await expect(page.getByRole("link", { name: order.number })).toBeVisible();
  }
  await deed(first, words, "pass_order_review").click();
  await expect(second.getByText("This order has left the queue; a colleague may have acted on it.")).toBeVisible();
  const row = (page: Page) => page.getByRole("link", { name: order.number }).and(page.locator(".queue-row"));
  await expect(row(second)).toContainText(words.say("approvals.taken_by", { name }));
  await expect(row(first)).toHaveCount(0);
  await expectStatus(second, words, "pending_finance_review");
  const news = sheet(second).getByRole("status").filter({ hasText: "While you were looking" });
  // What the colleague did stands there once, before it is read and after; others may have waited longer, which is said too.
  await expect(second.getByText(/ — Passed: Order review$/)).toHaveCount(1);
  await news.getByRole("button", { name: "I have seen it" }).click();
  await expect(news).toBeHidden();
  await expect(second.getByText(/ — Passed(: Order review$| out of turn)/)).toHaveCount(1);
});

test("a new order appears in an open queue by itself", async ({ desk, visitAs }) => {
  const reviewer = await visitAs("review");
  await reviewer.goto("/queues/order-review");
  await expect(reviewer.getByRole("heading", { name: "Order review" })).toBeVisible();
  const anna = await desk("credit");
  const order = await submitSome(anna, { priority: "urgent" });
  await expect(reviewer.getByRole("link", { name: order.number })).toBeVisible();
});

test.describe("where nobody else orders", () => {
  test.use({ ownDeployment: true });

  test("what a colleague takes keeps its place, and nothing moves until the list is sorted", async ({ desk, visitAs }) => {
    const [anna, colleague] = [await desk("credit"), await desk("review")];
    const first = await submitSome(anna, { priority: "urgent" });
    const middle = await submitSome(anna, { priority: "urgent" });
    const last = await submitSome(anna, { priority: "urgent" });
    const page = await visitAs("lead");
    await page.goto(`/queues/order-review?open=${first.id}`);
    const queue = page.getByRole("region", { name: words.say("labels.stage.order_review"), exact: true });
    const row = ({ number }: { number: string }) => queue.getByRole("link", { name: number });
    const opened = ({ number }: { number: string }) => expect(sheet(page).getByText(number, { exact: true })).toBeVisible();
    await opened(first);
    await expect(row(last)).toBeVisible();
    const before = await row(last).boundingBox();

    await test.step("its row says who took it, and can't be chosen", async () => {
      await act(colleague, middle.id, "order-review");
      await expect(row(middle)).toContainText(words.say("approvals.taken_by", { name: colleague.name }));
      expect(await row(last).boundingBox()).toEqual(before);
      await expect(queue.getByRole("checkbox", { name: words.say("batch.choose", { number: middle.number }) })).toBeDisabled();
    });

    await test.step("the keys pass it over, but its state can be looked at", async () => {
      await page.keyboard.press("j");
      await opened(last);
      await page.keyboard.press("k");
      await opened(first);
      await row(middle).click();
      await opened(middle);
      await expect(page.getByText(words.say("approvals.has_left"))).toBeVisible();
      await page.keyboard.press("k");
      await opened(first);
    });

    await test.step("what one approves oneself leaves the list, and the next that waits is opened", async () => {
      await page.keyboard.press("a");
      await opened(last);
      await expect(row(first)).toHaveCount(0);
      await expect(row(middle)).toBeVisible();
    });

    await test.step("sorting takes it out", async () => {
      await queue.getByRole("button", { name: words.say("approvals.tidy", { count: 1 }) }).click();
      await expect(row(middle)).toHaveCount(0);
      await expect(row(last)).toBeVisible();
    });
  });
});
