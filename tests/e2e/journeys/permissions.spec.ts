// What somebody may not do is said in words, and what is not for them is not there.

import { submitSome } from "../support/orders.ts";
import { deed, deeds, expectStatus } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

test("a deed that somebody may not do says which permission it needs, and does nothing", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const order = await submitSome(anna);
  const page = await visitAs("ship");
  await page.goto(`/orders/${order.id}`);
  await expectStatus(page, words, "pending_order_review");
  const approve = deed(page, words, "pass_order_review");
  await expect(approve).toBeDisabled();
  await expect(approve).toHaveAccessibleDescription("Needs the “Order review” permission");
  await expect(deed(page, words, "void")).toHaveAccessibleDescription("Needs the “Void orders” permission");
  // It stays in reach of the keyboard, where its reason is read aloud; pressing it changes nothing.
  await approve.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("a");
  await expect(deeds(page, words)).toBeVisible();
  expect((await anna.order(order.id)).order.version).toBe(order.version);
});

test("somebody else's order and no order at all look the same", async ({ desk, visitAs }) => {
  const order = await submitSome(await desk("credit"));
  const page = await visitAs("deposit");
  for (const id of [order.id, "00000000-0000-4000-8000-000000000000"]) {
    await page.goto(`/orders/${id}`);
    await expect(page.getByRole("alert").filter({ hasText: "There is no such thing, or it is not for this account." })).toBeVisible();
  }
});

test("a customer has no queues and no settings, and a reviewer has no settings", async ({ visitAs }) => {
  const customer = await visitAs("credit");
  for (const path of ["/queues/order-review", "/settings/workflow", "/no/such/page"]) {
    await customer.goto(path);
    await expect(customer.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  }
  await customer.getByRole("link", { name: "Go to the home page" }).click();
  await expect(customer.getByRole("heading", { name: "Home", level: 1 })).toBeVisible();

  const reviewer = await visitAs("review");
  await expect(reviewer.getByRole("link", { name: "Workflow" })).toHaveCount(0);
  await reviewer.goto("/settings/workflow");
  await expect(reviewer.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(reviewer.getByRole("switch")).toHaveCount(0);
});

test("a customer's page tells nothing of the stock and credit that staff see", async ({ desk, visitAs }) => {
  const order = await submitSome(await desk("credit"));
  const [customer, reviewer] = [await visitAs("credit"), await visitAs("review")];
  for (const page of [customer, reviewer]) {
    await page.goto(`/orders/${order.id}`);
    await expectStatus(page, words, "pending_order_review");
  }
  await expect(reviewer.getByRole("columnheader", { name: "Free stock" })).toBeVisible();
  await expect(reviewer.getByRole("heading", { name: "Customer's credit" })).toBeVisible();
  await expect(customer.getByRole("columnheader", { name: "Free stock" })).toHaveCount(0);
  await expect(customer.getByRole("heading", { name: "Customer's credit" })).toHaveCount(0);
});
