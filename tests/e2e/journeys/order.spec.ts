// The whole way of an order across both sides: the customer in one browser, the company's staff in another.

import { twoGoods } from "../support/orders.ts";
import {
  addToCart,
  birth,
  confirm,
  deed,
  expectStatus,
  goTo,
  openInQueue,
  openPanel,
  review,
  sheet,
  signIn,
  signOut,
  stepIn,
  submitButton,
  submitted,
  track,
} from "../support/pages.ts";
import { expect, find, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const WAYS = [
  { language: "zh-CN", login: "prepaid", viewport: { width: 390, height: 844 }, hasTouch: true },
  { language: "en", login: "credit", viewport: { width: 1440, height: 900 }, hasTouch: false },
] as const;

/** Why an order that is not paid does not pass, whatever is due. */
function unpaid(words: Words): RegExp {
  return new RegExp(words.say("reasons.rejection.payment_missing", { due: "ANY", paid: "ANY" }).replaceAll("ANY", ".+"));
}

for (const { language, login, viewport, hasTouch } of WAYS) {
  test(`rules 1 and 12: an order goes from the search to the receipt (${language}, ${login})`, async ({ visit, desk, accounts }) => {
    test.slow();
    const words = new Words(language);
    const customers = await desk(login);
    // What the tests before left in the account's drafts would be in the cart of this one.
    await customers.removeDrafts();
    const [first, second] = await twoGoods(customers);
    const quantity = first.smallest * 2;
    const customer = await visit({ locale: words.locale, viewport, hasTouch });
    const staff = await visit({ locale: words.locale });

    await test.step("the customer signs in, finds two products and submits", async () => {
      await customer.goto("/");
      const account = find(accounts, login);
      await signIn(customer, words, account.login, account.password);
      await addToCart(customer, words, first, quantity);
      await addToCart(customer, words, second);
      await review(customer, words);
      const lines = customer.getByRole("table", { name: words.say("cart.lines") });
      await expect(lines.getByRole("row").filter({ hasText: words.local(first.name) })).toContainText(String(quantity));
      await submitButton(customer, words).click();
    });

    const id = await submitted(customer, words);
    const { order } = await (await desk("admin")).order(id);
    const born = await birth(customer);
    await expect(sheet(customer).getByText(order.number, { exact: true })).toBeVisible();
    await staff.goto("/");

    await test.step("the order reviewer approves", async () => {
      await stepIn(staff, words, find(accounts, "review"));
      await openInQueue(staff, words, "order_review", order.number);
      await deed(staff, words, "pass_order_review").click();
      await expect(staff.getByText(words.say("approvals.done", { number: order.number }))).toBeVisible();
      const rows = staff.getByRole("region", { name: words.say("labels.stage.order_review"), exact: true });
      await expect(rows.getByRole("link", { name: order.number })).toBeHidden();
      await expectStatus(customer, words, "pending_finance_review");
      await signOut(staff, words);
    });

    await test.step("the finance reviewer enters the payment where one is due, and approves", async () => {
      await stepIn(staff, words, find(accounts, "finance"));
      await openInQueue(staff, words, "finance_review", order.number);
      if (login === "prepaid") {
        // Said before anything is pressed.
        await expect(deed(staff, words, "pass_finance_review")).toBeDisabled();
        await expect(deed(staff, words, "pass_finance_review")).toHaveAccessibleDescription(unpaid(words));
        const payment = await openPanel(staff, words, "enter_payment");
        await payment.getByLabel(words.say("order.finance.reference")).fill("ICBC 20261125-17");
        await confirm(payment, words, "order.deed.enter_payment");
      }
      await deed(staff, words, "pass_finance_review").click();
      await expectStatus(customer, words, "pending_outbound_review");
      await signOut(staff, words);
    });

    await test.step("the warehouse reviewer reserves the stock", async () => {
      await stepIn(staff, words, find(accounts, "warehouse"));
      await openInQueue(staff, words, "outbound_review", order.number);
      await confirm(await openPanel(staff, words, "pass_outbound_review"), words, "order.deed.pass_outbound_review");
      await expectStatus(customer, words, "pending_shipment");
      await signOut(staff, words);
    });

    await test.step("the shipper ships", async () => {
      await stepIn(staff, words, find(accounts, "ship"));
      await openInQueue(staff, words, "ship", order.number);
      const shipping = await openPanel(staff, words, "ship");
      await shipping.getByLabel(words.say("shipping.carrier")).fill("顺丰速运");
      await shipping.getByLabel(words.say("shipping.tracking")).fill("SF1002003004");
      await confirm(shipping, words, "order.deed.ship");
      await expectStatus(customer, words, "pending_receipt");
      await expect(sheet(customer).getByText("SF1002003004")).toBeVisible();
    });

    await test.step("the customer confirms the receipt, which completes the order", async () => {
      await confirm(await openPanel(customer, words, "receive"), words, "order.deed.receive");
      await expect(customer.getByText(words.say("order.nothing_more"))).toBeVisible();
      await expectStatus(customer, words, "completed");
      await expect(track(customer, words).filter({ hasText: words.say("order.track.done") })).toHaveCount(6);
    });

    // Everything above was seen on one page that was never loaded again.
    expect(await birth(customer)).toBe(born);
    await goTo(customer, words, "shell.orders");
    await expect(customer.getByRole("link", { name: order.number })).toContainText(words.say("labels.status.completed"));
  });
}
