// How long it takes to the sign-in form on a slow phone, against a page that is nothing but that form: cold, and with the
// app installed.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { Deployment } from "../support/deployment.ts";
import { appIsKept } from "../support/device.ts";
import { median, record } from "../support/figures.ts";
import { expect, test } from "../support/test.ts";

const ROUNDS = 7;
/** A slow 4G connection, and a processor a quarter as fast as this one. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const SLOWER = 4;
/** What quality demands of the form, as a multiple of the page that is nothing else. */
const MOST = { cold: 1.3, warm: 1.5 };

/** The floor: the same two fields and nothing behind them. */
const FLOOR = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in</title>
<meta name="viewport" content="width=device-width"><form><label for="boot-login">Account</label>
<input id="boot-login" name="login"><label for="boot-password">Password</label>
<input id="boot-password" name="password" type="password"><button>Sign in</button></form></html>`;

interface Load {
  /** Milliseconds until a person can type into the form. */
  form: number;
  /** Milliseconds until the app has taken the form over; none for the floor. */
  taken: number;
  /** Milliseconds that tasks held the main thread beyond 50 each. */
  blocked: number;
  /** Bytes on the wire until then. */
  wire: number;
}

declare global {
  interface Window {
    seen: { form: number; taken: number; blocked: number };
  }
}

/** Watches from inside the page, from its first moment. */
function watchPage(): void {
  const seen = { form: 0, taken: 0, blocked: 0 };
  window.seen = seen;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      seen.blocked += Math.max(0, entry.duration - 50);
    }
  }).observe({ type: "longtask", buffered: true });
  const look = () => {
    const input = document.querySelector<HTMLElement>("input[name=login]");
    if (seen.form === 0 && input !== null && input.getBoundingClientRect().width > 1) {
      seen.form = performance.now();
    }
    if (seen.taken === 0 && document.documentElement.dataset.boot === "mounted") {
      seen.taken = performance.now();
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function load(page: Page, url: string, isApp: boolean): Promise<Load> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", NETWORK);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  let wire = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    wire += encodedDataLength;
  });
  await page.goto(url, { waitUntil: "commit" });
  await page.waitForFunction((whole) => window.seen.form > 0 && (!whole || window.seen.taken > 0), isApp);
  const seen = await page.evaluate(() => window.seen);
  await session.detach();
  return { ...seen, wire };
}

async function fresh(browser: Browser, then: (context: BrowserContext) => Promise<void>): Promise<void> {
  const context = await browser.newContext();
  await context.addInitScript(watchPage);
  await then(context);
  await context.close();
}

test("the first screen on a slow phone", async ({ browser, deployment }) => {
  test.setTimeout(600_000);
  const folder = await mkdtemp(join(tmpdir(), "countersign-floor-"));
  await writeFile(join(folder, "index.html"), FLOOR);
  const floor = await Deployment.start(process.env.COUNTERSIGN_TEMPLATE, folder);
  const loads = { floor: [] as Load[], app: [] as Load[], again: [] as Load[], floorAgain: [] as Load[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    await fresh(browser, async (context) => {
      loads.floor.push(await load(await context.newPage(), floor.url, false));
      loads.floorAgain.push(await load(await context.newPage(), floor.url, false));
    });
    await fresh(browser, async (context) => {
      const page = await context.newPage();
      loads.app.push(await load(page, deployment.url, true));
      await appIsKept(page);
      await page.close();
      loads.again.push(await load(await context.newPage(), deployment.url, true));
    });
  }
  await floor.stop();
  await rm(folder, { recursive: true });
  const of = (all: Load[], what: keyof Load) => Math.round(median(all.map((one) => one[what])));
  const ratio = (all: Load[], to: Load[], what: "form" | "taken") => (of(all, what) / of(to, "form")).toFixed(2);
  await record(
    [
      `slow 4G, processor ${SLOWER}x slower, ${ROUNDS} times, medians:`,
      "| | form | app behind it | blocked | wire | form, to the floor | app, to the floor |",
      "|---|---:|---:|---:|---:|---:|---:|",
      `| a page with the form alone, cold | ${of(loads.floor, "form")} ms | | ${of(loads.floor, "blocked")} ms | ${of(loads.floor, "wire")} B | 1 | |`,
      `| Countersign, cold | ${of(loads.app, "form")} ms | ${of(loads.app, "taken")} ms | ${of(loads.app, "blocked")} ms | ${of(loads.app, "wire")} B | ${ratio(loads.app, loads.floor, "form")} | ${ratio(loads.app, loads.floor, "taken")} |`,
      `| a page with the form alone, again | ${of(loads.floorAgain, "form")} ms | | ${of(loads.floorAgain, "blocked")} ms | ${of(loads.floorAgain, "wire")} B | 1 | |`,
      `| Countersign, installed | ${of(loads.again, "form")} ms | ${of(loads.again, "taken")} ms | ${of(loads.again, "blocked")} ms | ${of(loads.again, "wire")} B | ${ratio(loads.again, loads.floorAgain, "form")} | ${ratio(loads.again, loads.floorAgain, "taken")} |`,
    ].join("\n"),
  );
  expect(Number(ratio(loads.app, loads.floor, "form"))).toBeLessThanOrEqual(MOST.cold);
  expect(Number(ratio(loads.again, loads.floorAgain, "form"))).toBeLessThanOrEqual(MOST.warm);
});
