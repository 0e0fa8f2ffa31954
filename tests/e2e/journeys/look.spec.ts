// Language and look change at once, on the page as it is, and are there the next time.

import type { Page } from "@playwright/test";
import { birth, openAccountMenu } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";

/** The colour scheme that the page is drawn in. */
function scheme(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
}

test("the sign-in page changes its language at once and keeps it", async ({ visit }) => {
  const page = await visit();
  await page.goto("/");
  const born = await birth(page);
  await page.getByLabel("Login name").fill("somebody");
  await page.getByRole("group", { name: "Language" }).getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("heading", { name: "登录", exact: true })).toBeVisible();
  await expect(page.getByLabel("账号", { exact: true })).toHaveValue("somebody");
  await expect(page.getByRole("document")).toHaveAttribute("lang", "zh-CN");
  await expect(page).toHaveTitle(/^登录/);
  expect(await birth(page)).toBe(born);
  await page.reload();
  await expect(page.getByRole("heading", { name: "登录", exact: true })).toBeVisible();
});

test("a page of the desk changes language and look under its reader and keeps both", async ({ visitAs }) => {
  const page = await visitAs("credit", { colorScheme: "light" });
  await page.goto("/catalog");
  await expect(page.getByRole("heading", { name: "Catalog" })).toBeVisible();
  const born = await birth(page);
  await openAccountMenu(page);
  await page.getByRole("group", { name: "Theme" }).getByRole("button", { name: "Dark" }).click();
  await expect.poll(() => scheme(page)).toBe("dark");
  await openAccountMenu(page);
  await page.getByRole("group", { name: "Language" }).getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("heading", { name: "商品目录" })).toBeVisible();
  await expect(page.getByRole("document")).toHaveAttribute("lang", "zh-CN");
  expect(await birth(page)).toBe(born);

  await page.reload();
  await expect(page.getByRole("heading", { name: "商品目录" })).toBeVisible();
  expect(await scheme(page)).toBe("dark");
  await openAccountMenu(page);
  await expect(page.getByRole("group", { name: "外观" }).getByRole("button", { name: "深色" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("group", { name: "外观" }).getByRole("button", { name: "跟随系统" }).click();
  await expect.poll(() => scheme(page)).toBe("light dark");
});
