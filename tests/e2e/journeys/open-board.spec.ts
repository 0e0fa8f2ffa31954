// The board of open quantities: what is ordered and has not left, what stock fills of it, and taking it away as a file.

import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { act, type Goods, someGoods, submit, walk } from "../support/orders.ts";
import { expectStatus, goTo, sheet } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

// What others order while this goes on would be counted, too.
test.use({ ownDeployment: true });

function row(page: Page, goods: Goods) {
  return page.getByRole("row").filter({ hasText: goods.sku });
}

/** What a row says in a column. */
async function figure(page: Page, goods: Goods, column: string): Promise<number> {
  const heads = await page.getByRole("columnheader").allInnerTexts();
  const place = heads.indexOf(words.say(`open_board.${column}`));
  const cell = await row(page, goods).getByRole("cell").nth(place).innerText();
  return Number(/[\d,.]+/.exec(cell)?.[0].replaceAll(",", ""));
}

test("what is open of a SKU is added up, leads to its orders, and shrinks as goods leave", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const goods = await someGoods(anna);
  const page = await visitAs("review");
  await goTo(page, words, "open_board.title");
  await expect(page.getByRole("heading", { level: 1, name: "Open quantities" })).toBeVisible();
  await page.getByRole("searchbox", { name: "Search by name or code" }).fill(goods.sku);
  await expect(page).toHaveURL(new RegExp(`q=${goods.sku}`));
  await expect(page.getByText(words.say("open_board.loading"))).toBeHidden();

  const { order } = await submit(anna, [{ goods, quantity: goods.smallest * 3 }]);
  const way = row(page, goods).getByRole("link", { name: order.number });
  // Folded away, and there.
  await expect(row(page, goods).getByText(order.number)).toBeAttached();
  await row(page, goods).getByText(/^Orders behind it/).click();
  await expect(way).toBeVisible();
  const all = await open(admin, goods);
  expect(await figure(page, goods, "open")).toBe(all);
  const whole = (await figure(page, goods, "ordered")) - (await figure(page, goods, "shipped")) - (await figure(page, goods, "closed"));
  expect(whole).toBe(all);

  await walk(order.id, "pending_receipt", admin, anna);
  await expect(way).toBeHidden();
  const left = (await row(page, goods).count()) > 0 ? await figure(page, goods, "open") : 0;
  expect(left).toBeLessThan(all);
});

test("an order behind a SKU opens from the board, and the way back shows the same board", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const goods = await someGoods(anna);
  const { order } = await submit(anna, [{ goods }]);
  const page = await visitAs("review");
  await page.goto(`/open-quantities?q=${goods.sku}`);
  await row(page, goods).getByText(/^Orders behind it/).click();
  await row(page, goods).getByRole("link", { name: order.number }).click();
  await expectStatus(page, words, "pending_order_review");
  await expect(sheet(page).getByText(order.number, { exact: true })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("searchbox", { name: "Search by name or code" })).toHaveValue(goods.sku);
  await expect(row(page, goods)).toBeVisible();
});

test("the board is narrowed by words and says how to get out of it", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  await submit(anna, [{ goods: await someGoods(anna) }]);
  const page = await visitAs("review");
  await page.goto("/open-quantities?q=zzzzzz");
  await expect(page.getByText("Nothing open matches")).toBeVisible();
  await page.getByRole("link", { name: "Show everything" }).click();
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await page.getByLabel("Stock in").selectOption({ index: 1 });
  await expect(page).toHaveURL(/warehouse=[0-9a-f-]{36}/);
  await expect(page.getByRole("row").nth(1)).toBeVisible();
});

test("the board is saved as a file in which nothing is a formula", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const goods = await someGoods(anna);
  await submit(anna, [{ goods }]);
  const page = await visitAs("review");
  await page.goto(`/open-quantities?q=${goods.sku}`);
  await expect(row(page, goods)).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as CSV" }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe("open-quantities.csv");
  const text = await readFile(await download.path(), "utf8");
  const lines = text.replace(/^\uFEFF/, "").trim().split("\r\n");
  expect(lines[0]).toBe("SKU,Item,Unit,Ordered,Shipped,Closed,Open,Reserved,In stock,Can be filled");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(goods.sku);
  expect(lines[1]).not.toMatch(/(^|,)[=+@-]/);
});

test("a customer has no board, and staff of a region see their own orders on it", async ({ desk, visitAs }) => {
  const customer = await visitAs("credit");
  await customer.goto("/open-quantities");
  await expect(customer.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  const anna = await desk("credit");
  const goods = await someGoods(anna);
  const { order } = await submit(anna, [{ goods }]);
  const [admin, region] = [await desk("admin"), await desk("region")];
  const behind = async (who: typeof admin) => {
    const page = await who.get<{ items: { lines: { order_id: string }[] }[] }>(`/open-quantities?q=${goods.sku}`);
    return page.items.flatMap((item) => item.lines.map((line) => line.order_id));
  };
  expect(await behind(admin)).toContain(order.id);
  const seen = await region.get<{ items: { id: string }[] }>("/orders?limit=200");
  const own = new Set(seen.items.map(({ id }) => id));
  for (const id of await behind(region)) {
    expect(own.has(id)).toBe(true);
  }
  await act(admin, order.id, "send-back", { reason: "no pallets" });
  expect(await behind(admin)).not.toContain(order.id);
});

/** What is open of a SKU, as the API says it. */
async function open(staff: { get<T>(path: string): Promise<T> }, goods: Goods): Promise<number> {
  const page = await staff.get<{ items: { sku: string; open: string }[] }>(`/open-quantities?q=${goods.sku}`);
  return Number(page.items.find(({ sku }) => sku === goods.sku)?.open);
}
