// Staff order on behalf of customers, with the same tools as these: the catalog, the cart, the outbox of each customer apart.

import { expectAccessible } from "../support/axe.ts";
import { bar, customerOf, orderFor } from "../support/on-behalf.ts";
import { someGoods, twoGoods } from "../support/orders.ts";
import {
  addToCart,
  deed,
  deeds,
  goTo,
  navigation,
  openAccountMenu,
  review,
  sheet,
  signIn,
  submitButton,
  submitted,
} from "../support/pages.ts";
import { expect, find, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

// What one test leaves in the carts of staff would be in those of the next.
test.use({ ownDeployment: true });

const OFFLINE = /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_NETWORK_IO_SUSPENDED|ERR_FAILED/;

for (const language of LANGUAGES) {
  const words = new Words(language);
  const visitor =
    language === "en"
      ? { locale: words.locale, viewport: { width: 1440, height: 900 } }
      : { locale: words.locale, viewport: { width: 360, height: 740 }, hasTouch: true };

  test(`staff order for a customer, and both sides read who did (${language})`, async ({ desk, visitAs }) => {
    test.slow();
    const anna = await desk("credit");
    const [customer, goods] = [await customerOf(anna), await twoGoods(anna)];
    const name = words.local(customer.name);
    const staff = await visitAs("review", visitor);
    await expect(navigation(staff, words)).toBeVisible();
    if (language === "en") {
      await goTo(staff, words, "on_behalf.title");
    } else {
      await staff.goto("/for");
    }
    await expect(staff.getByRole("heading", { name: words.say("on_behalf.title"), level: 1 })).toBeVisible();
    await expectAccessible(staff);
    await orderFor(staff, words, customer);
    await expect(staff.getByRole("heading", { name: words.say("quick_order.title"), level: 1 })).toBeVisible();
    await expectAccessible(staff);

    await addToCart(staff, words, goods[0]);
    await addToCart(staff, words, goods[1]);
    await expect(bar(staff, words)).toContainText(name);
    await review(staff, words);
    await expect(bar(staff, words)).toContainText(name);
    await submitButton(staff, words).click();
    const id = await submitted(staff, words);

    await expect(sheet(staff).getByText(words.say("order.event.submitted_for"), { exact: true })).toBeVisible();
    const more = deeds(staff, words).getByRole("button", { name: words.say("order.more"), exact: true });
    // A phone has no room for what may not be done; it is said behind one button.
    if (await more.isVisible()) {
      await more.click();
    }
    await expect(deed(staff, words, "pass_order_review")).toBeDisabled();
    await expect(deed(staff, words, "pass_order_review")).toHaveAccessibleDescription(words.say("reasons.deny.created_by_yourself"));
    // The desk of the customer is left.
    await expect(bar(staff, words)).toBeHidden();

    const reviewer = await desk("review");
    const own = await visitAs("credit", visitor);
    await own.goto(`/orders/${id}`);
    const lead = words
      .say("order.submitted_by", { at: "AT", name: reviewer.name, customer: name })
      .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
      .replace("AT", ".+");
    await expect(sheet(own).getByText(new RegExp(lead))).toBeVisible();
    await expect(sheet(own).getByText(words.say("order.event.submitted_for"), { exact: true })).toBeVisible();
    const { order } = await anna.order(id);
    await own.goto("/orders");
    await expect(own.getByRole("link", { name: order.number })).toBeVisible();
  });
}

const words = new Words("en");

test("what is begun for one customer is in no other cart, and is there after a restart", async ({ desk, visitAs }) => {
  const [anna, bao] = [await desk("credit"), await desk("prepaid")];
  const [first, second] = [await customerOf(anna), await customerOf(bao)];
  const [one, other] = await twoGoods(anna);
  const page = await visitAs("review");
  await page.goto("/for");
  await orderFor(page, words, first);
  await addToCart(page, words, one, one.smallest * 2);
  await bar(page, words).getByRole("link", { name: words.say("on_behalf.leave") }).click();
  await orderFor(page, words, second);
  await goTo(page, words, "shell.cart");
  await expect(page.getByText(words.say("cart.empty"), { exact: true })).toBeVisible();
  await addToCart(page, words, other);

  await page.goto(`/for/${first.id}/cart`);
  const lines = page.getByRole("list", { name: words.say("cart.lines"), exact: true }).getByRole("listitem");
  await expect(lines).toHaveCount(1);
  await expect(lines).toContainText(one.sku);
  await expect(bar(page, words)).toContainText(first.name.en);
});

test("signing out asks about an order for a customer that waits, from any page", async ({ accounts, desk, visitAs, watch }) => {
  test.slow();
  watch.tolerate(OFFLINE);
  const [anna, bao] = [await desk("credit"), await desk("prepaid")];
  const [hers, his] = [await anna.orderCount(), await bao.orderCount()];
  const customer = await customerOf(anna);
  const page = await visitAs("review");
  await page.goto("/for");
  await orderFor(page, words, customer);
  await addToCart(page, words, await someGoods(anna));
  await review(page, words);
  await page.context().setOffline(true);
  await submitButton(page, words).click();
  await page.waitForURL(/\/outbox\/[0-9a-f-]{36}$/);
  await bar(page, words).getByRole("link", { name: words.say("on_behalf.leave") }).click();
  const begun = page.getByRole("list", { name: words.say("on_behalf.recent") });
  await expect(begun.getByRole("listitem").filter({ hasText: customer.name.en })).toContainText(words.say("shell.to_send", { count: 1 }));

  const question = page.getByRole("dialog", { name: words.say("leave.title") });
  const leave = async () => {
    await openAccountMenu(page);
    await page.getByRole("button", { name: words.say("shell.sign_out"), exact: true }).click();
    await expect(question.getByText(words.say("leave.orders", { count: 1 }))).toBeVisible();
  };
  await leave();
  await question.getByRole("button", { name: words.say("leave.keep"), exact: true }).click();
  await expect(page.getByRole("heading", { name: words.say("auth.title"), exact: true })).toBeVisible();
  expect(await anna.orderCount()).toBe(hers);
  await page.context().setOffline(false);

  // Its author is back: it is sent from whatever page, to the customer it was written for.
  const reviewer = find(accounts, "review");
  await signIn(page, words, reviewer.login, reviewer.password);
  await expect(navigation(page, words)).toBeVisible();
  await expect.poll(() => anna.orderCount()).toBe(hers + 1);
  expect(await bao.orderCount()).toBe(his);
});

test("who may order for nobody finds no way to it", async ({ desk, visitAs }) => {
  const customer = await customerOf(await desk("credit"));
  const page = await visitAs("ship");
  await expect(navigation(page, words)).toBeVisible();
  await expect(navigation(page, words).getByRole("link", { name: words.say("on_behalf.title") })).toBeHidden();
  await page.goto(`/for/${customer.id}/catalog`);
  await expect(page.getByRole("heading", { name: words.say("shell.not_found_title"), level: 1 })).toBeVisible();
  await expect(bar(page, words)).toBeHidden();
});
