// Finding products: pinyin, typos, marks, facets with counts, and the order sheet; all of it in the address.

import type { Locator, Page } from "@playwright/test";
import type { Desk } from "../support/desk.ts";
import { goodsInStock } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const chinese = new Words("zh-CN");
const english = new Words("en");

interface Facets {
  brands: { key: string; name: { zh: string; en: string }; products: number }[];
}

/** The search of the header. */
function search(page: Page, words: Words): Locator {
  return page.getByRole("searchbox", { name: words.say("shell.search_products") });
}

/** The list of products. */
function list(page: Page, words: Words): Locator {
  return page.getByRole("region", { name: words.say("catalog.title"), exact: true });
}

function found(page: Page, words: Words, count: number): Locator {
  return list(page, words).getByText(words.say("catalog.found", { count }), { exact: true });
}

async function total(desk: Desk, query: string): Promise<number> {
  const page = await desk.get<{ total: number }>(`/products?total=true&limit=1&${query}`);
  return page.total;
}

test("initials find what they stand for, as they are typed, and mark it", async ({ visitAs, desk }) => {
  const count = await total(await desk("credit"), "q=kqs");
  expect(count).toBeGreaterThan(1);
  const page = await visitAs("credit", { locale: "zh-CN" });
  await page.goto("/catalog");
  await search(page, chinese).pressSequentially("kqs");
  await expect(found(page, chinese, count)).toBeVisible();
  await expect(list(page, chinese).getByRole("link", { name: "静态矿泉水", exact: true })).toBeVisible();
  await expect(list(page, chinese).getByText("矿泉水", { exact: true }).first()).toBeVisible();
  await expect(page).toHaveURL(/[?&]q=kqs/);
});

test("what is typed while an answer is on its way is asked as well", async ({ visitAs, desk }) => {
  const count = await total(await desk("credit"), "q=kqs");
  const page = await visitAs("credit", { locale: "zh-CN" });
  await page.goto("/catalog");
  await expect(list(page, chinese).getByRole("link").first()).toBeVisible();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/products\?q=k&/, async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest(/\/products\?q=k&/);
  await search(page, chinese).fill("k");
  await asked;
  await search(page, chinese).fill("kqs");
  await expect(page).toHaveURL(/[?&]q=kqs/);
  // What goes with the list knows the new question by then.
  await expect(page.getByRole("link", { name: new RegExp(` ${count}$`) }).first()).toBeVisible();
  release();
  await expect(found(page, chinese, count)).toBeVisible();
});

test("one typo is forgiven in a word, and never in a code", async ({ visitAs }) => {
  const page = await visitAs("credit", { locale: "en-GB" });
  await page.goto("/catalog");
  await search(page, english).fill("stlil minerla");
  await expect(list(page, english).getByRole("link", { name: "Still Mineral Water", exact: true })).toBeVisible();
  await expect(list(page, english).getByText("Mineral", { exact: true }).first()).toBeVisible();
  await search(page, english).fill("no-such-code-17");
  await expect(page.getByText(english.say("catalog.empty"), { exact: true })).toBeVisible();
});

test("facets narrow the list by the numbers they say, and the address shows the same to others", async ({ visitAs, desk }) => {
  const anna = await desk("credit");
  const facets = await anna.get<Facets>("/product-facets?q=water");
  const [brand] = facets.brands;
  if (brand === undefined) {
    throw new Error("Water has a brand.");
  }
  const page = await visitAs("credit", { locale: "en-GB" });
  await page.goto("/catalog?q=water");
  const name = english.say("catalog_facets.counted", { name: brand.name.en, count: brand.products });
  const choice = page.getByRole("group", { name: english.say("catalog_facets.brand") }).getByRole("checkbox", { name, exact: true });
  await choice.check();
  await expect(found(page, english, brand.products)).toBeVisible();
  expect(await total(anna, `q=water&brand=${encodeURIComponent(brand.key)}`)).toBe(brand.products);
  await expect(page).toHaveURL(/[?&]brand=/);

  await page.reload();
  await expect(choice).toBeChecked();
  await expect(found(page, english, brand.products)).toBeVisible();
  await page.getByRole("link", { name: english.say("catalog_facets.clear") }).click();
  await expect(found(page, english, await total(anna, "q=water"))).toBeVisible();
});

test("on a phone the facets open with a button", async ({ visitAs }) => {
  const page = await visitAs("credit", { locale: "en-GB", viewport: { width: 360, height: 740 } });
  await page.goto("/catalog?q=water");
  const brands = page.getByRole("group", { name: english.say("catalog_facets.brand") });
  const open = page.getByRole("button", { name: english.say("catalog_facets.open"), exact: true });
  await expect(open).toHaveAttribute("aria-expanded", "false");
  await expect(brands).toBeHidden();
  await open.click();
  await expect(open).toHaveAttribute("aria-expanded", "true");
  await expect(brands).toBeVisible();
});

test("the order sheet takes quantities straight into the cart", async ({ visitAs, desk }) => {
  const [goods] = await goodsInStock(await desk("credit"), 1);
  if (goods === undefined) {
    throw new Error("There is one.");
  }
  const page = await visitAs("credit", { locale: "en-GB" });
  await page.goto(`/catalog?q=${goods.sku}`);
  await page.getByRole("group", { name: english.say("catalog_facets.view") }).getByRole("button", { name: english.say("catalog_facets.view_sheet") }).click();
  await expect(page).toHaveURL(/[?&]view=sheet/);
  const label = english.say("catalog.quantity", { name: goods.name.en, unit: goods.unit.en });
  const quantity = list(page, english).getByRole("textbox", { name: label, exact: true });
  await quantity.fill(String(goods.smallest * 2));
  await quantity.press("Enter");
  await page.reload();
  await expect(quantity).toHaveValue(String(goods.smallest * 2));
  await quantity.fill("");
  await quantity.press("Enter");
  await page.goto("/cart");
  await expect(page.getByText(goods.sku, { exact: true })).toHaveCount(0);
});
