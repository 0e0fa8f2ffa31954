// Promotions as the supplier makes and ends them, for tests that need one but are not about the form.

import { randomUUID } from "node:crypto";
import type { Desk } from "./desk.ts";
import type { Goods } from "./orders.ts";

/** A promotion that was put in its place. */
export interface Kept {
  id: string;
  version: number;
  body: Record<string, unknown>;
}

/** Promises something to everybody, since yesterday. */
export async function promote(admin: Desk, name: string, rule: unknown): Promise<Kept> {
  const id = randomUUID();
  const from = new Date(Date.now() - 86_400_000).toISOString();
  const body = { name: { zh: name, en: name }, is_on: true, from, until: null, audience: {}, rule };
  const { version } = await admin.change<{ version: number }>("PUT", `/managed-promotions/${id}`, body, 0);
  return { id, version, body };
}

/** Ends it. */
export async function end(admin: Desk, { id, version, body }: Kept): Promise<void> {
  await admin.change("PUT", `/managed-promotions/${id}`, { ...body, is_on: false }, version);
}

/** Half the price for `goods`. */
export function half(goods: Goods): unknown {
  return {
    kind: "line",
    goods: { variants: [goods.variantId] },
    effect: { effect: "off", share: "0.5" },
    stacks_with_breaks: false,
  };
}
