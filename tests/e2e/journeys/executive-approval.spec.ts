// Rule 7: from an amount on an order needs the executive approval, of whoever may let customers go beyond their credit.

import type { Page } from "@playwright/test";
import { act, someGoods, submit } from "../support/orders.ts";
import { deed, expectStatus, goTo, openInQueue, track } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

// The workflow is everybody's.
test.use({ ownDeployment: true });

/** The stage of the open order's track. */
function stage(page: Page) {
  return track(page, words).filter({ hasText: words.say("labels.stage.executive_approval") });
}

test("rule 7: from the threshold on an order waits for who may override credit, and others read why they may not", async ({ desk, visitAs }) => {
  const [anna, admin, reviewer] = [await desk("credit"), await desk("admin"), await desk("review")];
  await admin.setWorkflow((workflow) => {
    workflow.stages.executive_approval = false;
    workflow.executive_threshold = null;
  });
  const goods = await someGoods(anna);
  const { order: large } = await submit(anna, [{ goods, quantity: goods.smallest * 3 }]);
  const { order: small } = await submit(anna, [{ goods, quantity: goods.smallest * 2 }]);

  await test.step("the administrator switches it on and names the amount", async () => {
    const page = await visitAs("admin");
    await goTo(page, words, "shell.settings");
    const own = page.getByRole("switch", { name: words.say("labels.stage.executive_approval") });
    await expect(own).not.toBeChecked();
    await own.click();
    await page.getByLabel(words.say("settings.field.threshold"), { exact: true }).fill(large.total);
    await page.getByRole("button", { name: words.say("settings.save"), exact: true }).click();
    await expect(page.getByText(words.say("settings.saved"))).toBeVisible();
  });

  await act(reviewer, large.id, "order-review");
  await act(reviewer, small.id, "order-review");
  const customer = await visitAs("credit");

  await test.step("an order below it goes its way without", async () => {
    await customer.goto(`/orders/${small.id}`);
    await expectStatus(customer, words, "pending_finance_review");
    await expect(stage(customer)).toHaveCount(0);
  });

  await test.step("who reviews orders or money may not, and reads which permission it takes", async () => {
    const needs = words.say("reasons.deny.needs_permission", { permission: words.say("labels.permission.credit_override") });
    for (const login of ["review", "finance"]) {
      const page = await visitAs(login);
      await page.goto(`/orders/${large.id}`);
      await expectStatus(page, words, "pending_executive_approval");
      const approve = deed(page, words, "pass_executive_approval");
      await expect(approve).toBeDisabled();
      await expect(approve).toHaveAccessibleDescription(needs);
      // The track names who acts next; to a colleague "the supplier" would be nobody.
      const permission = words.say("labels.permission.credit_override");
      await expect(stage(page)).toContainText(words.say("order.track.holders", { permission }));
    }
    expect((await anna.order(large.id)).order.status).toBe("pending_executive_approval");
  });

  await test.step("the business lead approves, and both sides see who did", async () => {
    await customer.goto(`/orders/${large.id}`);
    await expectStatus(customer, words, "pending_executive_approval");
    await expect(stage(customer)).toContainText(words.say("order.track.supplier"));
    const lead = await visitAs("lead");
    await openInQueue(lead, words, "executive_approval", large.number);
    await deed(lead, words, "pass_executive_approval").click();
    await expect(lead.getByText(words.say("approvals.done", { number: large.number }))).toBeVisible();
    await expectStatus(customer, words, "pending_finance_review");
    await expect(stage(customer)).toContainText((await desk("lead")).name);
  });
});
