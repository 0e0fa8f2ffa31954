// Several orders approved together: from the keyboard alone, one failure stops none of the others, nothing twice.

import type { Page } from "@playwright/test";
import type { OrderDetail } from "../support/desk.ts";
import { act, submitSome, walk } from "../support/orders.ts";
import { expectStatus, goTo, sheet } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

// The queue is everybody's: what others wait in it would be chosen, too.
test.use({ ownDeployment: true });

function queue(page: Page) {
  return page.getByRole("region", { name: "Order review" }).getByRole("list").first().getByRole("link");
}

function foot(page: Page) {
  return page.getByRole("region", { name: words.say("batch.label") });
}

/** Goes through the queue with `j`, and chooses those of `numbers` with `x`. */
async function choose(page: Page, numbers: string[]): Promise<void> {
  const rows = await queue(page).allInnerTexts();
  let left = numbers.length;
  for (const row of rows) {
    const number = /DH-O-\S+/.exec(row)?.[0] ?? row;
    await page.keyboard.press("j");
    await expect(sheet(page).getByText(number, { exact: true })).toBeVisible();
    if (numbers.includes(number)) {
      await page.keyboard.press("x");
      await expect(page.getByRole("checkbox", { name: words.say("batch.choose", { number }) })).toBeChecked();
      left -= 1;
    }
    if (left === 0) {
      return;
    }
  }
  throw new Error("Some of them are not in the queue.");
}

test("twenty orders are approved by keyboard, and the one a colleague changed is told apart", async ({ desk, visitAs, watch }) => {
  watch.tolerate(/ERR_FAILED/);
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const orders: { id: string; number: string }[] = [];
  for (let count = 0; count < 20; count += 1) {
    orders.push(await submitSome(anna, { priority: "urgent" }));
  }
  const page = await visitAs("review");
  // Nothing reaches the page by itself, as on a bad line: what the colleague does is news to it.
  await page.route("**/api/v1/events", (route) => route.abort());
  await page.goto("/queues/order-review");
  await expect(page.getByRole("link", { name: orders.at(-1)?.number ?? "" })).toBeVisible();
  await choose(page, orders.map(({ number }) => number));
  await expect(foot(page)).toContainText(/20 chosen/);

  const taken = orders[7];
  if (taken === undefined) {
    throw new Error("There are twenty.");
  }
  await page.keyboard.press("Shift+A");
  const start = foot(page).getByRole("button", { name: words.say("batch.approve", { count: 20 }) });
  await expect(start).toBeFocused();
  await act(admin, taken.id, "order-review");
  await page.keyboard.press("Enter");

  await expect(foot(page)).toContainText(words.say("batch.some_passed", { passed: 19, failed: 1 }));
  const row = foot(page).getByRole("listitem").filter({ hasText: taken.number });
  await expect(row).toContainText(words.say("batch.refused"));
  await expect(row).toContainText("Somebody else changed this meanwhile");
  for (const { id } of orders) {
    const { order } = await admin.order(id);
    expect(order.status).toBe("pending_finance_review");
  }
  // The outcome stays until it was read.
  await goTo(page, words, "shell.orders");
  await page.goBack();
  await foot(page).getByRole("button", { name: words.say("batch.dismiss") }).click();
  await expect(foot(page)).toBeHidden();
});

test("a key pressed twice approves one order", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const orders = [];
  for (let count = 0; count < 3; count += 1) {
    orders.push(await submitSome(anna, { priority: "urgent" }));
  }
  const page = await visitAs("review");
  await page.goto(`/queues/order-review?open=${orders[0]?.id}`);
  await expectStatus(page, words, "pending_order_review");
  // Without waiting for what the first does, as a finger would that comes down twice.
  await Promise.all([page.keyboard.press("a"), page.keyboard.press("a")]);
  await expect(page.getByText(`${orders[0]?.number} is done`)).toBeVisible();
  const statuses = await Promise.all(orders.map(async ({ id }) => (await admin.order(id)).order.status));
  expect(statuses.filter((status) => status === "pending_finance_review")).toHaveLength(1);
  // The next one is there, and has the focus.
  await expect(sheet(page).getByRole("heading", { level: 1 })).toBeFocused();
});

test("an approval that is refused brings its order back with the reason", async ({ desk, visitAs }) => {
  const [prepaid, admin] = [await desk("prepaid"), await desk("admin")];
  const order = await submitSome(prepaid, { priority: "urgent" });
  await act(admin, order.id, "order-review");
  const page = await visitAs("finance");
  // The page believes that it is paid, so that only the server knows better.
  await page.route(`**/api/v1/orders/${order.id}`, async (route) => {
    const response = await route.fetch();
    const detail = (await response.json()) as OrderDetail;
    await route.fulfill({ response, json: { ...detail, paid: detail.order.total } });
  });
  await page.goto(`/queues/finance-review?open=${order.id}`);
  await expectStatus(page, words, "pending_finance_review");
  await page.keyboard.press("a");
  await expect(sheet(page).getByText(order.number, { exact: true })).toBeVisible();
  await expect(sheet(page).getByRole("alert").filter({ hasText: "must be paid first" })).toBeVisible();
  await expect(page.getByRole("link", { name: order.number })).toContainText("Did not pass");
});

test("a stage that asks for something is passed one by one, and says why", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const order = await submitSome(anna);
  await walk(order.id, "pending_shipment", admin, anna);
  const page = await visitAs("admin");
  await page.goto("/queues/shipping");
  await page.getByRole("checkbox", { name: words.say("batch.choose", { number: order.number }) }).check();
  const approve = foot(page).getByRole("button", { name: words.say("batch.approve", { count: 1 }) });
  await expect(approve).toBeDisabled();
  await expect(approve).toHaveAccessibleDescription(words.say("batch.one_by_one.who_carries"));
  await page.keyboard.press("Escape");
  await expect(foot(page)).toBeHidden();
});

test("an order that arrives moves nothing until it is sorted in", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const first = await submitSome(anna, { priority: "special" });
  const page = await visitAs("review");
  await page.goto("/queues/order-review");
  const shown = page.getByRole("link", { name: first.number });
  await expect(shown).toBeVisible();
  const before = await shown.boundingBox();
  const urgent = await submitSome(anna, { priority: "urgent" });
  await expect(page.getByRole("link", { name: urgent.number })).toContainText(words.say("approvals.is_new"));
  expect(await shown.boundingBox()).toEqual(before);
  await page.getByRole("button", { name: words.say("approvals.arrived", { count: 1 }) }).click();
  await expect(page.getByRole("link", { name: urgent.number })).not.toContainText(words.say("approvals.is_new"));
  const rows = await queue(page).allInnerTexts();
  const place = (number: string) => rows.findIndex((row) => row.includes(number));
  expect(place(urgent.number)).toBeLessThan(place(first.number));
});

test("a saved view is there on another device, and is renamed and removed", async ({ visitAs }) => {
  const page = await visitAs("lead");
  await page.goto("/orders?status=sent_back&sort=amount");
  await page.getByRole("button", { name: words.say("views.save") }).click();
  await page.getByLabel(words.say("views.name")).fill("Large and sent back");
  await page.getByRole("button", { name: words.say("views.save") }).click();
  const chip = (on: Page, name: string) =>
    on.getByRole("navigation", { name: words.say("views.label") }).getByRole("link", { name, exact: true });
  await expect(chip(page, "Large and sent back")).toHaveAttribute("aria-current", "true");

  const other = await visitAs("lead");
  await other.goto("/orders");
  await chip(other, "Large and sent back").click();
  await expect(other).toHaveURL(/status=sent_back&sort=amount$/);
  await other.getByRole("button", { name: words.say("views.rename") }).click();
  await other.getByLabel(words.say("views.name")).fill("Back");
  await other.getByRole("button", { name: words.say("views.save") }).click();
  await expect(chip(other, "Back")).toBeVisible();
  await other.getByRole("button", { name: words.say("views.remove") }).click();
  await expect(chip(other, "Back")).toHaveCount(0);
});
