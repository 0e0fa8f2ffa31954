// How soon the next order is on the screen after approving one, with hundreds waiting, whether anything moves meanwhile,
// and how long a hundred approvals together take.

import type { Page } from "@playwright/test";
import { median, record } from "../support/figures.ts";
import { submitSome } from "../support/orders.ts";
import { sheet } from "../support/pages.ts";
import { shifts, watchShifts } from "../support/shifts.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");
/** Orders that wait when it begins. */
const WAITING = 300;
/** Orders that are approved one by one. */
const APPROVED = 100;
/** Orders that are approved together. */
const TOGETHER = 100;
/** How long an order is looked at. */
const READING_MS = 600;
/** What is promised: the next order after this long (median), and a batch after this long. */
const MOST_MS = 100;
const MOST_BATCH_MS = 5_000;

test.use({ ownDeployment: true });

/** From now on, the page notes how long every `a` takes until another order is on the screen, in milliseconds. */
async function watch(page: Page): Promise<void> {
  await watchShifts(page);
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { times });
    const shown = () => document.querySelector(".order-number")?.textContent ?? "";
    document.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "a") {
          return;
        }
        const start = performance.now();
        const before = shown();
        const watcher = new MutationObserver(() => {
          const now = shown();
          if (now !== "" && now !== before) {
            watcher.disconnect();
            // The frame after the one in which it was put there has it on the screen.
            requestAnimationFrame(() => requestAnimationFrame(() => times.push(performance.now() - start)));
          }
        });
        watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
      },
      { capture: true },
    );
  });
}

function measured(page: Page): Promise<number[]> {
  return page.evaluate(() => (window as unknown as { times: number[] }).times);
}

test("a queue of three hundred", async ({ desk, visitAs }) => {
  test.setTimeout(900_000);
  const anna = await desk("credit");
  for (let count = 0; count < WAITING; count += 1) {
    await submitSome(anna, { priority: "urgent" });
  }
  const page = await visitAs("review");
  await page.goto("/queues/order-review");
  const boxes = page.getByRole("checkbox", { name: new RegExp(`^${words.say("batch.choose", { number: "" }).trim()} \\S+$`) });
  await expect(boxes.first()).toBeVisible();
  await page.keyboard.press("j");
  await expect(sheet(page)).toBeVisible();
  await watch(page);
  for (let count = 1; count <= APPROVED; count += 1) {
    // A person reads the order before that: a press that follows the last one at once is not taken for another decision
    // (src/features/approvals/passing.rs).
    await new Promise((resolve) => setTimeout(resolve, READING_MS));
    await page.keyboard.press("a");
    await expect.poll(async () => (await measured(page)).length).toBe(count);
  }
  const [times, { score, moved }] = [await measured(page), await shifts(page)];
  const [middle, slowest] = [median(times), Math.max(...times)];
  // Those are on their way to the server before the batch begins, which is measured by itself.
  const onTheirWay = new RegExp(words.say("approvals.on_way", { count: "N" }).replace("N", "\\d+"));
  await expect(page.getByText(onTheirWay)).toHaveCount(0);

  const foot = page.getByRole("region", { name: words.say("batch.label") });
  for (let place = 0; place < TOGETHER; place += 1) {
    await boxes.nth(place).check();
  }
  await page.keyboard.press("Shift+A");
  const start = foot.getByRole("button", { name: words.say("batch.approve", { count: TOGETHER }) });
  await expect(start).toBeFocused();
  const began = Date.now();
  await page.keyboard.press("Enter");
  await foot.getByText(words.say("batch.all_passed", { count: TOGETHER })).waitFor({ timeout: 60_000 });
  const batch = Date.now() - began;

  const line =
    `${WAITING} orders waiting, ${APPROVED} approved one by one: the next is on the screen after ${middle.toFixed(0)} ms (median), ` +
    `${slowest.toFixed(0)} ms (slowest), at most ${MOST_MS} ms (median); layout shift ${score.toFixed(4)}\n\n` +
    `${TOGETHER} approved together: the last result after ${batch} ms, at most ${MOST_BATCH_MS} ms`;
  await record(line);
  expect.soft(middle, line).toBeLessThanOrEqual(MOST_MS);
  expect.soft(score, `${line}\n${moved.join("\n")}`).toBe(0);
  expect.soft(batch, line).toBeLessThanOrEqual(MOST_BATCH_MS);
});
