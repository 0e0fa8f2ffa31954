// Narrowing a queue: what is asked for stands in the address, stays while one goes from order to order, and says how to
// get out of it.

import type { Locator, Page } from "@playwright/test";
import { submitSome } from "../support/orders.ts";
import { sheet } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

// The queue is everybody's.
test.use({ ownDeployment: true });

/** The list of the queue: the order beside it names others. */
function queue(page: Page): Locator {
  return page.getByRole("region", { name: words.say("labels.stage.order_review"), exact: true });
}

test("a queue is narrowed by words and priority, and a link shows a colleague the same", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const plain = await submitSome(anna);
  const urgent = await submitSome(anna, { priority: "urgent" });
  const page = await visitAs("review");
  await page.goto("/queues/order-review");
  await expect(queue(page).getByRole("link", { name: plain.number })).toBeVisible();
  await page.getByText(words.say("queue_filters.title")).click();
  await page.getByLabel("Priority").selectOption("urgent");
  await expect(page).toHaveURL(/priority=urgent/);
  await expect(queue(page).getByRole("link", { name: plain.number })).toBeHidden();
  await queue(page).getByRole("link", { name: urgent.number }).click();
  await expect(sheet(page).getByText(urgent.number, { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/priority=urgent.*open=/);

  const colleague = await visitAs("lead");
  await colleague.goto(new URL(page.url()).pathname + new URL(page.url()).search);
  await expect(sheet(colleague).getByText(urgent.number, { exact: true })).toBeVisible();
  await expect(queue(colleague).getByRole("link", { name: plain.number })).toBeHidden();

  await page.getByRole("searchbox", { name: words.say("queue_filters.search") }).fill("zzzzzz");
  await expect(page.getByText(words.say("queue_filters.none"))).toBeVisible();
  await page.getByRole("button", { name: words.say("queue_filters.reset") }).click();
  await expect(queue(page).getByRole("link", { name: plain.number })).toBeVisible();
});

test("a saved view of a queue is there on another device, and on no other page", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const plain = await submitSome(anna);
  const urgent = await submitSome(anna, { priority: "urgent" });
  const chip = (page: Page) =>
    page.getByRole("navigation", { name: words.say("views.label") }).getByRole("link", { name: "At once", exact: true });
  const page = await visitAs("review");
  await page.goto("/queues/order-review");
  await expect(queue(page).getByRole("link", { name: plain.number })).toBeVisible();
  await expect(queue(page).getByRole("button", { name: words.say("views.save") })).toHaveCount(0);
  await page.getByText(words.say("queue_filters.title")).click();
  await page.getByLabel("Priority").selectOption("urgent");
  await queue(page).getByRole("button", { name: words.say("views.save") }).click();
  await page.getByLabel(words.say("views.name")).fill("At once");
  await page.getByRole("button", { name: words.say("views.save") }).click();
  await expect(chip(page)).toHaveAttribute("aria-current", "true");
  // What is open is no part of it.
  await queue(page).getByRole("link", { name: urgent.number }).click();
  await expect(sheet(page).getByText(urgent.number, { exact: true })).toBeVisible();
  await expect(chip(page)).toHaveAttribute("aria-current", "true");

  const other = await visitAs("review");
  await other.goto("/queues/order-review?amount_from=1000000000");
  await expect(other.getByLabel("Amount from")).toHaveValue("1000000000");
  await chip(other).click();
  await expect(other).toHaveURL(/order-review\?priority=urgent$/);
  await expect(other.getByLabel("Amount from")).toHaveValue("");
  await expect(queue(other).getByRole("link", { name: urgent.number })).toBeVisible();
  await expect(queue(other).getByRole("link", { name: plain.number })).toBeHidden();
  await other.goto("/orders?sort=amount");
  await expect(other.getByRole("button", { name: words.say("views.save") })).toBeVisible();
  await expect(chip(other)).toHaveCount(0);

  await page.getByRole("button", { name: words.say("views.remove") }).click();
  await expect(chip(page)).toHaveCount(0);
});

test("the keys of the queue stand in the help", async ({ desk, visitAs }) => {
  const order = await submitSome(await desk("credit"), { priority: "urgent" });
  const page = await visitAs("review");
  await page.goto(`/queues/order-review?open=${order.id}`);
  await expect(sheet(page)).toBeVisible();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: words.say("shell.shortcuts") });
  for (const key of ["j", "k", "a", "r", "x", "A"]) {
    await expect(help.getByText(key, { exact: true })).toBeVisible();
  }
});
