// A queue is worked from the keyboard alone.

import { submitSome } from "../support/orders.ts";
import { expectStatus, sheet } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

test("j and k move through a queue, a approves and goes on, r sends back", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const orders = [];
  for (let count = 0; count < 3; count += 1) {
    orders.push(await submitSome(anna, { priority: "urgent" }));
  }
  const page = await visitAs("review");
  await page.goto("/queues/order-review");
  const queue = page.getByRole("region", { name: "Order review" }).getByRole("link");
  const numbers = async () => (await queue.allInnerTexts()).map((text) => /DH-O-\S+/.exec(text)?.[0] ?? text);
  await expect(queue.filter({ hasText: orders[2]?.number ?? "" })).toBeVisible();
  const shown = await numbers();
  const [first, second, third] = shown;
  if (first === undefined || second === undefined || third === undefined) {
    throw new Error("There are three.");
  }
  const opened = async (number: string) => {
    await expect(sheet(page).getByText(number, { exact: true })).toBeVisible();
    await expect(queue.filter({ hasText: number })).toHaveAttribute("aria-current", "true");
  };

  await page.keyboard.press("j");
  await opened(first);
  await page.keyboard.press("j");
  await opened(second);
  // Whoever listens to the page is told where they are.
  await expect(sheet(page).getByRole("heading", { level: 1 })).toBeFocused();
  await page.keyboard.press("k");
  await opened(first);

  const own = orders[0]?.number ?? "";
  const next = shown[shown.indexOf(own) + 1] ?? shown[shown.indexOf(own) - 1] ?? "";
  await queue.filter({ hasText: own }).click();
  await opened(own);
  await page.keyboard.press("a");
  await expect(page.getByText(`${own} is done`)).toBeVisible();
  await opened(next);
  await expect(queue.filter({ hasText: own })).toHaveCount(0);

  await queue.filter({ hasText: orders[1]?.number ?? "" }).click();
  await opened(orders[1]?.number ?? "");
  await page.keyboard.press("r");
  const panel = page.getByRole("dialog", { name: "Send back" });
  await expect(panel).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await page.keyboard.press("r");
  await panel.getByLabel("Reason").fill("jar lids are a risk");
  await expectStatus(page, words, "pending_order_review");
  await panel.getByRole("button", { name: "Send back", exact: true }).click();
  await expect(page.getByText(`${orders[1]?.number} is done`)).toBeVisible();
});

test("a slash finds the search, a question mark lists the keys", async ({ visitAs }) => {
  const page = await visitAs("review");
  await page.goto("/queues/order-review");
  await expect(page.getByRole("heading", { name: "Order review" })).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search orders" })).toBeFocused();
  // A key that is typed into a field is text, no command.
  await page.keyboard.type("j");
  await expect(page).toHaveURL(/\/orders\?q=j$/);
  await page.goto("/queues/order-review");
  await expect(page.getByRole("heading", { name: "Order review" })).toBeVisible();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help.getByText("Next order")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
});
