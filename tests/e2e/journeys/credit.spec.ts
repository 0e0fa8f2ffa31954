// Beyond the credit limit: said before anything is pressed, passed by who may, and told to the customer.

import { someGoods, submit, walk } from "../support/orders.ts";
import { confirm, deed, expectStatus, sheet } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

// An order this large leaves nothing of the limit to any other test.
test.use({ ownDeployment: true });

test("rule 8: an order beyond the credit limit is passed by who may, with a reason, and the customer is told", async ({
  desk,
  visitAs,
}) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const goods = await someGoods(anna);
  const { order } = await submit(anna, [{ goods, quantity: goods.smallest * 100_000 }]);
  await walk(order.id, "pending_finance_review", admin, anna);

  const finance = await visitAs("finance");
  await finance.goto(`/orders/${order.id}`);
  await expectStatus(finance, words, "pending_finance_review");
  await expect(sheet(finance).getByText(/^Over the limit by /)).toBeVisible();
  await expect(deed(finance, words, "pass_finance_review")).toBeDisabled();
  await expect(deed(finance, words, "pass_finance_review")).toHaveAccessibleDescription(/^Over the credit limit by /);
  const override = (page: typeof finance) =>
    sheet(page).getByRole("button", { name: words.say("order.deed.override_credit"), exact: true });
  await expect(override(finance)).toHaveCount(0);

  const page = await visitAs("admin");
  await page.goto(`/orders/${order.id}`);
  await override(page).click();
  const panel = page.getByRole("dialog", { name: words.say("order.deed.pass_finance_review") });
  await panel.getByLabel(words.say("order.ask.reason"), { exact: true }).fill("Paid on time for ten years");
  await confirm(panel, words, "order.finance.override_pass");
  await expect(sheet(page).getByText(words.say("order.event.credit_overridden")).first()).toBeVisible();

  const customer = await visitAs("credit");
  await customer.goto("/");
  const alerts = customer.getByRole("listitem").filter({ hasText: order.number });
  await expect(alerts.filter({ hasText: /Let pass beyond your credit limit on / })).toBeVisible();
});
