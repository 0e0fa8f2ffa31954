// A long session: what 500 changes of page leave in memory, and whether anything ever jumps.

import type { Page } from "@playwright/test";
import { record } from "../support/figures.ts";
import { goTo, navigation } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");
const CHANGES = 500;
/** After so many the app has what it keeps for good. */
const SETTLED = 50;
/** The share by which memory may differ without having grown: the collector does not free to the byte. */
const NOISE = 0.05;
const WAYS = ["shell.home", "shell.catalog", "quick_order.title", "shell.cart", "shell.orders", "lists.title"];

declare global {
  interface Window {
    shifts: { value: number; at: string; what: string }[];
  }
}

/** Bytes of the heap after a collection, scripts and WebAssembly together. */
async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize, backingStorageSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize + backingStorageSize;
}

function watchShifts(): void {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const shift = entry as PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node?: Node }[];
      };
      if (!shift.hadRecentInput) {
        const nodes = shift.sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 80) : ""));
        window.shifts.push({ value: shift.value, at: location.pathname, what: nodes.join(" ") });
      }
    }
  }).observe({ type: "layout-shift", buffered: true });
}

test("500 changes of page", async ({ visitAs }) => {
  test.setTimeout(900_000);
  const page = await visitAs("credit");
  await page.addInitScript(watchShifts);
  await page.reload();
  await expect(navigation(page, words)).toBeVisible();
  let settled = 0;
  let nodes = 0;
  for (let change = 1; change <= CHANGES; change += 1) {
    const way = WAYS[change % WAYS.length] ?? "shell.home";
    await goTo(page, words, way);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    nodes = Math.max(nodes, await page.evaluate(() => document.querySelectorAll("*").length));
    if (change === SETTLED) {
      settled = await heap(page);
    }
  }
  const after = await heap(page);
  const shifts = await page.evaluate(() => window.shifts);
  const worst = shifts.toSorted((one, other) => other.value - one.value)[0];
  const sum = shifts.reduce((all, { value }) => all + value, 0);
  await record(
    `${CHANGES} changes of page: heap ${(settled / 1e6).toFixed(1)} MB after ${SETTLED}, ${(after / 1e6).toFixed(1)} MB at the end ` +
      `(ratio ${(after / settled).toFixed(3)}); at most ${nodes} elements; layout shift ${sum.toFixed(4)}` +
      (worst === undefined ? "" : `, worst ${worst.value.toFixed(4)} at ${worst.at} (${worst.what.replaceAll("|", "/")})`),
  );
  expect(after / settled).toBeLessThanOrEqual(1 + NOISE);
});
