// Stages that a company switches off: the next order skips them, and what waits there stays until somebody acts.

import type { Desk, WorkflowSettings } from "../support/desk.ts";
import { act, type Goods, goodsMadeToOrder, someGoods, step, submit, submitSome, walk } from "../support/orders.ts";
import { deed, expectStatus, goTo, sheet, track } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

// The workflow is everybody's.
test.use({ ownDeployment: true });

test("rules 1 and 2: the administrator switches the finance review off; who waits there stays, who comes later skips it", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const waiting = await submitSome(anna);
  await walk(waiting.id, "pending_finance_review", admin, anna);

  const page = await visitAs("admin");
  await goTo(page, words, "shell.settings");
  const stage = page.getByRole("switch", { name: "Finance review" });
  await expect(stage).toBeChecked();
  await expect(page.getByRole("switch", { name: "Order review" })).toBeDisabled();
  await stage.click();
  await expect(stage).not.toBeChecked();
  // Nothing holds before it is saved, and the page says what becomes of those who wait.
  const own = page.getByRole("listitem").filter({ has: stage });
  await expect(own).toContainText(/Waiting here: [1-9]\d*/);
  await expect(own).toContainText("They stay in their queue until someone acts");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("The workflow is saved")).toBeVisible();
  await page.reload();
  await expect(stage).not.toBeChecked();

  const later = await submitSome(anna);
  const reviewer = await visitAs("review");
  await reviewer.goto(`/orders/${later.id}`);
  await deed(reviewer, words, "pass_order_review").click();
  await expectStatus(reviewer, words, "pending_outbound_review");
  await expect(track(reviewer, words).filter({ hasText: "Finance review" })).toHaveCount(0);

  // The queue is still there, as long as somebody waits in it.
  const finance = await visitAs("finance");
  await goTo(finance, words, "labels.stage.finance_review");
  await finance.getByRole("link", { name: waiting.number }).click();
  await expectStatus(finance, words, "pending_finance_review");
  await deed(finance, words, "pass_finance_review").click();
  await expect(finance.getByText(`${waiting.number} is done`)).toBeVisible();
  expect((await admin.order(waiting.id)).order.status).toBe("pending_outbound_review");
});

test("two administrators lose nothing of each other's settings", async ({ desk, visitAs }) => {
  const admin = await desk("admin");
  const [first, second] = [await visitAs("admin"), await visitAs("admin")];
  for (const page of [first, second]) {
    await page.goto("/settings/workflow");
    await expect(page.getByLabel("Time to answer")).toBeVisible();
  }
  await second.getByLabel("Time to answer").fill("abc");
  await second.getByRole("button", { name: "Save", exact: true }).click();
  await expect(second.getByLabel("Time to answer")).toBeFocused();
  await expect(second.getByLabel("Time to answer")).toHaveAttribute("aria-invalid", "true");
  await second.getByLabel("Time to answer").fill("36");

  await first.getByRole("switch", { name: "Second check in the outbound review" }).click();
  await first.getByRole("button", { name: "Save", exact: true }).click();
  await expect(first.getByText("The workflow is saved")).toBeVisible();

  await expect(second.getByText("Somebody else saved these settings meanwhile.")).toBeVisible();
  await expect(second.getByLabel("Time to answer")).toHaveValue("36");
  await expect(second.getByRole("switch", { name: "Second check in the outbound review" })).toBeChecked();
  await second.getByRole("button", { name: "Save", exact: true }).click();
  await expect(second.getByText("The workflow is saved")).toBeVisible();
  const { workflow } = await admin.get<WorkflowSettings>("/settings/workflow");
  expect(workflow).toMatchObject({ second_check: true, confirmation_hours: 36 });
});

/** A stage that may be off: where its orders wait, what makes an order enter it, and where one goes that skips it. */
interface Case {
  stage: string;
  status: string;
  skipsTo: string;
  enters?: (workflow: WorkflowSettings["workflow"]) => void;
  goods?: (customer: Desk) => Promise<Goods>;
  cuts?: boolean;
}

const CASES: Case[] = [
  { stage: "customer_confirmation", status: "pending_customer_confirmation", skipsTo: "pending_finance_review", cuts: true },
  {
    stage: "executive_approval",
    status: "pending_executive_approval",
    skipsTo: "pending_finance_review",
    enters: (workflow) => {
      workflow.executive_threshold = "0.01";
    },
  },
  { stage: "production", status: "in_production", skipsTo: "pending_outbound_review", goods: goodsMadeToOrder },
  { stage: "outbound_review", status: "pending_outbound_review", skipsTo: "pending_shipment" },
  { stage: "ship", status: "pending_shipment", skipsTo: "pending_receipt" },
  { stage: "receive", status: "pending_receipt", skipsTo: "completed" },
];

for (const { stage, status, skipsTo, enters, goods = someGoods, cuts = false } of CASES) {
  test(`rules 1 and 2: an order skips ${stage} once it is off, and one that waits there goes on by hand`, async ({ desk, visitAs }) => {
    const [anna, admin] = [await desk("credit"), await desk("admin")];
    const chosen = await goods(anna);
    const order = async () => {
      const { order } = await submit(anna, [{ goods: chosen, quantity: chosen.smallest * 2 }]);
      if (cuts) {
        const lines = order.lines.map((line) => ({ line_id: line.id, quantity: String(chosen.smallest), reason: "one truck only" }));
        await act(admin, order.id, "order-review", { lines });
      }
      return order;
    };
    await admin.setWorkflow((workflow) => {
      workflow.stages[stage] = true;
      enters?.(workflow);
    });
    const waiting = await order();
    await walk(waiting.id, status, admin, anna);
    await admin.setWorkflow((workflow) => {
      workflow.stages[stage] = false;
    });

    const name = words.say(`labels.stage.${stage}`);
    const page = await visitAs("admin");
    await page.goto(`/orders/${waiting.id}`);
    await expectStatus(page, words, status);
    await expect(track(page, words).filter({ hasText: name })).toContainText("now");

    const later = await order();
    await walk(later.id, skipsTo, admin, anna);
    const history = await admin.get<{ history: { to: string | null }[] }>(`/orders/${later.id}`);
    expect(history.history.map((entry) => entry.to)).not.toContain(status);
    await page.goto(`/orders/${later.id}`);
    await expectStatus(page, words, skipsTo);
    await expect(sheet(page).getByText(words.say(`labels.status.${status}`), { exact: true })).toHaveCount(0);

    await page.goto(`/orders/${waiting.id}`);
    await expectStatus(page, words, status);
    await step(await admin.order(waiting.id), admin, anna);
    await expectStatus(page, words, skipsTo);
  });
}
