// Every screen in both languages, both looks and two widths: what a machine can see of its quality.
//
// `SHOTS=folder` keeps a picture of each, for people to look at.

import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { notices } from "../support/notices.ts";
import { goodsInStock, submit, submitSome, walk } from "../support/orders.ts";
import { addToCart, deed, deeds, goTo, openInQueue, openPanel, sheet, signOut } from "../support/pages.ts";
import { expectReturnStatus, submitReturn } from "../support/returns.ts";
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
    test.setTimeout(900_000);
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
    for (const view of ["list", "grid", "sheet"]) {
      await page.goto(`/catalog?q=kqs&view=${view}`);
      await expect(page.getByText("矿泉水", { exact: true }).or(page.getByText("Mineral")).first()).toBeVisible();
      const group = page.getByRole("group", { name: words.say("catalog_facets.tag") });
      await expect(group.getByRole("checkbox").first()).toBeVisible();
      await look(page, `catalog-${view}`);
    }
    await page.goto("/catalog?q=zzzzzz");
    await expect(page.getByText(words.say("catalog.empty"), { exact: true })).toBeVisible();
    await look(page, "catalog-none");
    await addToCart(page, words, other);
    await addToCart(page, words, goods, goods.smallest * 2);
    await page.getByRole("link", { name: words.local(goods.product), exact: true }).click();
    await expect(page.getByRole("heading", { name: words.local(goods.product), level: 1 })).toBeVisible();
    await look(page, "product");
    await page.goto("/quick-order");
    await page.getByRole("textbox", { name: words.say("quick_order.code_in", { row: 1 }), exact: true }).fill(goods.sku);
    await page.keyboard.press("Tab");
    await expect(page.getByText(words.say("quick_order.summary", { filled: 1, good: 0, bad: 1 }), { exact: true })).toBeVisible();
    await look(page, "quick-order");
    // Rows that are in no cart would be asked about at signing out.
    await page.getByRole("button", { name: words.say("quick_order.clear"), exact: true }).click();
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

    for (const part of ["", "?show=favourites", "?show=usual"]) {
      await page.goto(`/lists${part}`);
      await expect(page.getByRole("tabpanel").getByRole("listitem").first()).toBeVisible();
      await look(page, `lists${part.replace("?show=", "-")}`);
    }
    await page.goto("/lists");
    await page.getByRole("tabpanel").getByRole("link").first().click();
    await expect(page.getByRole("list", { name: words.say("lists.list"), exact: true })).toBeVisible();
    await look(page, "list");
    await page.getByRole("button", { name: words.say("lists.edit"), exact: true }).click();
    await look(page, "list-edited");
    await page.getByRole("button", { name: words.say("lists.cancel"), exact: true }).click();
    await page.getByRole("link", { name: words.say("lists.order_now") }).click();
    await expect(page.getByRole("list", { name: words.say("lists.again.title") })).toBeVisible();
    await look(page, "list-again");

    await page.goto("/notices");
    await notices(page, words).first().getByRole("link").click();
    await look(page, "notices");
    await page.goto("/notices?category=nothing-such&open=0190b9c4-8d5e-7a31-b1f0-5a3f6f2f9c10");
    await expect(page.getByText(words.say("notices.gone"))).toBeVisible();
    await look(page, "notices-gone");

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
    await deeds(page, words).getByRole("button", { name: words.say("returns.deed.return_goods"), exact: true }).click();
    await expect(page.getByRole("button", { name: words.say("returns.ask.submit"), exact: true })).toBeVisible();
    await look(page, "return-goods");
    await page.keyboard.press("Escape");
    const returned = await submitReturn(anna, shipped.id, shipped.lines[0]?.id ?? "", "1");
    await page.goto(`/returns/${returned}`);
    await expectReturnStatus(page, words, "pending_return_review");
    await look(page, "return");
    await goTo(page, words, "returns.title");
    await expect(page.getByRole("region", { name: words.say("returns.title") }).getByRole("listitem").first()).toBeVisible();
    await look(page, "returns");
    await page.goto("/returns?q=zzzzzz");
    await expect(page.getByText(words.say("returns.none_found"), { exact: true })).toBeVisible();
    await look(page, "returns-none");

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
    test.setTimeout(900_000);
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

    const chosen = await submitSome(anna, { priority: "urgent" });
    await page.goto("/queues/order-review");
    await page.getByRole("checkbox", { name: words.say("batch.choose", { number: chosen.number }) }).check();
    await look(page, "queue-chosen");
    await page.keyboard.press("Shift+A");
    const foot = page.getByRole("region", { name: words.say("batch.label") });
    await expect(foot.getByRole("heading")).toBeVisible();
    await look(page, "queue-question");
    await page.keyboard.press("Enter");
    await expect(foot.getByText(words.say("batch.all_passed", { count: 1 }))).toBeVisible();
    await look(page, "queue-results");
    await foot.getByRole("button", { name: words.say("batch.dismiss") }).click();

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
    await page.goto(`/orders/${order.id}/pick-list`);
    await look(page, "pick-list");
    await page.goto(`/queues/shipping?open=${order.id}`);
    await openPanel(page, words, "ship");
    await look(page, "ship");
    await page.goto(`/orders/${order.id}`);
    await expect(sheet(page)).toBeVisible();
    await look(page, "order");

    await page.goto("/orders");
    await settled(page, words);
    await look(page, "orders");
    for (const board of ["open-quantities", "production-plan", "settings/delegations"]) {
      await page.goto(`/${board}`);
      await settled(page, words);
      await look(page, board.replace("/", "-"));
    }
    for (const queue of ["review", "goods-receipt", "refund"]) {
      await page.goto(`/return-queues/${queue}`);
      await settled(page, words);
      await look(page, `return-queue-${queue}`);
    }
    await walk(order.id, "completed", admin, anna);
    const returned = await submitReturn(anna, order.id, order.lines[0]?.id ?? "", "1");
    await page.goto(`/return-queues/review?open=${returned}`);
    await expectReturnStatus(page, words, "pending_return_review");
    await look(page, "return-queue-open");
    await page.goto(`/returns/${returned}`);
    for (const [panel, next] of [["pass_less", "review"], ["receive_goods", "goods-receipt"], ["refund", "refund"]] as const) {
      const opening = page.getByRole("button", { name: words.say(`returns.deed.${panel}`), exact: true });
      await opening.click();
      const opened = page.getByRole("dialog", { name: words.say(`returns.deed.${panel}`) });
      await expect(opened).toBeVisible();
      await look(page, `return-${panel}`);
      await page.keyboard.press("Escape");
      await expect(opened).toBeHidden();
      const { return: now } = await admin.get<{ return: { version: number } }>(`/returns/${returned}`);
      await admin.change("POST", `/returns/${returned}/${next}`, {}, now.version);
    }
    await expectReturnStatus(page, words, "completed");
    await look(page, "return-completed");
    // A view of its own for each language: what is saved already is not offered to be saved.
    const status = language === "en" ? "sent_back" : "voided";
    await page.goto(`/orders?status=${status}`);
    await page.getByRole("button", { name: words.say("views.save") }).click();
    await page.getByLabel(words.say("views.name")).fill(`${words.say(`labels.status.${status}`)} 1`);
    await look(page, "orders-view-name");
    await page.getByRole("button", { name: words.say("views.save") }).click();
    await expect(page.getByRole("button", { name: words.say("views.remove") })).toBeVisible();
    await look(page, "orders-view");
    await page.goto("/notices");
    await expect(notices(page, words).first()).toBeVisible();
    await look(page, "notices");
    await page.goto("/managed-notices");
    await expect(page.getByRole("list", { name: words.say("notice_desk.list") }).getByRole("listitem").first()).toBeVisible();
    await look(page, "managed-notices");
    await page.goto("/managed-notices/new");
    await page.getByRole("button", { name: words.say("notice_desk.save"), exact: true }).click();
    await expect(page.getByText(words.say("problems.field.required")).first()).toBeVisible();
    await look(page, "notice-missing");
    await page.goto("/settings/workflow");
    await expect(page.getByRole("switch").first()).toBeVisible();
    await look(page, "workflow");
    await page.goto("/for");
    const customers = page.getByRole("list", { name: words.say("on_behalf.customers") });
    await expect(customers.getByRole("link").first()).toBeVisible();
    await look(page, "order-for");
    await customers.getByRole("link").first().click();
    await expect(page.getByRole("heading", { name: words.say("quick_order.title"), level: 1 })).toBeVisible();
    await look(page, "order-for-quick-order");
    await page.goto("/settings/workflow");
    await expect(page.getByRole("switch").first()).toBeVisible();
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
