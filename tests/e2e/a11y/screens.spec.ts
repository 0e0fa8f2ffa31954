// Every screen in both languages, both looks and two widths: what a machine can see of its quality.
//
// `SHOTS=folder` keeps a picture of each, for people to look at.

import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { goodsInStock, submit, submitSome, walk } from "../support/orders.ts";
import { addToCart, deed, goTo, openInQueue, openPanel, sheet, signOut } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

const WIDTHS = [1280, 360] as const;
const LOOKS = ["light", "dark"] as const;
const SHOTS = process.env.SHOTS;

// A walk of hundreds of steps: recording each would take longer than the walk.
test.use({ trace: "off" });

for (const language of LANGUAGES) {
  const words = new Words(language);
  const visitor = { locale: words.locale, reducedMotion: "reduce" } as const;

  test(`everything a distributor sees is in order (${language})`, async ({ desk, visit, visitAs }) => {
    test.setTimeout(300_000);
    const [anna, admin] = [await desk("credit"), await desk("admin")];
    const [goods, other] = await goodsInStock(anna, 2);
    if (goods === undefined || other === undefined) {
      throw new Error("There are two.");
    }
    const look = (page: Page, name: string) => lookAt(page, words, `distributor-${name}`);

    const stranger = await visit(visitor);
    await stranger.goto("/");
    await expect(stranger.getByRole("button", { name: /./ }).nth(5)).toBeVisible();
    await look(stranger, "sign-in");
    await stranger.getByRole("button", { name: words.say("auth.submit"), exact: true }).click();
    await look(stranger, "sign-in-missing");

    const page = await visitAs("credit", visitor);
    await expect(page.getByRole("heading", { name: words.say("home.distributor.needs_me") })).toBeVisible();
    await look(page, "home");
    await goTo(page, words, "shell.cart");
    await look(page, "cart-empty");
    await page.goto("/catalog");
    await expect(page.getByRole("listitem").filter({ hasText: /\d/ }).nth(5)).toBeVisible();
    await look(page, "catalog");
    await page.goto("/catalog?q=zzzzzz");
    await expect(page.getByText(words.say("catalog.empty"), { exact: true })).toBeVisible();
    await look(page, "catalog-none");
    await addToCart(page, words, other);
    await addToCart(page, words, goods, goods.smallest * 2);
    await page.getByRole("link", { name: words.local(goods.product), exact: true }).click();
    await expect(page.getByRole("heading", { name: words.local(goods.product), level: 1 })).toBeVisible();
    await look(page, "product");
    await goTo(page, words, "shell.cart");
    await expect(page.getByRole("radio").first()).toBeVisible();
    await look(page, "cart");
    await page.getByRole("textbox", { name: words.say("cart.quantity", { name: words.local(goods.name), unit: words.local(goods.unit) }) }).fill("0.00001");
    await look(page, "cart-wrong");
    await page.getByRole("textbox", { name: words.say("cart.quantity", { name: words.local(goods.name), unit: words.local(goods.unit) }) }).fill(String(goods.smallest));
    await page.getByRole("link", { name: words.say("cart.to_review") }).click();
    await expect(page.getByRole("heading", { name: words.say("cart.review_title") })).toBeVisible();
    await look(page, "review");

    await goTo(page, words, "shell.orders");
    await expect(page.getByRole("region", { name: words.say("orders.title") }).getByRole("listitem").first()).toBeVisible();
    await look(page, "orders");
    await page.goto("/orders?q=zzzzzz");
    await expect(page.getByText(words.say("orders.none_found"), { exact: true })).toBeVisible();
    await look(page, "orders-none");

    const wishes = [{ goods }, { goods: other }];
    const { order: shipped } = await submit(anna, wishes, { note: "Ring at gate 3", priority: "special" });
    await walk(shipped.id, "pending_receipt", admin, anna);
    await page.goto(`/orders/${shipped.id}`);
    await openPanel(page, words, "receive");
    await look(page, "receive");
    await page.keyboard.press("Escape");
    await look(page, "order-shipped");
    await walk(shipped.id, "completed", admin, anna);
    await expect(page.getByText(words.say("order.nothing_more"))).toBeVisible();
    await look(page, "order-completed");

    const { order: back } = await submit(anna, wishes);
    await admin.change("POST", `/orders/${back.id}/send-back`, { reason: "The pallet is too high" }, back.version);
    await page.goto(`/orders/${back.id}`);
    await openPanel(page, words, "resubmit");
    await look(page, "resubmit");
    await page.keyboard.press("Escape");
    await look(page, "order-sent-back");

    const { order: cut } = await submit(anna, wishes);
    const lines = cut.lines.slice(0, 1).map((line) => ({ line_id: line.id, price: "9999", reason: "The harvest was bad" }));
    await admin.change("POST", `/orders/${cut.id}/order-review`, { lines }, cut.version);
    await page.goto(`/orders/${cut.id}`);
    await expect(deed(page, words, "confirm_changes")).toBeVisible();
    await look(page, "order-to-confirm");
    await page.goto("/no-such-page");
    await expect(page.getByText(words.say("shell.not_found_title")).first()).toBeVisible();
    await look(page, "not-found");
    await signOut(page, words);
  });

  test(`everything the supplier sees is in order (${language})`, async ({ desk, visitAs }) => {
    test.setTimeout(300_000);
    const [anna, admin] = [await desk("credit"), await desk("admin")];
    const look = (page: Page, name: string) => lookAt(page, words, `supplier-${name}`);
    const page = await visitAs("admin", visitor);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await settled(page, words);
    await look(page, "home");

    for (const stage of ["order-review", "executive-approval", "finance-review", "production", "outbound-review", "shipping"]) {
      await page.goto(`/queues/${stage}`);
      await settled(page, words);
      await look(page, `queue-${stage}`);
    }

    const order = await submitSome(anna, { priority: "urgent", note: "Ring at gate 3" });
    await openInQueue(page, words, "order_review", order.number);
    await look(page, "order-review");
    for (const panel of ["adjust", "send_back", "void"]) {
      const opened = await openPanel(page, words, panel);
      await look(page, panel);
      await page.keyboard.press("Escape");
      await expect(opened).toBeHidden();
    }
    await walk(order.id, "pending_finance_review", admin, anna);
    await page.goto(`/queues/finance-review?open=${order.id}`);
    await look(page, "finance-review");
    await openPanel(page, words, "enter_payment");
    await look(page, "enter_payment");
    await walk(order.id, "pending_outbound_review", admin, anna);
    await page.goto(`/queues/outbound-review?open=${order.id}`);
    await openPanel(page, words, "pass_outbound_review");
    await look(page, "pass_outbound_review");
    await walk(order.id, "pending_shipment", admin, anna);
    await page.goto(`/queues/shipping?open=${order.id}`);
    await openPanel(page, words, "ship");
    await look(page, "ship");
    await page.goto(`/orders/${order.id}`);
    await expect(sheet(page)).toBeVisible();
    await look(page, "order");

    await page.goto("/orders");
    await settled(page, words);
    await look(page, "orders");
    await page.goto("/settings/workflow");
    await expect(page.getByRole("switch").first()).toBeVisible();
    await look(page, "workflow");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: words.say("shell.shortcuts") })).toBeVisible();
    await look(page, "shortcuts");
  });
}

/** Looks at the page as it is, in both looks and widths. */
async function lookAt(page: Page, words: Words, name: string): Promise<void> {
  await settled(page, words);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width === 360 ? 740 : 800 });
    await expectNothingBeside(page, name);
    for (const colorScheme of LOOKS) {
      await page.emulateMedia({ colorScheme });
      await test.step(`${name}, ${width} px, ${colorScheme}`, async () => {
        await expectAccessible(page, colorScheme === "light" ? "everything" : "colours");
        if (SHOTS !== undefined) {
          await page.screenshot({ path: join(SHOTS, `${name}-${words.language}-${width}-${colorScheme}.png`), fullPage: true });
        }
      });
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await expectOneLanguage(page, words, name);
}

/** The app is there and has nothing left to load. */
async function settled(page: Page, words: Words): Promise<void> {
  await expect(page.getByRole("banner").first()).toBeVisible();
  const loading = [...words.all].filter(([key]) => /loading$|\.checking$/.test(key)).map(([, text]) => text);
  await expect(page.getByRole("status").filter({ hasText: new RegExp(loading.join("|")) })).toHaveCount(0);
}

/** The page is as wide as its window. */
async function expectNothingBeside(page: Page, name: string): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(wider, `${name} scrolls sideways`).toBe(0);
}

/** Nothing reads as a key, a gap that was not filled, or a sentence of the other language. */
async function expectOneLanguage(page: Page, words: Words, name: string): Promise<void> {
  const other = new Words(words.language === "en" ? "zh-CN" : "en");
  const own = new Set(words.all.values());
  const foreign = new Set([...other.all.values()].filter((text) => !own.has(text)));
  const keys = new Set(words.all.keys());
  // The switch names each language in itself.
  const lines = (await page.getByRole("document").innerText()).split("\n").map((line) => line.trim());
  const wrong = lines.filter((line) => foreign.has(line) || keys.has(line) || /\{\{|\}\}/.test(line));
  expect.soft(wrong, `${name} in ${words.language}`).toEqual([]);
}
