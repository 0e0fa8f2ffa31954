// An order that is submitted without a connection is safe on the device and arrives once.

import { expectAccessible } from "../support/axe.ts";
import { someGoods, twoGoods } from "../support/orders.ts";
import { addToCart, goTo, navigation, review, submitButton, submitOffline, submitted, undo } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

const words = new Words("en");
const OFFLINE = /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_NETWORK_IO_SUSPENDED|ERR_FAILED/;

test("an order submitted offline goes out by itself when the connection is back, once", async ({ desk, visitAs, watch }) => {
  watch.tolerate(OFFLINE);
  const bao = await desk("prepaid");
  const goods = await someGoods(bao);
  const before = await bao.orderCount();
  const page = await visitAs("prepaid");
  await addToCart(page, words, goods);
  await submitOffline(page, words);
  await expect(navigation(page, words).getByRole("link", { name: /^Outbox/ })).toContainText("1");
  await expect(navigation(page, words).getByText(/^1 waiting · Offline/)).toBeVisible();
  await page.context().setOffline(false);
  await submitted(page, words);
  await expect(navigation(page, words).getByRole("link", { name: /^Outbox/ })).toBeHidden();
  expect(await bao.orderCount()).toBe(before + 1);
  await page.goto("/outbox");
  await expect(page.getByText("Nothing is waiting")).toBeVisible();
});

test("what waits in the outbox can be copied, exported, discarded and taken back", async ({ desk, visitAs, watch }) => {
  watch.tolerate(OFFLINE);
  const bao = await desk("prepaid");
  const first = await someGoods(bao);
  const before = await bao.orderCount();
  const page = await visitAs("prepaid");
  await addToCart(page, words, first);
  await submitOffline(page, words);
  const exported = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export as a file" }).click();
  expect((await exported).suggestedFilename()).toMatch(/^order-.+\.json$/);

  // A copy is an order of its own.
  await page.getByRole("button", { name: "Copy as a new draft" }).click();
  await expect(page.getByRole("list", { name: "Lines" }).getByRole("listitem").filter({ hasText: first.sku })).toBeVisible();

  // The connection is back, but submissions get lost: whether one arrived is not known, so the server is asked first.
  await page.route((url) => url.pathname === "/api/v1/orders", (route) =>
    route.request().method() === "POST" ? route.abort() : route.fallback());
  await page.context().setOffline(false);
  await goTo(page, words, "outbox.title");
  await page.getByRole("main").getByRole("link", { name: "Lines: 1" }).click();
  // An order is thrown away by nobody's slip.
  const asked = page.getByRole("dialog", { name: "Discard this order?" });
  await page.getByRole("button", { name: "Discard", exact: true }).click();
  await asked.getByRole("button", { name: "Keep the order" }).last().click();
  await expect(asked).toBeHidden();
  await expect(page.getByRole("main").getByText("Lines: 1")).toBeVisible();
  await page.getByRole("button", { name: "Discard", exact: true }).click();
  await asked.getByRole("button", { name: "Discard the order" }).click();
  await expect(page.getByText("The order was discarded.")).toBeVisible();
  expect(await bao.orderCount()).toBe(before);
});

test("what waits for its time goes out at once when somebody says so", async ({ desk, visitAs }) => {
  const bao = await desk("prepaid");
  const goods = await someGoods(bao);
  const before = await bao.orderCount();
  const page = await visitAs("prepaid");
  // The server is busy and asks to be left alone for longer than this test waits: nothing goes out by itself.
  let isBusy = true;
  const problem = { type: "/problems/rate-limited", retry_after: 300, status: 429, title: "Too many attempts", instance: "" };
  await page.route((url) => url.pathname === "/api/v1/orders", (route) =>
    isBusy && route.request().method() === "POST"
      ? route.fulfill({ status: 429, contentType: "application/problem+json", body: JSON.stringify(problem) })
      : route.fallback());
  const submitInVain = async () => {
    isBusy = true;
    await addToCart(page, words, goods);
    await review(page, words);
    await submitButton(page, words).click();
    await expect(page.getByRole("alert").filter({ hasText: words.say("outbox.state_unknown") })).toBeVisible();
    isBusy = false;
  };

  await submitInVain();
  await goTo(page, words, "outbox.title");
  await page.getByRole("button", { name: words.say("outbox.send_now"), exact: true }).click();
  await expect(page.getByText(words.say("outbox.empty"), { exact: true })).toBeVisible();
  expect(await bao.orderCount()).toBe(before + 1);

  await submitInVain();
  await page.getByRole("button", { name: words.say("outbox.again"), exact: true }).click();
  await submitted(page, words);
  expect(await bao.orderCount()).toBe(before + 2);
});

test("drafts stand side by side, each with its name", async ({ desk, visitAs }) => {
  const bao = await desk("deposit");
  const [first, second] = await twoGoods(bao);
  const page = await visitAs("deposit");
  await addToCart(page, words, first);
  await goTo(page, words, "shell.cart");
  await page.getByLabel("Name of this draft").fill("North shop");
  await page.getByRole("button", { name: "North shop" }).click();
  await page.getByRole("button", { name: "Begin another draft" }).click();
  await expect(page.getByText("The cart is empty")).toBeVisible();
  await addToCart(page, words, second);
  await goTo(page, words, "shell.cart");
  const lines = page.getByRole("list", { name: "Lines" }).getByRole("listitem");
  await expect(lines).toHaveCount(1);
  await expect(lines).toContainText(second.sku);
  await page.reload();
  await expect(lines).toContainText(second.sku);
  await page.getByRole("button", { name: "Drafts (1 more)" }).click();
  await page.getByRole("button", { name: /^North shop/ }).click();
  await expect(lines).toContainText(first.sku);

  // Removing one is undone with a press.
  await page.getByRole("button", { name: "North shop" }).click();
  await page.getByRole("button", { name: "Remove this draft" }).click();
  await expect(lines.filter({ hasText: first.sku })).toHaveCount(0);
  await undo(page, words, words.say("cart.draft_removed"));
  await expect(lines).toContainText(first.sku);
});

test("two tabs that changed one draft without knowing of each other end in a question", async ({ desk, visitAs }) => {
  const goods = await someGoods(await desk("credit"));
  const one = await visitAs("credit");
  await addToCart(one, words, goods);
  await goTo(one, words, "shell.cart");
  const other = await one.context().newPage();
  // Tabs of this browser can't tell each other anything.
  await other.addInitScript(() => {
    class Deaf {
      onmessage = null;
      postMessage() {}
      close() {}
    }
    Object.defineProperty(window, "BroadcastChannel", { value: Deaf });
  });
  await other.goto("/cart");
  await other.getByLabel("Note to the supplier").fill("From the phone");
  await expect(other.getByText("Kept on this device")).toBeVisible();
  await one.bringToFront();
  // The first tab does not hear of it either.
  await one.getByLabel("Note to the supplier").fill("From the desk");
  const question = one.getByRole("alert", { name: "This draft was changed in two places" });
  await expect(question).toBeVisible();
  await question.getByRole("radio", { name: "Elsewhere: From the phone" }).check();
  await question.getByRole("button", { name: "Go on with this" }).click();
  await expect(question).toBeHidden();
  await expect(one.getByLabel("Note to the supplier")).toHaveValue("From the phone");
  await one.reload();
  await expect(one.getByLabel("Note to the supplier")).toHaveValue("From the phone");
});

test("a browser without storage says that nothing is kept, and orders all the same", async ({ desk, visitAs }) => {
  const bao = await desk("prepaid");
  const goods = await someGoods(bao);
  const before = await bao.orderCount();
  const page = await visitAs("prepaid");
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
  });
  await page.goto("/");
  await addToCart(page, words, goods);
  await goTo(page, words, "shell.cart");
  await expect(page.getByText(/^This browser gives the app no storage/)).toBeVisible();
  await review(page, words);
  await submitButton(page, words).click();
  await submitted(page, words);
  expect(await bao.orderCount()).toBe(before + 1);
});

for (const language of LANGUAGES) {
  const said = new Words(language);
  test(`the outbox is in order for everyone (${language})`, async ({ desk, visitAs, watch }) => {
    watch.tolerate(OFFLINE);
    const goods = await someGoods(await desk("prepaid"));
    const page = await visitAs("prepaid", { locale: said.locale, reducedMotion: "reduce" });
    await addToCart(page, said, goods);
    await submitOffline(page, said);
    for (const where of ["entry", "list"]) {
      if (where === "list") {
        await goTo(page, said, "outbox.title");
      }
      for (const colorScheme of ["light", "dark"] as const) {
        for (const width of [1280, 360]) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 800 });
          await expectAccessible(page);
        }
      }
    }
  });
}
