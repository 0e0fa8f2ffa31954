// Priority and deadlines (domain.md section 3): how long the reviews have, in which order their queue is worked through,
// and what becomes of what is late.

import type { Locator, Page } from "@playwright/test";
import { setClock } from "../support/clock.ts";
import { submitSome } from "../support/orders.ts";
import { deed, expectStatus, goTo, sheet } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

// The queue and the hours it has are everybody's.
test.use({ ownDeployment: true });

/** The order's row in the queue of the order review. */
function row(page: Page, { number }: { number: string }): Locator {
  const queue = page.getByRole("region", { name: words.say("labels.stage.order_review"), exact: true });
  return queue.getByRole("listitem").filter({ has: page.getByRole("link", { name: number }) });
}

/** How long the order of a row has, or how late it is. */
function clock(place: Locator, said: RegExp): Locator {
  return place.getByRole("time").getByText(said);
}

test("priority: the hours of the settings hold, and a deadline turns amber, then red, and then escalates to the lead", async ({
  deployment,
  desk,
  visitAs,
  watch,
}) => {
  // The deployment begins anew at a later hour under open pages.
  watch.tolerate(/ERR_CONNECTION_(REFUSED|RESET)/);
  await test.step("the administrator gives normal orders three hours", async () => {
    const page = await visitAs("admin");
    await goTo(page, words, "shell.settings");
    const field = words.say("settings.field.review_hours", { priority: words.say("labels.priority.normal") });
    await page.getByLabel(field, { exact: true }).fill("3");
    await page.getByRole("button", { name: words.say("settings.save"), exact: true }).click();
    await expect(page.getByText(words.say("settings.saved"))).toBeVisible();
  });
  const anna = await desk("credit");
  const order = await submitSome(anna);

  for (const { hours, said, tone, escalated } of [
    { hours: 0, said: /^2 h left$/, tone: "plain", escalated: false },
    { hours: 2.3, said: /^[34]\d min left$/, tone: "warn", escalated: false },
    { hours: 3.1, said: /^\d+ min late$/, tone: "bad", escalated: true },
  ]) {
    await test.step(`after ${hours} hours it says ${said}`, async () => {
      const page = await visitAs("review");
      await setClock(page, hours);
      await page.goto("/queues/order-review");
      await expect(clock(row(page, order), said)).toHaveAttribute("data-tone", tone);
      await expect(row(page, order).getByText(words.say("approvals.escalated"))).toHaveCount(escalated ? 1 : 0);
      await page.goto(`/orders/${order.id}`);
      await expect(clock(sheet(page), said)).toHaveAttribute("data-tone", tone);
    });
  }

  await test.step("what is late stands on the business lead's home page until somebody passes it", async () => {
    const before = await visitAs("lead");
    const late = (page: Page) => page.getByRole("main").getByRole("link", { name: order.number });
    await expect(before.getByRole("heading", { name: words.say("home.supplier.escalated") })).toBeVisible();
    await expect(late(before)).toHaveCount(0);
    await deployment.later(4);
    const lead = await visitAs("lead");
    await setClock(lead, 4);
    await lead.goto("/");
    const card = lead.getByRole("listitem").filter({ has: lead.getByRole("link", { name: order.number }) });
    await expect(clock(card, /^\d+ min late$/).first()).toHaveAttribute("data-tone", "bad");
    await late(lead).first().click();
    await expectStatus(lead, words, "pending_order_review");
    await deed(lead, words, "pass_order_review").click();
    await expect(lead.getByText(words.say("approvals.done", { number: order.number }))).toBeVisible();
  });
});

test("priority: a queue stands by deadline, and who acts out of turn may, is told, and is counted", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const normal = await submitSome(anna);
  const first = await submitSome(anna, { priority: "urgent" });
  const second = await submitSome(anna, { priority: "urgent" });
  const reviewer = await visitAs("review");
  const counted = () => {
    const pair = reviewer.getByRole("term").filter({ hasText: words.say("home.supplier.out_of_turn") });
    return pair.locator("xpath=following-sibling::dd");
  };
  await expect(counted()).toHaveText(/^\d+$/);
  const before = Number(await counted().textContent());

  await reviewer.goto("/queues/order-review");
  await expect(row(reviewer, second)).toBeVisible();
  const queue = reviewer.getByRole("region", { name: words.say("labels.stage.order_review"), exact: true });
  const numbers = (await queue.getByRole("link").allInnerTexts()).map((text) => /DH-O-\S+/.exec(text)?.[0]);
  const place = ({ number }: { number: string }) => numbers.indexOf(number);
  // Of one priority who came first stands first; what is urgent stands before what came earlier and is not.
  expect(place(first)).toBeLessThan(place(second));
  expect(place(second)).toBeLessThan(place(normal));

  await row(reviewer, second).getByRole("link").click();
  await expect(sheet(reviewer).getByText(second.number, { exact: true })).toBeVisible();
  await deed(reviewer, words, "pass_order_review").click();
  await expect(reviewer.getByText(words.say("approvals.done", { number: second.number }))).toBeVisible();
  const staff = await visitAs("lead");
  await staff.goto(`/orders/${second.id}`);
  const told = words.say("order.event.passed_out_of_turn", { count: place(second) });
  await expect(sheet(staff).getByText(told)).toBeVisible();
  // How the company works through its queue is not the customer's to know.
  const customer = await visitAs("credit");
  await customer.goto(`/orders/${second.id}`);
  await expectStatus(customer, words, "pending_finance_review");
  await expect(sheet(customer).getByText(/^Passed out of turn/)).toHaveCount(0);

  await reviewer.goto("/");
  await expect(counted()).toHaveText(String(before + 1));
});
