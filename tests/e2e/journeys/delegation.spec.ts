// Delegation with dates: somebody hands the queues of their roles to a colleague, who works through them until it ends.

import { randomUUID } from "node:crypto";
import type { Desk } from "../support/desk.ts";
import { act, submitSome, walk } from "../support/orders.ts";
import { deed, expectStatus, goTo, sheet } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

// A colleague who stands in for somebody is not who other tests expect.
test.use({ ownDeployment: true });

interface Delegations {
  today: string;
  staff: { id: string; name: string }[];
}

/** A day so many days after `day`. */
function later(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** An order that waits for its finance review. */
async function atFinance(anna: Desk, admin: Desk): Promise<{ id: string; number: string }> {
  const order = await submitSome(anna, { priority: "urgent" });
  await walk(order.id, "pending_finance_review", admin, anna);
  return order;
}

test("queues are handed over on the page, worked through for the colleague, and taken back", async ({ desk, visitAs }) => {
  const [anna, admin, shipper] = [await desk("credit"), await desk("admin"), await desk("ship")];
  const [first, second] = [await atFinance(anna, admin), await atFinance(anna, admin)];
  const { today } = await admin.get<Delegations>("/settings/delegations");

  const colleague = await visitAs("ship");
  await colleague.goto(`/orders/${first.id}`);
  await expect(deed(colleague, words, "pass_finance_review")).toHaveAccessibleDescription(/^Needs the .+ permission/);

  const owner = await visitAs("finance");
  await goTo(owner, words, "delegations.title");
  await test.step("what is missing or wrong is said at its field", async () => {
    await owner.getByLabel("Last day").fill(later(today, -1));
    await owner.getByRole("button", { name: "Hand queues over" }).click();
    await expect(owner.getByLabel("To whom")).toHaveAccessibleDescription(words.say("order.input.missing"));
    await owner.getByLabel("To whom").selectOption(shipper.accountId);
    await owner.getByRole("button", { name: "Hand queues over" }).click();
    await expect(owner.getByLabel("Last day")).toHaveAccessibleDescription(/^It ends before it begins/);
  });
  await owner.getByLabel("Last day").fill(later(today, 7));
  await owner.getByRole("button", { name: "Hand queues over" }).click();
  const list = owner.getByRole("list", { name: "Delegations" });
  await expect(list.getByRole("listitem")).toContainText("Running");

  await test.step("the colleague approves in that queue, and the history says for whom", async () => {
    // The page learns of it by itself.
    await expect(deed(colleague, words, "pass_finance_review")).toBeEnabled();
    await colleague.keyboard.press("a");
    await expectStatus(colleague, words, "pending_outbound_review");
    const { name } = await desk("finance");
    await expect(sheet(colleague).getByText(new RegExp(` for ${name}$`)).first()).toBeVisible();
  });

  await test.step("once it is ended, the colleague may no more and is told why", async () => {
    await list.getByRole("button", { name: "End it now" }).click();
    await expect(list.getByRole("listitem")).toContainText("Over");
    await colleague.goto(`/orders/${second.id}`);
    await expect(deed(colleague, words, "pass_finance_review")).toHaveAccessibleDescription(/^Needs the .+ permission/);
  });
});

test("duties: what was handed over does not let anybody approve what they created", async ({ desk, visitAs }) => {
  const [anna, admin, warehouse] = [await desk("credit"), await desk("admin"), await desk("warehouse")];
  const order = await submitSome(anna, { priority: "urgent" });
  await admin.setWorkflow((workflow) => {
    workflow.one_stage_per_person = true;
  });
  await act(admin, order.id, "order-review");
  const { today } = await admin.get<Delegations>("/settings/delegations");
  const wish = { id: randomUUID(), from: admin.accountId, to: warehouse.accountId, first_day: today, last_day: today };
  await admin.change("POST", "/settings/delegations", wish);
  const page = await visitAs("warehouse");
  await page.goto(`/orders/${order.id}`);
  // The administrator passed the order review, so that nobody passes the finance review for them.
  await expect(deed(page, words, "pass_finance_review")).toBeDisabled();
  await expect(deed(page, words, "pass_finance_review")).not.toHaveAccessibleDescription(/^Needs the/);
});

test("who may not change the settings hands over their own queues only", async ({ visitAs }) => {
  const page = await visitAs("review");
  await page.goto("/settings/delegations");
  await expect(page.getByLabel("To whom")).toBeVisible();
  await expect(page.getByLabel("Whose queues")).toHaveCount(0);
  const admin = await visitAs("admin");
  await admin.goto("/settings/delegations");
  await expect(admin.getByLabel("Whose queues")).toBeVisible();
  const customer = await visitAs("credit");
  await customer.goto("/settings/delegations");
  await expect(customer.getByRole("heading", { name: "There is no such page" })).toBeVisible();
});
