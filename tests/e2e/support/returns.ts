// Returns through the API: what a test begins with, and what it looks at afterwards.

import type { Page } from "@playwright/test";
import type { Desk } from "./desk.ts";
import { expect } from "./test.ts";
import { sheet } from "./pages.ts";
import type { Words } from "./words.ts";

/** A return, as far as tests care. */
export interface Return {
  id: string;
  number: string;
  order_id: string;
  is_claim: boolean;
  status: string;
  version: number;
}

/** The returns of an order. */
export async function returnsOf(desk: Desk, orderId: string): Promise<Return[]> {
  const found = await desk.get<{ returns: Return[] }>(`/orders/${orderId}/returns`);
  return found.returns;
}

/** Returns so much of a line of an order. */
export async function submitReturn(desk: Desk, orderId: string, lineId: string, quantity: string): Promise<string> {
  const lines = [{ line_id: lineId, quantity, reason: "quality", note: "" }];
  const { return: subject } = await desk.change<{ return: { id: string } }>("POST", `/orders/${orderId}/returns`, { lines, note: "" });
  return subject.id;
}

/** Waits until the open return says that it is in `status`. */
export async function expectReturnStatus(page: Page, words: Words, status: string): Promise<void> {
  await expect(sheet(page).getByText(words.say(`returns.status.${status}`), { exact: true }).first()).toBeVisible();
}
