// Separation of duties (domain.md section 2): a second pair of eyes, where the company wants one.

import { submitSome } from "../support/orders.ts";
import { deed, expectStatus, goTo } from "../support/pages.ts";
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
