// Goods that come back, and goods that never came: from the customer's page to the refund.

import type { Locator, Page } from "@playwright/test";
import { picture } from "../support/files.ts";
import { someGoods, submit, twoGoods, walk } from "../support/orders.ts";
import { confirm, deeds, goTo, openPanel, sheet } from "../support/pages.ts";
import { expectReturnStatus, returnsOf, submitReturn } from "../support/returns.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

test("returns: part of an order comes back, the review agrees to less, and what arrived is refunded", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const [first, second] = await twoGoods(anna);
  const { order } = await submit(anna, [
    { goods: first, quantity: first.smallest * 3 },
    { goods: second, quantity: second.smallest * 2 },
  ]);
  await walk(order.id, "completed", admin, anna);
  const customer = await visitAs("credit");

  const path = await test.step("the customer says how much of what comes back, and why", async () => {
    await customer.goto(`/orders/${order.id}`);
    await deeds(customer, words).getByRole("button", { name: "Return goods", exact: true }).click();
    const panel = customer.getByRole("dialog", { name: "Return goods" });
    await panel.getByRole("button", { name: "Submit the return", exact: true }).click();
    await expect(panel.getByText(words.say("returns.rejection.no_lines"))).toBeVisible();
    const line = panel.getByRole("group", { name: first.name.en });
    const amount = line.getByLabel("Quantity", { exact: true });
    await amount.fill(String(first.smallest * 3 + 1));
    await panel.getByRole("button", { name: "Submit the return", exact: true }).click();
    await expect(amount).toHaveAccessibleDescription(new RegExp(`^At most ${first.smallest * 3}`));
    await amount.fill(String(first.smallest * 2));
    await line.getByLabel("Reason for it").selectOption("damaged");
    await panel.getByRole("group", { name: second.name.en }).getByLabel("Quantity", { exact: true }).fill("1");
    await panel.getByRole("button", { name: "Submit the return", exact: true }).click();
    await customer.waitForURL(/\/returns\/[0-9a-f-]{36}$/);
    await expectReturnStatus(customer, words, "pending_return_review");
    return new URL(customer.url()).pathname;
  });
  const number = (await returnsOf(anna, order.id))[0]?.number ?? "";

  await test.step("the reviewer agrees to less of one line", async () => {
    const reviewer = await visitAs("review");
    await openQueued(reviewer, "review", number);
    const panel = await openReturnPanel(reviewer, "Agree to less");
    const line = panel.getByRole("group", { name: first.name.en });
    await line.getByLabel("Agreed to").fill(String(first.smallest));
    await panel.getByRole("button", { name: "Agree", exact: true }).click();
    await expect(line.getByLabel("Why less")).toHaveAccessibleDescription(words.say("order.input.missing"));
    await line.getByLabel("Why less").fill("One case was opened");
    await confirm(panel, words, "returns.deed.pass");
    await expectDone(reviewer, number);
  });

  await test.step("the customer's page follows, and it is too late to void", async () => {
    await expectReturnStatus(customer, words, "pending_goods_receipt");
    await expect(sheet(customer).getByText("One case was opened")).toBeVisible();
    const button = returnDeed(customer, "Void");
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(button).toHaveAccessibleDescription("It waits at: Returned goods");
  });

  await test.step("the warehouse says what arrived", async () => {
    const warehouse = await visitAs("warehouse");
    await openQueued(warehouse, "goods-receipt", number);
    const panel = await openReturnPanel(warehouse, "Receive goods");
    const line = panel.getByRole("group", { name: second.name.en });
    await line.getByLabel("Can be sold again").fill("0");
    await confirm(panel, words, "returns.deed.receive_goods");
    await expectDone(warehouse, number);
    await expectReturnStatus(customer, words, "pending_refund");
  });

  await test.step("finance refunds it", async () => {
    const finance = await visitAs("finance");
    await openQueued(finance, "refund", number);
    await expect(returnDeed(finance, "Confirm refund")).toBeVisible();
    await finance.keyboard.press("a");
    const panel = finance.getByRole("dialog", { name: "Confirm refund" });
    await expect(panel.getByRole("radio", { name: "Off what is owed" })).toBeChecked();
    await panel.getByRole("radio", { name: "To the prepay account" }).check();
    await confirm(panel, words, "returns.deed.refund");
    await expectDone(finance, number);
  });

  await test.step("the customer sees the end of it on the return and on the order", async () => {
    await expectReturnStatus(customer, words, "completed");
    await expect(sheet(customer).getByText("To the prepay account").first()).toBeVisible();
    await sheet(customer).getByRole("link", { name: order.number }).click();
    await expect(sheet(customer).getByRole("link", { name: number })).toHaveAttribute("href", path);
    await expect(sheet(customer).getByText(`${first.smallest} returned`).first()).toBeVisible();
  });
});

test("rule 11 and returns: a shipment that arrives short opens a claim that staff may refuse", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const goods = await someGoods(anna);
  const { order } = await submit(anna, [{ goods, quantity: goods.smallest * 2 }]);
  await walk(order.id, "pending_receipt", admin, anna);
  const customer = await visitAs("credit");
  await customer.goto(`/orders/${order.id}`);
  const panel = await openPanel(customer, words, "receive");
  await panel.getByRole("group", { name: goods.name.en }).getByLabel("Missing").fill("1");
  await confirm(panel, words, "order.deed.receive");

  await expect.poll(async () => (await returnsOf(anna, order.id))[0]?.is_claim).toBe(true);
  const [claim] = await returnsOf(anna, order.id);
  const link = sheet(customer).getByRole("link", { name: claim?.number ?? "" });
  await link.click();
  await expectReturnStatus(customer, words, "pending_return_review");

  const reviewer = await visitAs("review");
  await openQueued(reviewer, "review", claim?.number ?? "");
  await reviewer.keyboard.press("r");
  const refusal = reviewer.getByRole("dialog", { name: "Refuse" });
  await refusal.getByLabel("Reason").fill("The scales say otherwise");
  await confirm(refusal, words, "returns.deed.refuse");
  await expectReturnStatus(customer, words, "refused");
  await expect(sheet(customer).getByText("The scales say otherwise").first()).toBeVisible();
});

test("the customer shows with photos what is wrong, and both sides see them", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const goods = await someGoods(anna);
  const { order } = await submit(anna, [{ goods }]);
  await walk(order.id, "completed", admin, anna);
  const customer = await visitAs("credit", { viewport: { width: 360, height: 740 } });
  await customer.goto(`/orders/${order.id}`);
  const panel = await openReturnGoods(customer);
  const line = panel.getByRole("group", { name: goods.name.en });
  await line.getByLabel("Quantity", { exact: true }).fill("1");
  const chooser = customer.waitForEvent("filechooser");
  await line.getByRole("button", { name: words.say("talk.files.photos"), exact: true }).click();
  const bill = { name: "bill.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7") };
  await (await chooser).setFiles([picture("dented.png"), bill]);
  const chosen = line.getByRole("list", { name: words.say("talk.files.chosen") }).getByRole("listitem");
  await expect(chosen.filter({ hasText: "dented.png" }).getByText(words.say("talk.files.ready"))).toBeVisible();
  await expect(chosen.filter({ hasText: "bill.pdf" }).getByRole("alert")).toHaveText(words.say("talk.files.fault.no_picture"));
  const send = panel.getByRole("button", { name: "Submit the return", exact: true });
  await send.click();
  await expect(panel.getByText(words.say("talk.files.mend"))).toBeVisible();
  await line.getByRole("button", { name: words.say("talk.files.remove", { name: "bill.pdf" }) }).click();
  await send.click();
  await customer.waitForURL(/\/returns\/[0-9a-f-]{36}$/);
  const reviewer = await visitAs("review");
  await reviewer.goto(new URL(customer.url()).pathname);
  const name = words.say("talk.files.photo", { number: 1, line: goods.name.en });
  for (const page of [customer, reviewer]) {
    await sheet(page).getByRole("button", { name: words.say("talk.files.open", { name }) }).click();
    const shown = page.getByRole("dialog", { name }).getByRole("img", { name });
    await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
    await page.keyboard.press("Escape");
  }
  const wider = await customer.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider).toBe(0);
});

test("photos of damage go with the receipt into the claim, and both sides see them there", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const goods = await someGoods(anna);
  const { order } = await submit(anna, [{ goods, quantity: goods.smallest * 2 }]);
  await walk(order.id, "pending_receipt", admin, anna);
  const customer = await visitAs("credit", { viewport: { width: 360, height: 740 } });
  await customer.goto(`/orders/${order.id}`);
  const panel = await openPanel(customer, words, "receive");
  const line = panel.getByRole("group", { name: goods.name.en });
  const choose = line.getByRole("button", { name: words.say("talk.files.photos"), exact: true });
  await expect(choose).toBeHidden();
  const damaged = line.getByLabel("Damaged");
  await damaged.fill("1");
  const chooser = customer.waitForEvent("filechooser");
  await choose.click();
  await (await chooser).setFiles(picture("dented.png"));
  await expect(line.getByText(words.say("talk.files.ready"))).toBeVisible();

  // Photos of what is whole after all are not left behind without a word.
  await damaged.fill("");
  const send = panel.getByRole("button", { name: words.say("order.deed.receive"), exact: true });
  await send.click();
  await expect(line.getByText(words.say("orders.receive.photos_of_whole"))).toBeVisible();
  await damaged.fill("1");
  await confirm(panel, words, "order.deed.receive");

  await expect.poll(async () => (await returnsOf(anna, order.id)).length).toBe(1);
  const [claim] = await returnsOf(anna, order.id);
  const reviewer = await visitAs("review");
  const name = words.say("talk.files.photo", { number: 1, line: goods.name.en });
  for (const page of [customer, reviewer]) {
    await page.goto(`/returns/${claim?.id}`);
    await sheet(page).getByRole("button", { name: words.say("talk.files.open", { name }) }).click();
    const shown = page.getByRole("dialog", { name }).getByRole("img", { name });
    await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  }
});

test.describe("where nobody else returns", () => {
  test.use({ ownDeployment: true });

  test("staff see on their home page what waits, go through it by key beside the list, and on from a decision to the next", async ({ desk, visitAs }) => {
    const [anna, admin] = [await desk("credit"), await desk("admin")];
    const goods = await someGoods(anna);
    const { order } = await submit(anna, [{ goods, quantity: goods.smallest * 4 }]);
    await walk(order.id, "completed", admin, anna);
    const line = order.lines[0]?.id ?? "";
    for (let count = 0; count < 3; count += 1) {
      await submitReturn(anna, order.id, line, "1");
    }
    const [last, later, earlier] = await returnsOf(anna, order.id);
    if (earlier === undefined || later === undefined || last === undefined) {
      throw new Error("There are three.");
    }
    const queues = await admin.get<{ status: string; count: number }[]>("/return-queues");
    const waiting = queues.find(({ status }) => status === "pending_return_review")?.count ?? 0;

    const page = await visitAs("review");
    const main = page.getByRole("main");
    const way = main.getByRole("link", { name: new RegExp(`^${words.say("returns.stage.review")}`) });
    await expect(way).toContainText(String(waiting));
    await way.click();
    const row = ({ number }: { number: string }) => main.getByRole("link", { name: number });
    await expect(row(later)).toContainText(/arrived .+/);

    // Those that came last stand last; the keys open them beside the list.
    const opened = async (one: { number: string }) => {
      await expect(sheet(page).getByText(one.number, { exact: true }).first()).toBeVisible();
      await expect(row(one)).toHaveAttribute("aria-current", "true");
    };
    await page.keyboard.press("k");
    await opened(last);
    await page.keyboard.press("k");
    await opened(later);
    await page.keyboard.press("k");
    await opened(earlier);
    await page.keyboard.press("j");
    await opened(later);
    await page.keyboard.press("k");
    await opened(earlier);
    // The next comes in the place of what is decided on, and a second press, meant for that, does nothing to it.
    await page.keyboard.press("a");
    await page.keyboard.press("a");
    await opened(later);
    await expect(row(earlier)).toHaveCount(0);
    await expectReturnStatus(page, words, "pending_return_review");
    expect(new URL(page.url()).searchParams.get("open")).toBe(later.id);

    // One that a colleague takes is still there to be read, with the way on.
    await admin.change("POST", `/returns/${later.id}/void`, { reason: "It was a test" }, later.version);
    const stage = words.say("returns.stage.review");
    await expect(page.getByText(words.say("returns.has_left", { stage }))).toBeVisible();
    await expect(row(later)).toContainText(words.say("approvals.taken_by", { name: admin.name }));
    await page.getByRole("button", { name: words.say("returns.next"), exact: true }).click();
    await opened(last);

    // One that comes stands last, and nothing moves before somebody has the list sorted.
    const before = await row(last).boundingBox();
    await submitReturn(anna, order.id, line, "1");
    const [newest] = await returnsOf(anna, order.id);
    await expect(row(newest ?? last)).toContainText(words.say("approvals.is_new"));
    expect(await row(last).boundingBox()).toEqual(before);
    await page.getByRole("button", { name: words.say("approvals.arrived", { count: 1 }), exact: true }).click();
    await expect(row(later)).toHaveCount(0);

    // A link to a return opens it alone.
    await page.goto(`/returns/${last.id}`);
    await expectReturnStatus(page, words, "pending_return_review");
    await page.keyboard.press("a");
    await expectReturnStatus(page, words, "pending_goods_receipt");
    await expect(page.getByText(words.say("returns.has_left", { stage }))).toBeVisible();
  });

  test("several returns are approved together, each with what became of it, and one failure stops none of the others", async ({ desk, visitAs }) => {
    const [anna, admin] = [await desk("credit"), await desk("admin")];
    const goods = await someGoods(anna);
    const { order } = await submit(anna, [{ goods, quantity: goods.smallest * 3 }]);
    await walk(order.id, "completed", admin, anna);
    const line = order.lines[0]?.id ?? "";
    for (let count = 0; count < 3; count += 1) {
      await submitReturn(anna, order.id, line, "1");
    }
    const own = await returnsOf(anna, order.id);
    const page = await visitAs("review");
    await page.goto("/return-queues/review");
    const main = page.getByRole("main");
    for (const { number } of own) {
      const choose = main.getByRole("checkbox", { name: words.say("batch.choose", { number }), exact: true });
      await main.getByRole("link", { name: number }).focus();
      await page.keyboard.press("x");
      await expect(choose).toBeChecked();
    }
    const foot = page.getByRole("region", { name: words.say("batch.label") });
    await page.keyboard.press("Shift+A");
    await expect(foot.getByText(words.say("returns.batch.review_as_is"))).toBeVisible();
    // Somebody else is faster with one of them.
    const [taken, ...others] = own;
    await admin.change("POST", `/returns/${taken?.id}/void`, { reason: "It was a test" }, taken?.version);
    await foot.getByRole("button", { name: words.say("batch.approve", { count: 3 }), exact: true }).click();
    await expect(foot.getByRole("status")).toHaveText(words.say("batch.some_passed", { passed: 2, failed: 1 }));
    const result = (number = "") => foot.getByRole("listitem").filter({ hasText: number });
    await expect(result(taken?.number)).toContainText(words.say("batch.refused"));
    const passed = words.say("batch.passed_to", { status: words.say("returns.status.pending_goods_receipt") });
    for (const { number } of others) {
      await expect(result(number)).toContainText(passed);
    }

    // What became of them stays until it is read: beside one that is opened, on the way back from it on a phone, and on
    // the way back from another page.
    await result(others[0]?.number).getByRole("link").click();
    await expectReturnStatus(page, words, "pending_goods_receipt");
    await expect(foot.getByRole("status")).toHaveText(words.say("batch.some_passed", { passed: 2, failed: 1 }));
    await page.setViewportSize({ width: 360, height: 740 });
    await expect(foot).toBeHidden();
    const stage = words.say("returns.stage.review");
    await page.getByRole("navigation", { name: words.say("returns.way") }).getByRole("link", { name: stage }).click();
    await expect(result(others[0]?.number)).toContainText(passed);
    await page.setViewportSize({ width: 1280, height: 800 });
    await goTo(page, words, "returns.title");
    await expect(foot).toBeHidden();
    await page.goBack();
    await expect(result(others[0]?.number)).toContainText(passed);
    await foot.getByRole("button", { name: words.say("batch.dismiss"), exact: true }).click();
    await expect(foot).toBeHidden();
  });
});

/** Opens the panel that asks what goes back. */
async function openReturnGoods(page: Page): Promise<Locator> {
  await deeds(page, words).getByRole("button", { name: "Return goods", exact: true }).click();
  const panel = page.getByRole("dialog", { name: "Return goods" });
  await expect(panel).toBeVisible();
  return panel;
}

/** Opens a return from the queue of a stage. */
async function openQueued(page: Page, queue: string, number: string): Promise<void> {
  await page.goto(`/return-queues/${queue}`);
  await page.getByRole("main").getByRole("link", { name: number }).click();
  await expect(sheet(page).getByText(number, { exact: true }).first()).toBeVisible();
}

/** Waits until what was decided on has left the queue, with the open return. */
async function expectDone(page: Page, number: string): Promise<void> {
  await expect(page.getByRole("main").getByText(number)).toHaveCount(0);
}

/** The button of what may be done with the open return. */
function returnDeed(page: Page, name: string): Locator {
  return page.getByRole("group", { name: words.say("returns.actions") }).getByRole("button", { name, exact: true });
}

/** Opens the panel of what may be done with the open return. */
async function openReturnPanel(page: Page, name: string): Promise<Locator> {
  await returnDeed(page, name).click();
  const panel = page.getByRole("dialog", { name });
  await expect(panel).toBeVisible();
  return panel;
}
