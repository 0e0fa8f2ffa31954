// What a customer keeps to order from again: favourites, saved lists, the usual list, and ordering an order again.

import type { Page } from "@playwright/test";
import { goodsInStock, submit, twoGoods, type Goods } from "../support/orders.ts";
import { addToCart, goTo, undo } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

const words = new Words("en");

/** The star of `goods`, wherever it is on the page. */
function star(page: Page, goods: Goods) {
  return page.getByRole("button", { name: words.say("lists.favourite_named", { name: words.local(goods.name) }), exact: true });
}

/** Searches for `goods` in the header. */
async function find(page: Page, goods: Goods): Promise<void> {
  const search = page.getByRole("searchbox", { name: words.say("shell.search_products") });
  await search.fill(words.local(goods.product));
  await search.press("Enter");
}

test("a favourite is marked in the catalog and is there on another device", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const favourites = await anna.get<{ variant_id: string }[]>("/favourites");
  const all = await goodsInStock(anna, 6);
  const goods = all.find((one) => !favourites.some((favourite) => favourite.variant_id === one.variantId));
  if (goods === undefined) {
    throw new Error("Everything is a favourite already.");
  }
  const page = await visitAs("credit");
  await find(page, goods);
  await expect(star(page, goods)).toHaveAttribute("aria-pressed", "false");
  await star(page, goods).click();
  await expect(star(page, goods)).toHaveAttribute("aria-pressed", "true");

  const phone = await visitAs("credit", { viewport: { width: 360, height: 740 } });
  await goTo(phone, words, "lists.title");
  await phone.getByRole("tab", { name: words.say("lists.favourites") }).click();
  await expect(phone).toHaveURL(/\/lists\?show=favourites$/);
  const rows = phone.getByRole("list", { name: words.say("lists.favourites") }).getByRole("listitem");
  await expect(rows.filter({ hasText: goods.sku })).toBeVisible();
  // What one device takes away is gone on the other, without loading it again.
  await star(phone, goods).click();
  await expect(rows.filter({ hasText: goods.sku })).toHaveCount(0);
  await expect(star(page, goods)).toHaveAttribute("aria-pressed", "false");
});

test("a favourite that can't be saved says so and stays what it was", async ({ desk, visitAs, watch }) => {
  watch.tolerate(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
  const [goods] = await twoGoods(await desk("deposit"));
  const page = await visitAs("deposit");
  await find(page, goods);
  const before = await star(page, goods).getAttribute("aria-pressed");
  await page.route(/\/favourites\//, (route) => route.abort());
  await star(page, goods).click();
  await expect(page.getByText(words.say("problems.unreachable"))).toBeVisible();
  await page.unroute(/\/favourites\//);
  const same = page.getByRole("button", { name: new RegExp(`^Favourite: ${words.local(goods.name)}`) });
  await expect(same).toHaveAttribute("aria-pressed", before ?? "");
});

test("the cart is saved as a list, and the list fills the cart again", async ({ desk, visitAs }) => {
  const [first, second] = await twoGoods(await desk("prepaid"));
  const page = await visitAs("prepaid");
  await addToCart(page, words, first, first.smallest * 2);
  await addToCart(page, words, second);
  await goTo(page, words, "shell.cart");
  await page.getByRole("button", { name: words.say("lists.save_as") }).click();
  const dialog = page.getByRole("dialog", { name: words.say("lists.save_as") });
  await dialog.getByLabel(words.say("lists.name")).fill("");
  await dialog.getByRole("button", { name: words.say("lists.save"), exact: true }).click();
  await expect(dialog.getByText(words.say("lists.name_wrong", { most: 100 }))).toBeVisible();
  await dialog.getByLabel(words.say("lists.name")).fill("Corner shop");
  await dialog.getByRole("button", { name: words.say("lists.save"), exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(words.say("lists.saved", { name: "Corner shop" }))).toBeVisible();

  await goTo(page, words, "lists.title");
  await page.getByRole("link", { name: "Corner shop" }).click();
  await expect(page.getByRole("heading", { name: "Corner shop", level: 1 })).toBeVisible();
  const rows = page.getByRole("list", { name: words.say("lists.list"), exact: true }).getByRole("listitem");
  await expect(rows).toHaveCount(2);
  await page.getByRole("button", { name: words.say("lists.add_all", { count: 2 }) }).click();
  const twice = words.say("catalog.in_cart", { quantity: `${first.smallest * 4} ${words.local(first.unit)}` });
  await expect(rows.filter({ hasText: first.sku }).getByText(twice)).toBeVisible();
  await undo(page, words, words.say("lists.added_all", { count: 2 }));
  await expect(rows.filter({ hasText: first.sku }).getByText(twice)).toBeHidden();

  await page.getByRole("button", { name: words.say("lists.edit"), exact: true }).click();
  await page.getByLabel(words.say("lists.name")).fill("Corner shop, weekly");
  await page.getByRole("button", { name: words.say("lists.take_out", { name: words.local(second.name) }) }).click();
  await page.getByRole("button", { name: words.say("lists.save"), exact: true }).click();
  await expect(page.getByRole("heading", { name: "Corner shop, weekly", level: 1 })).toBeVisible();
  await expect(rows).toHaveCount(1);

  await page.getByRole("button", { name: words.say("lists.edit"), exact: true }).click();
  await page.getByRole("button", { name: words.say("lists.remove"), exact: true }).click();
  await expect(page.getByRole("link", { name: "Corner shop, weekly" })).toBeHidden();
  await undo(page, words, words.say("lists.removed", { name: "Corner shop, weekly" }));
  await expect(page.getByRole("link", { name: "Corner shop, weekly" })).toBeVisible();
});

for (const language of LANGUAGES) {
  const said = new Words(language);
  test(`the usual list says how often, how much and when last (${language})`, async ({ desk, visitAs }) => {
    const usual = await (await desk("credit")).get<{ items: { sku: string; rhythm: string; every?: number; ago: number }[] }>("/lists/usual");
    const item = usual.items.slice(0, 60).find((one) => one.rhythm === "due" || one.rhythm === "not_yet");
    if (item === undefined) {
      throw new Error("The sample's customer buys nothing regularly.");
    }
    const page = await visitAs("credit", { locale: said.locale });
    await page.goto("/lists?show=usual");
    const rows = page.getByRole("list", { name: said.say("lists.usual") }).getByRole("listitem");
    const row = rows.filter({ has: page.getByText(item.sku, { exact: true }) });
    const reason = said.say(`lists.rhythm.${item.rhythm}`, { every: item.every ?? 0, ago: item.ago, quantity: "" }).trim();
    await expect(row).toContainText(reason);
  });
}

test("ordering an order again shows what changed before anything is in the cart", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const [first, second, third] = await goodsInStock(anna, 3);
  if (first === undefined || second === undefined || third === undefined) {
    throw new Error("There are three.");
  }
  const { order } = await submit(anna, [{ goods: first }, { goods: second }, { goods: third }]);
  const page = await visitAs("credit");
  // The first has another price now and the second is off sale: the server's own tests change the catalog itself.
  await page.route(`**/orders/${order.id}/reorder`, async (route) => {
    const response = await route.fetch();
    const reorder = await response.json();
    const line = (goods: Goods) => reorder.lines.find((one: { sku: string }) => one.sku === goods.sku);
    Object.assign(line(first), { verdict: "price_changed", before: "0.01" });
    const gone = line(second);
    Object.assign(gone, { verdict: "gone", offer: null, replacements: [line(third).offer] });
    delete gone.price;
    delete gone.quantity;
    await route.fulfill({ response, json: reorder });
  });
  await page.goto(`/orders/${order.id}`);
  await page.getByRole("link", { name: words.say("lists.again.link") }).click();
  await expect(page.getByRole("heading", { name: words.say("lists.again.title_of", { name: order.number }) })).toBeVisible();
  const lines = page.getByRole("list", { name: words.say("lists.again.title") }).getByRole("listitem");
  await expect(lines.filter({ hasText: first.sku })).toContainText("was ¥0.01");
  await expect(lines.filter({ hasText: second.sku })).toContainText(words.say("lists.again.gone"));
  await expect(page.getByRole("checkbox", { name: words.say("lists.again.take", { name: words.local(third.name) }), exact: true })).toBeChecked();
  const put = (count: number) => page.getByRole("button", { name: words.say("lists.again.put", { count }) });
  await expect(put(2)).toBeVisible();

  // A replacement is only taken when somebody chooses it.
  const instead = page.getByRole("group", { name: words.say("lists.again.instead", { name: words.local(second.name) }) });
  await expect(instead.getByRole("radio", { name: words.say("lists.again.leave_out") })).toBeChecked();
  await instead.getByRole("radio", { name: new RegExp(`^${words.local(third.name)}`) }).check();
  await page.getByRole("checkbox", { name: words.say("lists.again.take", { name: words.local(third.name) }), exact: true }).uncheck();
  await put(2).click();
  await expect(page).toHaveURL(/\/cart$/);
  const inCart = page.getByRole("list", { name: words.say("cart.lines") }).getByRole("listitem");
  await expect(inCart).toHaveCount(2);
  await expect(inCart.filter({ hasText: first.sku })).toBeVisible();
  await expect(inCart.filter({ hasText: third.sku })).toBeVisible();
  await undo(page, words, words.say("lists.added_all", { count: 2 }));
  await expect(page.getByText(words.say("cart.empty"), { exact: true })).toBeVisible();
});
