// Separation of duties (domain.md section 2): a second pair of eyes, where the company wants one.

import { customerOf, orderFor } from "../support/on-behalf.ts";
import { someGoods, submitSome } from "../support/orders.ts";
import { addToCart, deed, expectStatus, goTo, review, submitButton, submitted } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

// The workflow is everybody's.
test.use({ ownDeployment: true });

test("duties: who passed one review reads why another person has to pass the next, and that one can", async ({ desk, visitAs }) => {
  const page = await visitAs("admin");
  await goTo(page, words, "shell.settings");
  const setting = page.getByRole("switch", { name: words.say("settings.duty.one_stage") });
  await expect(setting).not.toBeChecked();
  await setting.click();
  await page.getByRole("button", { name: words.say("settings.save"), exact: true }).click();
  await expect(page.getByText(words.say("settings.saved"))).toBeVisible();

  const order = await submitSome(await desk("credit"));
  await page.goto(`/orders/${order.id}`);
  await deed(page, words, "pass_order_review").click();
  await expectStatus(page, words, "pending_finance_review");
  const own = deed(page, words, "pass_finance_review");
  await expect(own).toBeDisabled();
  const stage = words.say("labels.stage.order_review");
  await expect(own).toHaveAccessibleDescription(words.say("reasons.deny.passed_another_stage", { stage }));
  await own.focus();
  await page.keyboard.press("a");
  await expectStatus(page, words, "pending_finance_review");

  const finance = await visitAs("finance");
  await finance.goto(`/orders/${order.id}`);
  await deed(finance, words, "pass_finance_review").click();
  for (const one of [page, finance]) {
    await expectStatus(one, words, "pending_outbound_review");
  }
});

test("duties: who ordered for a customer reads why somebody else has to approve it, alone or among others", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const page = await visitAs("review");
  await goTo(page, words, "on_behalf.title");
  await orderFor(page, words, await customerOf(anna));
  await addToCart(page, words, await someGoods(anna));
  await review(page, words);
  await submitButton(page, words).click();
  const id = await submitted(page, words);
  const own = deed(page, words, "pass_order_review");
  const why = words.say("reasons.deny.created_by_yourself");
  await expect(own).toBeDisabled();
  await expect(own).toHaveAccessibleDescription(why);

  const { order } = await anna.order(id);
  const other = await submitSome(anna);
  await page.goto("/queues/order-review");
  for (const { number } of [order, other]) {
    await page.getByRole("checkbox", { name: words.say("batch.choose", { number }), exact: true }).check();
  }
  const foot = page.getByRole("region", { name: words.say("batch.label") });
  await page.keyboard.press("Shift+A");
  await foot.getByRole("button", { name: words.say("batch.approve", { count: 2 }), exact: true }).click();
  await expect(foot.getByRole("status")).toHaveText(words.say("batch.some_passed", { passed: 1, failed: 1 }));
  const refused = foot.getByRole("listitem").filter({ hasText: order.number });
  await expect(refused).toContainText(words.say("batch.refused"));
  await expect(refused).toContainText(why);

  // Somebody else can.
  const colleague = await visitAs("admin");
  await colleague.goto(`/orders/${id}`);
  await expectStatus(colleague, words, "pending_order_review");
  await deed(colleague, words, "pass_order_review").click();
  await expectStatus(colleague, words, "pending_finance_review");
});
