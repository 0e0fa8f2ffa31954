// How long a deep link takes from a cold start without a connection, against the same page online with everything of the
// app already in the browser.

import type { BrowserContext } from "@playwright/test";
import { appIsKept } from "../support/device.ts";
import { median, record } from "../support/figures.ts";
import { submitSome } from "../support/orders.ts";
import { sheet, signInTrusting } from "../support/pages.ts";
import { expect, find, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");
const ROUNDS = 15;
/** What quality demands: this many times as long, at most. */
const MOST = 2;

/** Milliseconds from asking for `path` until `number` can be read on it. */
async function open(context: BrowserContext, path: string, number: string): Promise<number> {
  const page = await context.newPage();
  const start = performance.now();
  await page.goto(path, { waitUntil: "commit" });
  await sheet(page).getByText(number, { exact: true }).waitFor();
  const took = performance.now() - start;
  await page.close();
  return took;
}

test("a cold deep link without a connection", async ({ accounts, desk, visit, watch }) => {
  watch.tolerate(/ERR_INTERNET_DISCONNECTED/);
  const order = await submitSome(await desk("credit"));
  const page = await visit();
  await page.goto("/");
  await signInTrusting(page, words, find(accounts, "credit"));
  await appIsKept(page);
  const context = page.context();
  // With no page open, each is a cold start; a blank one keeps the context alive.
  await page.goto("about:blank");
  const [online, offline]: [number[], number[]] = [[], []];
  // The first of each also fills caches.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const warm = await open(context, `/orders/${order.id}`, order.number);
    await context.setOffline(true);
    const cold = await open(context, `/orders/${order.id}`, order.number);
    await context.setOffline(false);
    if (round > 0) {
      online.push(warm);
      offline.push(cold);
    }
  }
  const [warm, cold] = [median(online), median(offline)];
  const ratio = cold / warm;
  const line = `an order's page, ${ROUNDS} times each: online ${Math.round(warm)} ms, cold without a connection ${Math.round(cold)} ms (medians): ratio ${ratio.toFixed(2)}, at most ${MOST.toFixed(2)}`;
  await record(line);
  expect(ratio, line).toBeLessThanOrEqual(MOST);
});
