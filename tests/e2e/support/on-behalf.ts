// Staff who order on behalf of a customer.

import type { Locator, Page } from "@playwright/test";
import type { Desk } from "./desk.ts";
import { expect } from "./test.ts";
import type { LocalText, Words } from "./words.ts";

/** A customer, named. */
export interface Customer {
  id: string;
  code: string;
  name: LocalText;
}

/** The customer whose desk this is. */
export async function customerOf(desk: Desk): Promise<Customer> {
  const { customer } = await desk.get<{ customer: Customer }>("/account");
  return customer;
}

/** The bar that says for whom is ordered. */
export function bar(page: Page, words: Words): Locator {
  return page.getByRole("region", { name: words.say("on_behalf.bar") });
}

/** Finds a customer by the code, and begins to order for it. */
export async function orderFor(page: Page, words: Words, customer: Customer): Promise<void> {
  await page.getByRole("searchbox", { name: words.say("on_behalf.search") }).fill(customer.code);
  await page.waitForURL(/\/for\?q=/);
  const found = page.getByRole("list", { name: words.say("on_behalf.customers") });
  await found.getByRole("link", { name: words.local(customer.name), exact: true }).click();
  const said = words.say("on_behalf.ordering_for", { name: words.local(customer.name), code: customer.code });
  await expect(bar(page, words)).toContainText(said);
}
