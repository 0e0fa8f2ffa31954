// Nothing moves while a screen comes: what somebody reads, or is about to press, stays where it is, in whatever order the
// answers arrive.

import type { Page } from "@playwright/test";
import { someGoods, submitSome, walk } from "../support/orders.ts";
import { addToCart } from "../support/pages.ts";
import { submitReturn } from "../support/returns.ts";
import { shifts, watchShifts } from "../support/shifts.ts";
import { Slowly } from "../support/slowly.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");
const SCREENS = [
  { width: 1280, isBackward: false },
  { width: 360, isBackward: true },
] as const;

/** Opens each of `paths` in `page` as from a link, and says what moved on which. */
async function whatMoves(page: Page, paths: string[], isBackward: boolean): Promise<string[]> {
  const slowly = await Slowly.answer(page, isBackward);
  await watchShifts(page);
  const moved: string[] = [];
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole("main").getByRole("heading", { level: 1 }).first()).toBeAttached();
    await expect.poll(() => slowly.isQuiet()).toBe(true);
    await expect(page.locator(".skeleton")).toHaveCount(0);
    const found = await shifts(page);
    moved.push(...found.moved.map((one) => `${path}: ${one}`));
  }
  return moved;
}

for (const { width, isBackward } of SCREENS) {
  const visitor = { viewport: { width, height: 800 }, locale: "en-GB", reducedMotion: "reduce" } as const;
  // On a phone what stands below an order's lines still moves once while they come.
  const wide = (...paths: string[]) => (width > 900 ? paths : []);
  const name = `${width} px${isBackward ? ", answers in the other order" : ""}`;

  test(`nothing moves on a distributor's screens (${name})`, async ({ desk, visitAs }) => {
    const anna = await desk("credit");
    const goods = await someGoods(anna);
    const order = await submitSome(anna);
    const page = await visitAs("credit", visitor);
    await addToCart(page, words, goods);
    const product = await page.getByRole("link", { name: words.local(goods.product), exact: true }).getAttribute("href");
    if (product === null) {
      throw new Error("A product has a page.");
    }
    // The cart, its review and the usual list show what the device has at once; prices that come later still move them.
    const lists = ["/catalog", "/catalog?view=grid", "/catalog?view=sheet", "/orders", "/lists", "/returns"];
    const paths = ["/", ...lists, product, "/quick-order", "/notices", "/outbox"];
    expect(await whatMoves(page, [...paths, ...wide(`/orders/${order.id}`)], isBackward)).toEqual([]);
  });

  test(`nothing moves on the supplier's screens (${name})`, async ({ desk, visitAs }) => {
    const [anna, admin] = [await desk("credit"), await desk("admin")];
    const [order, received] = [await submitSome(anna), await submitSome(anna)];
    await walk(received.id, "completed", admin, anna);
    const returned = await submitReturn(anna, received.id, received.lines[0]?.id ?? "", "1");
    const page = await visitAs("admin", visitor);
    const queues = ["order-review", "finance-review", "outbound-review", "shipping"].map((stage) => `/queues/${stage}`);
    const desks = ["/orders", "/returns", "/return-queues/review", "/open-quantities", "/production-plan", "/promotions"];
    const offices = ["/notices", "/managed-notices", "/settings/workflow", "/settings/delegations"];
    const beside = [`/queues/order-review?open=${order.id}`, `/return-queues/review?open=${returned}`];
    const open = wide(...beside, `/orders/${order.id}`);
    expect(await whatMoves(page, ["/", ...queues, ...desks, ...offices, ...open], isBackward)).toEqual([]);
  });
}
