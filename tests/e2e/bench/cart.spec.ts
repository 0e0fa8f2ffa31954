// What it costs to open a cart of ten up to two thousand lines, and what a key costs in it: with the checks, the prices, the
// totals and the draft kept, against a page without a framework that does the least of the same (plain-cart.html).

import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { busy, median, record, rest } from "../support/figures.ts";
import { draftLines, keepDraft } from "../support/orders.ts";
import { goTo } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");
const LENGTHS = [10, 100, 1_000, 2_000];
/** How often a cart is opened. */
const OPENED = 5;
/** Keys that are pressed, one by one. */
const KEYS = 20;
/** How long all that a key begins may take: what is put off is counted as well. */
const REST_MS = 700;

/** Milliseconds of the page's own time for one key in `field`, until nothing of it is left to do; and until it is painted. */
async function measure(page: Page, field: Locator): Promise<{ all: number; painted: number; elements: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await page.evaluate(() => {
    const painted: number[] = [];
    Object.assign(window, { painted });
    document.addEventListener(
      "keydown",
      () => {
        const start = performance.now();
        // The message comes after the frame.
        const channel = new MessageChannel();
        channel.port1.onmessage = () => painted.push(performance.now() - start);
        requestAnimationFrame(() => channel.port2.postMessage(0));
      },
      { capture: true },
    );
  });
  await field.focus();
  const times: number[] = [];
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press("ControlOrMeta+a");
    await rest(REST_MS);
    const before = await busy(session);
    await page.keyboard.press(String(1 + (key % 9)));
    await rest(REST_MS);
    times.push((await busy(session)) - before);
  }
  const painted = await page.evaluate(() => (window as unknown as { painted: number[] }).painted);
  const elements = await page.evaluate(() => document.querySelectorAll("*").length);
  await session.detach();
  // Every second key chose what was there.
  return { all: median(times), painted: median(painted.filter((_, place) => place % 2 === 1)), elements };
}

/** Milliseconds of the page's own time for opening the cart from the home page (median). */
async function opening(page: Page, length: number): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const times: number[] = [];
  for (let time = 0; time < OPENED; time += 1) {
    await goTo(page, words, "shell.home");
    await rest(2 * REST_MS);
    const before = await busy(session);
    await goTo(page, words, "shell.cart");
    await expect(cartLines(page)).toHaveCount(length);
    await rest(2 * REST_MS);
    times.push((await busy(session)) - before);
  }
  await session.detach();
  return median(times);
}

function cartLines(page: Page): Locator {
  return page.getByRole("list", { name: words.say("cart.lines"), exact: true }).getByRole("listitem");
}

test("a long cart", async ({ browser, desk, visitAs }) => {
  test.setTimeout(900_000);
  const customer = await desk("deposit");
  const found: { length: number; opened: number; app: number; plain: number; painted: number; elements: number }[] = [];
  const html = await readFile(new URL("./plain-cart.html", import.meta.url), "utf8");
  const page = await visitAs("deposit");
  for (const length of LENGTHS) {
    await customer.removeDrafts();
    const lines = await draftLines(customer, length);
    await keepDraft(customer, lines);
    await page.goto("/cart");
    const rows = cartLines(page);
    await expect(rows).toHaveCount(length);
    await expect(page.getByText("Kept on this device and the server")).toBeVisible();
    const opened = await opening(page, length);
    const app = await measure(page, rows.nth(3).getByRole("textbox").first());

    // A browser of its own: the app's service worker answers every address of the app.
    const other = await browser.newContext({ viewport: page.viewportSize() });
    const plain = await other.newPage();
    await plain.route("**/*", (route) => route.fulfill({ contentType: "text/html", body: html }));
    await plain.goto("http://plain.localhost/");
    const breaks = [
      { from: 20, off: 0.02 },
      { from: 50, off: 0.04 },
    ];
    const given = lines.map(({ sku, name, typed, ...rest }) => ({
      ...rest,
      sku,
      name: name.en,
      names: name,
      typed,
      price: 2_208,
      minimum: 1,
      multiple: 1,
      breaks,
    }));
    await plain.evaluate((given) => (window as unknown as { show: (lines: unknown) => void }).show(given), given);
    const least = await measure(plain, plain.locator("input").nth(3));
    await other.close();
    found.push({ length, opened, app: app.all, plain: least.all, painted: app.painted, elements: app.elements });
  }
  const rows = found.map(
    ({ length, opened, app, plain, painted, elements }) =>
      `| ${length} | ${opened.toFixed(0)} | ${(opened / (found[0]?.opened ?? Number.NaN)).toFixed(2)} | ${app.toFixed(1)} | ${plain.toFixed(1)} | ${(app / plain).toFixed(2)} | ${painted.toFixed(1)} | ${elements} |`,
  );
  await record(
    [
      "| lines | opened, ms | times the shortest | app, ms a key | plain, ms a key | ratio | app, ms until painted | elements |",
      "|---:|---:|---:|---:|---:|---:|---:|---:|",
      ...rows,
    ].join("\n"),
  );
});
