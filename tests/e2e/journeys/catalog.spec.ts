// The catalog at twenty thousand products: only what is in sight is in the page, wherever somebody scrolls, and nothing
// is lost on the way.

import type { Locator, Page } from "@playwright/test";
import { Deployment } from "../support/deployment.ts";
import { numbered, withProducts } from "../support/import.ts";
import { signInTrusting } from "../support/pages.ts";
import { expect, find, test as base } from "../support/test.ts";
import { Words } from "../support/words.ts";

const IMPORTED = 20_000;
/** Elements of a page, at any number of products. */
const MOST_NODES = 1_500;

const words = new Words("en");

const test = base.extend({
  deployment: async ({}, use) => {
    const template = process.env.COUNTERSIGN_TEMPLATE;
    if (template === undefined) {
      throw new Error("The suite has a template.");
    }
    await withProducts(template, IMPORTED, async (database) => {
      const deployment = await Deployment.start(database);
      await use(deployment);
      await deployment.stop();
    });
  },
});

function list(page: Page): Locator {
  return page.getByRole("list", { name: words.say("catalog.title"), exact: true });
}

function row(page: Page, name: string): Locator {
  return list(page).getByRole("listitem").filter({ has: page.getByRole("link", { name, exact: true }) });
}

async function expectFewNodes(page: Page): Promise<void> {
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  expect(nodes).toBeLessThanOrEqual(MOST_NODES);
}

/** Presses a key where it scrolls the page. */
async function scrollBy(page: Page, key: "Home" | "End" | "PageDown"): Promise<void> {
  await page.getByRole("main").focus();
  await page.keyboard.press(key);
}

test("the order sheet goes to its end and keeps what is typed", async ({ visitAs, desk }) => {
  const customer = await desk("credit");
  const { total } = await customer.get<{ total: number }>("/products?total=true&limit=1");
  expect(total).toBeGreaterThan(IMPORTED);
  const page = await visitAs("credit", { locale: "en-GB" });
  await page.goto("/catalog?view=sheet");
  await expect(list(page)).toBeVisible();
  await expectFewNodes(page);

  await scrollBy(page, "End");
  const last = row(page, numbered(IMPORTED));
  await expect(last).toBeInViewport();
  await expect(last).toHaveAttribute("aria-posinset", String(total));
  await expect(last).toHaveAttribute("aria-setsize", String(total));
  await expectFewNodes(page);

  const quantity = last.getByRole("textbox");
  await quantity.fill("7");
  await quantity.press("Enter");
  await scrollBy(page, "Home");
  await expect(list(page).getByRole("listitem").first()).toBeInViewport();
  await expect(last).toHaveCount(0);
  await scrollBy(page, "End");
  await expect(quantity).toHaveValue("7");

  // Whoever is in a row stays in it, however far they scroll.
  await quantity.focus();
  await page.mouse.wheel(0, -200_000);
  await expect(last).not.toBeInViewport();
  await expect(quantity).toBeFocused();
  await page.keyboard.press("8");
  await expect(quantity).toHaveValue(/8/);
  await expectFewNodes(page);
});

test("back leads to where somebody was in the list", async ({ visitAs }) => {
  const page = await visitAs("credit", { locale: "en-GB" });
  for (const view of ["list", "grid", "sheet"]) {
    await page.goto(`/catalog?view=${view}`);
    await expect(list(page)).toBeVisible();
    await scrollBy(page, "End");
    const last = row(page, numbered(IMPORTED));
    await expect(last).toBeInViewport();
    await expectFewNodes(page);
    await last.getByRole("link", { name: numbered(IMPORTED), exact: true }).click();
    await expect(page.getByRole("heading", { name: numbered(IMPORTED), level: 1 })).toBeVisible();
    await page.goBack();
    await expect(last).toBeInViewport();
  }
});

test("on a device that has the catalog no row in sight is ever empty", async ({ visit, accounts }) => {
  const page = await visit({ locale: "en-GB" });
  await page.goto("/");
  await signInTrusting(page, words, find(accounts, "credit"));
  await page.goto("/catalog?view=sheet");
  await expect(list(page)).toBeVisible();
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/products?") && !request.url().includes("variants=")) {
      asked.push(request.url());
    }
  });
  await page.evaluate((text) => {
    const seen: string[] = [];
    Object.assign(window, { emptyRows: seen });
    const look = () => {
      for (const item of document.querySelectorAll("li[aria-posinset]")) {
        const { top, bottom } = item.getBoundingClientRect();
        if (bottom > 0 && top < innerHeight && item.textContent?.includes(text)) {
          seen.push(item.getAttribute("aria-posinset") ?? "");
        }
      }
      requestAnimationFrame(look);
    };
    look();
  }, words.say("catalog.more_loading"));
  for (let turn = 0; turn < 40; turn += 1) {
    await page.mouse.move(700, 450);
    await page.mouse.wheel(0, 2_500);
  }
  await scrollBy(page, "End");
  await expect(row(page, numbered(IMPORTED))).toBeInViewport();
  expect(await page.evaluate(() => (window as unknown as { emptyRows: string[] }).emptyRows)).toEqual([]);
  expect(asked).toEqual([]);
});

test("on a phone the whole list is reached as well", async ({ visitAs }) => {
  const page = await visitAs("credit", { locale: "en-GB", viewport: { width: 360, height: 740 } });
  await page.goto("/catalog");
  await expect(list(page)).toBeVisible();
  await scrollBy(page, "PageDown");
  await expectFewNodes(page);
  await scrollBy(page, "End");
  await expect(row(page, numbered(IMPORTED))).toBeInViewport();
  await expectFewNodes(page);
});

test("favourites, what was ordered before and what is on promotion narrow the list", async ({ visitAs, desk }) => {
  const customer = await desk("credit");
  const facets = await customer.get<{ favourites: number; bought: number; promoted: number }>("/product-facets");
  expect(facets.bought).toBeGreaterThan(0);
  const page = await visitAs("credit", { locale: "en-GB" });
  await page.goto("/catalog");
  const name = words.say("catalog_facets.counted", { name: words.say("catalog_facets.bought"), count: facets.bought });
  await page.getByRole("checkbox", { name, exact: true }).check();
  await expect(page.getByText(words.say("catalog.found", { count: facets.bought }), { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/[?&]bought=true/);
});
