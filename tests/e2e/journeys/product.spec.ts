// The product page: the picture looked at closely, and a quantity in each cell of a table of variants.

import type { Page } from "@playwright/test";
import type { Desk } from "../support/desk.ts";
import { expect, test } from "../support/test.ts";
import { type LocalText, Words } from "../support/words.ts";

const words = new Words("en");

interface Product {
  id: string;
  name: LocalText;
  variants: { id: string; sku: string; name: LocalText; unit: { name: LocalText }; rule: { multiple?: string } }[];
}

/** The product of the sample that comes in colours and sizes. */
async function cups(customer: Desk): Promise<Product> {
  const found = await customer.get<{ items: Product[] }>("/products?q=double-wall%20paper%20cups");
  const [product] = found.items;
  if (product === undefined) {
    throw new Error("The sample has cups in colours and sizes.");
  }
  return product;
}

function cell(page: Page, product: Product, number: number) {
  const variant = product.variants[number];
  if (variant === undefined) {
    throw new Error(`${product.name.en} has no variant ${number}.`);
  }
  const name = words.say("catalog.quantity", { name: `${product.name.en} ${variant.name.en}`, unit: variant.unit.name.en });
  return page.getByRole("table").getByRole("textbox", { name, exact: true });
}

test("each cell of the table takes a quantity, and all of them are added at once", async ({ visitAs, desk }) => {
  const product = await cups(await desk("credit"));
  const page = await visitAs("credit", { locale: "en-GB" });
  await page.goto(`/catalog/${product.id}`);
  const table = page.getByRole("table").filter({ has: page.getByRole("rowheader", { name: "Kraft" }) });
  await expect(table.getByRole("columnheader")).toHaveText(["8 oz", "12 oz", "16 oz"]);
  await expect(table.getByRole("rowheader")).toHaveText(["White", "Kraft", "Black"]);

  const [first, last] = [cell(page, product, 0), cell(page, product, 8)];
  const add = page.getByRole("button", { name: words.say("product_page.add_all"), exact: true });
  await first.fill("3");
  await last.fill("nonsense");
  await add.click();
  // Nothing was added while something is wrong: the cell says what.
  await expect(last).toBeFocused();
  await expect(last).toHaveAttribute("aria-invalid", "true");
  await expect(first).toHaveValue("3");
  await last.fill("2");
  await last.press("Enter");
  await expect(page.getByText(words.say("product_page.added", { count: 2 }), { exact: true })).toBeVisible();
  await expect(first).toHaveValue("");
  await page.goto("/cart");
  for (const number of [0, 8]) {
    await expect(page.getByText(product.variants[number]?.sku ?? "", { exact: true })).toBeVisible();
  }
});

test("a picture is looked at closely by keyboard, and Esc leads back", async ({ visitAs, desk }) => {
  const product = await cups(await desk("credit"));
  const page = await visitAs("credit", { locale: "en-GB" });
  await page.goto(`/catalog/${product.id}`);
  const open = page.getByRole("button", { name: words.say("product_page.enlarge", { name: product.name.en }) });
  await open.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: product.name.en });
  await expect(dialog.getByRole("img", { name: product.name.en })).toBeVisible();
  const size = dialog.getByRole("status");
  await expect(size).toHaveText("100 %");
  await dialog.getByRole("button", { name: words.say("product_page.larger"), exact: true }).click();
  await page.keyboard.press("+");
  await expect(size).toHaveText("300 %");
  await page.keyboard.press("-");
  await expect(size).toHaveText("200 %");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(open).toBeFocused();
});

test("in the list a product of many variants shows the first and leads to all of them", async ({ visitAs, desk }) => {
  const product = await cups(await desk("credit"));
  const page = await visitAs("credit", { locale: "en-GB" });
  await page.goto("/catalog?q=double-wall%20paper%20cups");
  const all = page.getByRole("link", { name: words.say("catalog.all_variants", { count: product.variants.length }), exact: true });
  await all.click();
  await expect(page).toHaveURL(new RegExp(`/catalog/${product.id}$`));
});
