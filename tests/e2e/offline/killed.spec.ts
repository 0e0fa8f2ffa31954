// What people do to a browser: kill it, leave its pages, and open several of them. An order that the screen called queued
// becomes exactly one order, and what was typed is there again.

import type { BrowserContext, Locator, Page } from "@playwright/test";
import { Chance } from "../support/chance.ts";
import { Chromium } from "../support/chromium.ts";
import type { Desk, OrderDetail } from "../support/desk.ts";
import { type Goods, someGoods } from "../support/orders.ts";
import { addToCart, goTo, navigation, review, sheet, submitButton } from "../support/pages.ts";
import { expect, find, test as base } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");
/**
 * How often a browser is killed, and how often a page is left. `COUNTERSIGN_ROUNDS=50 cargo xtask test e2e -- offline/killed`
 * is the whole of it; the suite takes a sample with other seeds each time.
 */
const ROUNDS = Number(process.env.COUNTERSIGN_ROUNDS ?? 12);
const TABS = 5;
const ORDERS_PER_TAB = 20;
const TYPING_ROUNDS = 6;
/** What of the typing may be lost: the last second. */
const LAST_MOMENT_MS = 1_000;

/**
 * What lies between the device and the server while an order is submitted: two that let nothing through, and two that let
 * it through. The slow one answers late, so that the server may have an order before the device knows.
 */
const WEATHERS = ["offline", "lost", "slow", "fair"] as const;
type Weather = (typeof WEATHERS)[number];
const SLOW_MS = 250;

/** How a page is left. */
const WAYS_OUT = {
  "reloaded": (page: Page) => page.reload(),
  "left for another site": (page: Page) => page.goto("about:blank"),
  "left for another address of the app": (page: Page) => page.goto("/orders"),
  "closed": (page: Page) => page.close(),
};
type WayOut = keyof typeof WAYS_OUT;

/** An order that the screen called queued, with what happened then. */
interface Queued {
  note: string;
  story: string;
}

interface Fixtures {
  /** A browser that can be killed. Each time it is asked for, it is started over what it has kept on the disk. */
  chromium: Chromium;
  /** Starts that browser with this account signed in. */
  startAs: (login: string) => Promise<BrowserContext>;
}

const test = base.extend<Fixtures>({
  chromium: async ({ playwright, launchOptions, contextOptions }, use) => {
    const chromium = await Chromium.create(playwright.chromium, launchOptions, contextOptions.locale ?? words.locale);
    await use(chromium);
    await chromium.remove();
  },
  startAs: async ({ chromium, deployment, accounts, watch }, use) => {
    let session: Awaited<ReturnType<BrowserContext["cookies"]>> = [];
    await use(async (login) => {
      const context = await chromium.start();
      await watch.over(context);
      if (session.length === 0) {
        const { password } = find(accounts, login);
        const response = await context.request.post(`${deployment.url}/api/v1/session`, {
          data: { login, password },
          headers: { origin: deployment.url, "x-countersign": "1" },
        });
        expect(response.ok(), `${login} can sign in`).toBe(true);
        session = await context.cookies(deployment.url);
      } else {
        // A session ends with the browser; signing in once more is not what this is about.
        await context.addCookies(session);
      }
      return context;
    });
  },
});

// One after the other: five busy tabs beside somebody who types would be another test.
test.describe.configure({ mode: "default" });

// A trace of every one of these browsers would cost more than the tests.
test.use({ trace: "off" });

test.beforeEach(({ watch }) => {
  // What the weather makes the browser say.
  watch.tolerate(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_NETWORK_IO_SUSPENDED|ERR_FAILED/);
});

test("no order is lost or doubled when the browser is killed after it was queued", async ({ desk, startAs, chromium, deployment }) => {
  test.setTimeout(900_000);
  const chance = new Chance("killed");
  const customer = await desk("prepaid");
  const goods = await someGoods(customer);
  const before = await ordersOf(customer);
  const queued: Queued[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const weather = chance.of(WEATHERS);
    const delay = chance.between(0, 400);
    const page = await (await startAs("prepaid")).newPage();
    const note = `killed ${round}`;
    await write(page, deployment.url, goods, note, weather);
    await submitIn(page, weather);
    await pause(delay);
    await chromium.kill();
    queued.push({ note, story: `${weather}, killed ${delay} ms after it was queued` });
  }
  const page = await (await startAs("prepaid")).newPage();
  await page.goto(deployment.url);
  await everythingGoesOut([page]);
  await expectEachOnce(customer, before, queued);
});

test("no order is lost or doubled when its page is left after it was queued", async ({ desk, visitAs, deployment }) => {
  test.setTimeout(600_000);
  const chance = new Chance("left");
  const customer = await desk("deposit");
  const goods = await someGoods(customer);
  const before = await ordersOf(customer);
  const queued: Queued[] = [];
  let page = await visitAs("deposit");
  for (let round = 1; round <= ROUNDS; round += 1) {
    const weather = chance.of(WEATHERS);
    const wayOut = chance.of(Object.keys(WAYS_OUT) as [WayOut, ...WayOut[]]);
    const delay = chance.between(0, 300);
    const note = `left ${round}`;
    await write(page, deployment.url, goods, note, weather);
    await submitIn(page, weather);
    await pause(delay);
    // An address that can't be had without a connection has been gone to all the same.
    await WAYS_OUT[wayOut](page).catch(() => undefined);
    queued.push({ note, story: `${weather}, ${wayOut} ${delay} ms after it was queued` });
    page = await clearUp(page);
  }
  await page.goto("/");
  await everythingGoesOut([page]);
  await expectEachOnce(customer, before, queued);
});

test("five tabs that queued twenty orders each send a hundred", async ({ desk, visitAs }) => {
  test.setTimeout(600_000);
  const customer = await desk("credit");
  const goods = await someGoods(customer);
  const before = await ordersOf(customer);
  const first = await visitAs("credit");
  const context = first.context();
  const tabs = [first];
  while (tabs.length < TABS) {
    tabs.push(await openBeside(first));
  }
  for (const tab of tabs) {
    await tab.goto("/cart");
    await beginDraft(tab);
    await addToCart(tab, words, goods);
    // Prices and addresses are there without a connection once they have been read.
    await review(tab, words);
    await expect(submitButton(tab, words)).toBeEnabled();
    await goTo(tab, words, "shell.cart");
  }
  await context.setOffline(true);
  const queued: Queued[] = [];
  const fill = async (tab: Page, index: number) => {
    for (let number = 1; number <= ORDERS_PER_TAB; number += 1) {
      if (number > 1) {
        await copyQueued(tab, noteOf(index, number - 1));
      }
      const note = noteOf(index, number);
      await reviewWith(tab, note);
      await submitButton(tab, words).click();
      await saidQueued(tab);
      queued.push({ note, story: "offline" });
    }
  };
  await Promise.all(tabs.map(fill));
  for (const tab of tabs) {
    await expect(waiting(tab)).toContainText(String(TABS * ORDERS_PER_TAB));
  }
  await context.setOffline(false);
  await everythingGoesOut(tabs);
  await expectEachOnce(customer, before, queued);
});

test("what was typed until a second before the browser is killed is there again", async ({ desk, startAs, chromium, deployment }) => {
  test.setTimeout(300_000);
  const chance = new Chance("typing");
  const goods = await someGoods(await desk("prepaid"));
  let page = await (await startAs("prepaid")).newPage();
  await page.goto(deployment.url);
  await addToCart(page, words, goods);
  await goTo(page, words, "shell.cart");
  let before = await noteField(page).inputValue();
  for (let round = 1; round <= TYPING_ROUNDS; round += 1) {
    await noteField(page).press("End");
    const typing = type(page, chance);
    await pause(chance.between(1_500, 7_000));
    const killedAt = Date.now();
    await chromium.kill();
    const keys = await typing;

    page = await (await startAs("prepaid")).newPage();
    await page.goto(`${deployment.url}/cart`);
    await expect(noteField(page)).toBeVisible();
    const restored = await noteField(page).inputValue();
    const all = before + text(keys);
    const due = before + text(keys.filter(({ at }) => at <= killedAt - LAST_MOMENT_MS));
    const story = `round ${round}: typed “${all}”, “${due}” of it more than a second before the kill, restored “${restored}”`;
    expect(restored.startsWith(due), `Something typed is lost. ${story}`).toBe(true);
    expect(all.startsWith(restored), `Something is there that nobody typed. ${story}`).toBe(true);
    before = restored;
  }
});

/** Fills a cart with `goods` for an order with this note, up to the last look before submitting. */
async function write(page: Page, url: string, goods: Goods, note: string, weather: Weather): Promise<void> {
  if (weather === "lost") {
    // From the start, so that what was queued before piles up.
    await page.route(isOrders, (route) => (route.request().method() === "POST" ? route.abort() : route.fallback()));
  }
  await page.goto(`${url}/catalog?q=${goods.sku}`);
  const name = words.local(goods.name);
  await page.getByRole("group", { name: words.say("catalog.add_named", { name }) }).getByRole("button").click();
  await goTo(page, words, "shell.cart");
  await reviewWith(page, note);
}

/** Gives what is in the cart a note and goes to the last look, which has to have it. */
async function reviewWith(page: Page, note: string): Promise<void> {
  await noteField(page).fill(note);
  await review(page, words);
  await expect(page.getByRole("main").getByText(note, { exact: true })).toBeVisible();
}

/** Submits in this weather, and returns as soon as the screen says that the device has the order. */
async function submitIn(page: Page, weather: Weather): Promise<void> {
  if (weather === "offline") {
    await page.context().setOffline(true);
  }
  if (weather === "slow") {
    await slowDown(page);
  }
  await submitButton(page, words).click();
  await saidQueued(page);
}

/** Returns as soon as the screen says that the device has the order: on the way, or arrived already. */
async function saidQueued(page: Page): Promise<void> {
  await page.waitForURL(/\/(outbox|orders)\/[0-9a-f-]{36}$/);
  const said = ["state_queued", "state_sending", "state_unknown", "arrived"].map((key) => words.say(`outbox.${key}`));
  const onTheWay = said.map((text) => page.getByRole("main").getByText(text, { exact: true }));
  await expect(onTheWay.reduce((one, other) => one.or(other), sheet(page)).first()).toBeVisible();
}

/** Lets everything the page asks for take its time. */
async function slowDown(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: SLOW_MS,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
}

/** Makes the weather fair again and goes on in another page: what was done to the connection of the last one goes with it. */
async function clearUp(page: Page): Promise<Page> {
  const context = page.context();
  await page.close();
  await context.setOffline(false);
  return context.newPage();
}

/** Lets the connection come back and waits until nothing is left in the outbox of any of these tabs of one browser. */
async function everythingGoesOut(tabs: Page[]): Promise<void> {
  const [first] = tabs;
  await first?.context().setOffline(true);
  await first?.context().setOffline(false);
  for (const tab of tabs) {
    // The way there stays where somebody is on it; the number goes.
    await expect(waiting(tab).filter({ hasText: /\d/ })).toHaveCount(0, { timeout: 120_000 });
    await expect(tab.getByText("Offline", { exact: true })).toBeHidden();
  }
  await first?.goto(new URL("/outbox", first.url()).href);
  await expect(first?.getByText(words.say("outbox.empty"), { exact: true }) as Locator).toBeVisible();
}

/** Another tab of the same browser, in a window of its own: behind each other they would stand still. */
async function openBeside(page: Page): Promise<Page> {
  const opened = page.context().waitForEvent("page");
  await page.evaluate(() => void window.open("about:blank", "_blank", "popup,noopener,width=1440,height=900"));
  return opened;
}

/** Begins a draft that this tab shares with no other. */
async function beginDraft(page: Page): Promise<void> {
  await page.getByRole("main").getByRole("button", { expanded: false }).click();
  await page.getByRole("button", { name: words.say("cart.draft_new") }).click();
}

/** Goes on from an order that was queued to a draft that is a copy of it. */
async function copyQueued(page: Page, note: string): Promise<void> {
  await page.getByRole("button", { name: words.say("outbox.copy") }).click();
  await expect(noteField(page)).toHaveValue(note);
}

function noteOf(tab: number, number: number): string {
  return `tab ${tab + 1}, order ${number}`;
}

/** The way to the outbox, which is there only while something is in it. */
function waiting(page: Page): Locator {
  return navigation(page, words).getByRole("link", { name: new RegExp(`^${words.say("outbox.title")}`) });
}

function noteField(page: Page): Locator {
  return page.getByLabel(words.say("cart.order_note"));
}

/** A key that went down, and when at the latest. */
interface Key {
  key: string;
  at: number;
}

/** Types words without an end, until the browser is gone; gives what was typed. */
async function type(page: Page, chance: Chance): Promise<Key[]> {
  const keys: Key[] = [];
  try {
    for (;;) {
      const key = chance.of([..."abcdefghijklmnopqrstuvwxyz", " "] as unknown as [string, ...string[]]);
      // One that nobody has heard of yet may have arrived before the end.
      const pressed = { key, at: Number.POSITIVE_INFINITY };
      keys.push(pressed);
      await page.keyboard.type(key);
      pressed.at = Date.now();
      await pause(chance.between(0, 60));
    }
  } catch {
    return keys;
  }
}

function text(keys: Key[]): string {
  return keys.map(({ key }) => key).join("");
}

/** The ids of all orders that this customer has. */
async function ordersOf(customer: Desk): Promise<Set<string>> {
  const ids = new Set<string>();
  let after: string | null | undefined;
  do {
    const cursor = after ? `&after=${encodeURIComponent(after)}` : "";
    const page = await customer.get<{ items: { id: string }[]; next?: string | null }>(`/orders?limit=100${cursor}`);
    page.items.forEach(({ id }) => ids.add(id));
    after = page.next;
  } while (after);
  return ids;
}

/** Every queued order is at the server once, by its note, and nothing else is. */
async function expectEachOnce(customer: Desk, before: Set<string>, queued: Queued[]): Promise<void> {
  const ids = [...(await ordersOf(customer))].filter((id) => !before.has(id));
  const arrived = new Map<string, string[]>(queued.map(({ note }) => [note, []]));
  const strangers: string[] = [];
  for (const id of ids) {
    const { order }: OrderDetail = await customer.order(id);
    (arrived.get(order.note) ?? strangers).push(`${order.number} “${order.note}”`);
  }
  const tell = ({ note, story }: Queued) => `“${note}” (${story})`;
  const numbers = ({ note }: Queued) => arrived.get(note) ?? [];
  const lost = queued.filter((order) => numbers(order).length === 0).map(tell);
  const doubled = queued.filter((order) => numbers(order).length > 1).map((order) => `${tell(order)}: ${numbers(order).join(", ")}`);
  expect({ lost, doubled, strangers }, `of ${queued.length} queued orders`).toEqual({ lost: [], doubled: [], strangers: [] });
  expect(ids).toHaveLength(queued.length);
}

function isOrders(url: URL): boolean {
  return url.pathname === "/api/v1/orders";
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, milliseconds));
}
