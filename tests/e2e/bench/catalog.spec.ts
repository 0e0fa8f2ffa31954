// What the catalog costs at a hundred thousand products against a thousand, on a device that has all of them: until it is
// there, a key of a search, and scrolling.

import type { CDPSession, Locator, Page } from "@playwright/test";
import { Deployment } from "../support/deployment.ts";
import { busy, median, record, rest } from "../support/figures.ts";
import { withProducts } from "../support/import.ts";
import { signInTrusting } from "../support/pages.ts";
import { expect, find, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");
const COUNTS = [1_000, 100_000];
/** What is typed, a key at a time: a name, a code, initials, a typo. */
const TYPED = ["numbered ware", "nw-9", "kqs", "stlil minerla"];
/** How long all that a key begins may take: what is put off is counted as well. */
const REST_MS = 900;
/** The page's own time in such a rest that still counts as nothing, in milliseconds. */
const IDLE_MS = 60;
/** Turns of the wheel, and how far each goes. */
const TURNS = 60;
const TURN_PX = 700;

interface Found {
  count: number;
  synced: number;
  quiet: number;
  key: number;
  slowestKey: number;
  frame: number;
  blank: number;
  elements: number;
}

function list(page: Page): Locator {
  return page.getByRole("list", { name: words.say("catalog.title"), exact: true });
}

/** Milliseconds until the page has had nothing to do for a moment. */
async function quiet(session: CDPSession): Promise<number> {
  const start = performance.now();
  for (;;) {
    const before = await busy(session);
    await rest(REST_MS);
    if ((await busy(session)) - before < IDLE_MS) {
      return performance.now() - start - REST_MS;
    }
  }
}

/** Milliseconds of the page's own time for each key of a search, until nothing of it is left to do. */
async function typing(page: Page, session: CDPSession): Promise<number[]> {
  const search = page.getByRole("searchbox", { name: words.say("shell.search_products") });
  const times: number[] = [];
  for (const text of TYPED) {
    await search.fill("");
    await rest(2 * REST_MS);
    for (const letter of text) {
      const before = await busy(session);
      await page.keyboard.press(letter === " " ? "Space" : letter);
      await rest(REST_MS);
      times.push((await busy(session)) - before);
    }
  }
  await search.fill("");
  await rest(2 * REST_MS);
  return times;
}

/** The frame that 95 in a hundred are quicker than while the wheel is turned, in milliseconds, and how many frames had no row
 * in the middle of the screen. */
async function scrolling(page: Page): Promise<{ frame: number; blank: number }> {
  await page.evaluate(() => {
    const frames: number[] = [];
    let [last, blank] = [performance.now(), 0];
    const tick = (now: number) => {
      frames.push(now - last);
      last = now;
      blank += document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest("li") ? 0 : 1;
      Object.assign(window, { scrolled: { frames, blank } });
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await page.mouse.move(700, 450);
  for (let turn = 0; turn < TURNS; turn += 1) {
    await page.mouse.wheel(0, TURN_PX);
    await rest(50);
  }
  return page.evaluate(() => {
    const { frames, blank } = (window as unknown as { scrolled: { frames: number[]; blank: number } }).scrolled;
    frames.sort((one, other) => one - other);
    return { frame: frames[Math.floor(frames.length * 0.95)] ?? Number.NaN, blank };
  });
}

async function measure(count: number, page: Page, ready: () => Promise<void>): Promise<Found> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const start = performance.now();
  await ready();
  const synced = performance.now() - start;
  await page.goto("/catalog?view=sheet");
  await expect(list(page).getByRole("listitem").first()).toBeVisible();
  const took = await quiet(session);
  const elements = await page.locator("*").count();
  const { frame, blank } = await scrolling(page);
  await page.goto("/catalog");
  await expect(list(page).getByRole("listitem").first()).toBeVisible();
  await quiet(session);
  const keys = await typing(page, session);
  await session.detach();
  return { count, synced, quiet: took, key: median(keys), slowestKey: Math.max(...keys), frame, blank, elements };
}

test("a large catalog", async ({ browser }) => {
  test.setTimeout(1_800_000);
  const template = process.env.COUNTERSIGN_TEMPLATE;
  if (template === undefined) {
    throw new Error("The suite has a template.");
  }
  const found: Found[] = [];
  for (const count of COUNTS) {
    await withProducts(template, count, async (database) => {
      const deployment = await Deployment.start(database);
      const accounts = new Map((await deployment.accounts()).map((account) => [account.login, account]));
      const context = await browser.newContext({ baseURL: deployment.url, locale: "en-GB", viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.goto("/");
      found.push(await measure(count, page, () => signInTrusting(page, words, find(accounts, "credit"))));
      await context.close();
      await deployment.stop();
    });
  }
  const ratio = (of: (found: Found) => number) => {
    const [few, many] = [found.at(0), found.at(-1)];
    return few === undefined || many === undefined ? "" : (of(many) / of(few)).toFixed(2);
  };
  const rows = found.map(
    ({ count, synced, quiet, key, slowestKey, frame, blank, elements }) =>
      `| ${count} | ${(synced / 1_000).toFixed(1)} | ${(quiet / 1_000).toFixed(1)} | ${key.toFixed(1)} | ${slowestKey.toFixed(1)} | ${frame.toFixed(1)} | ${blank} | ${elements} |`,
  );
  await record(
    [
      "| products beside the sample | on the device, s | from the first row until nothing is left to do, s | a key, ms | slowest key, ms | 95th frame scrolling, ms | frames without a row | elements |",
      "|---:|---:|---:|---:|---:|---:|---:|---:|",
      ...rows,
      `| ratio | ${ratio((one) => one.synced)} | ${ratio((one) => one.quiet)} | ${ratio((one) => one.key)} | ${ratio((one) => one.slowestKey)} | ${ratio((one) => one.frame)} | | ${ratio((one) => one.elements)} |`,
    ].join("\n"),
  );
});
