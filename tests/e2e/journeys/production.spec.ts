// The plan of production: what is to be made, by when, and telling how far it is.

import { goodsMadeToOrder, leaveFree, submit, twoGoods, walk } from "../support/orders.ts";
import { confirm, expectStatus, goTo, openPanel } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

// Switching production on changes everybody's way.
test.use({ ownDeployment: true });

test("an order is made step by step in the plan and passed on when all is finished", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  await admin.setWorkflow((workflow) => {
    workflow.stages.production = true;
  });
  const goods = await goodsMadeToOrder(anna);
  const quantity = goods.smallest * 2;
  const { order } = await submit(anna, [{ goods, quantity }]);
  await walk(order.id, "in_production", admin, anna);
  const page = await visitAs("warehouse");
  await goTo(page, words, "plan.title");
  const card = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: order.number }) });
  const finished = card.getByLabel(words.say("plan.finished", { line: goods.name.en }));
  await expect(finished).toHaveValue("0");

  await test.step("nothing new and too much are refused where they are typed", async () => {
    await card.getByRole("button", { name: "Report" }).click();
    await expect(card.getByRole("alert").filter({ hasText: words.say("plan.nothing") })).toBeVisible();
    await finished.fill(String(quantity + 1));
    await card.getByRole("button", { name: "Report" }).click();
    await expect(finished).toHaveAccessibleDescription(new RegExp(`^At most ${quantity}`));
  });

  await test.step("half of it is told, and then the rest", async () => {
    await finished.fill(String(goods.smallest));
    await card.getByRole("button", { name: "Report" }).click();
    await expect(card.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "50");
    await finished.fill(String(quantity));
    await card.getByRole("button", { name: "Report" }).click();
    await expect(card.getByText("Finished", { exact: true })).toBeVisible();
  });

  await test.step("the plan is divided by day and quarter, and the address says so", async () => {
    for (const span of ["Day", "Quarter"]) {
      await page.getByRole("group", { name: "Divided by" }).getByRole("button", { name: span }).click();
      await expect(page).toHaveURL(new RegExp(`by=${span.toLowerCase()}`));
      await expect(card).toBeVisible();
    }
  });

  await card.getByRole("button", { name: "Production is done" }).click();
  await expect(card).toBeHidden();
  expect((await admin.order(order.id)).order.status).toBe("pending_outbound_review");
});

test("an order short of stock is made before it goes on, as the plan lists it", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  await admin.setWorkflow((workflow) => {
    workflow.stages.production = true;
  });
  const [short, other] = await twoGoods(anna);
  const [wanted, rest] = [short.smallest * 3, other.smallest];
  const { order } = await submit(anna, [{ goods: short, quantity: wanted }, { goods: other, quantity: rest }]);
  await walk(order.id, "pending_finance_review", admin, anna);
  await leaveFree(admin, order.id, short, short.smallest);
  await walk(order.id, "in_production", admin, anna);
  const page = await visitAs("warehouse");
  await page.goto(`/queues/production?open=${order.id}`);
  await expectStatus(page, words, "in_production");

  await test.step("nothing is finished yet, and nothing can be passed on as finished", async () => {
    const panel = await openPanel(page, words, "produce");
    await expect(panel.getByText(words.say("order.produce.pass_lead"))).toBeHidden();
    await panel.getByLabel(short.name.en).fill(String(short.smallest));
    await panel.getByLabel(other.name.en).fill(String(rest));
    await confirm(panel, words, "order.produce.report");
    await expect.poll(async () => (await admin.order(order.id)).order.status).toBe("in_production");
  });

  await test.step("the plan says the same", async () => {
    await goTo(page, words, "plan.title");
    const card = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: order.number }) });
    const finished = (name: string) => card.getByLabel(words.say("plan.finished", { line: name }));
    await expect(finished(short.name.en)).toHaveValue(String(short.smallest));
    await expect(finished(other.name.en)).toHaveValue(String(rest));
    await expect(card.getByRole("button", { name: "Production is done" })).toBeHidden();
  });

  await test.step("the rest is finished, and then the order goes on", async () => {
    await page.goto(`/queues/production?open=${order.id}`);
    const report = await openPanel(page, words, "produce");
    await report.getByLabel(short.name.en).fill(String(wanted));
    await confirm(report, words, "order.produce.report");
    const pass = await openPanel(page, words, "produce");
    await expect(pass.getByText(words.say("order.produce.pass_lead"))).toBeVisible();
    await confirm(pass, words, "order.produce.pass");
    await expect.poll(async () => (await admin.order(order.id)).order.status).toBe("pending_outbound_review");
  });
});

test("who may not report reads the plan and is told why", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  await admin.setWorkflow((workflow) => {
    workflow.stages.production = true;
  });
  const goods = await goodsMadeToOrder(anna);
  const { order } = await submit(anna, [{ goods }]);
  await walk(order.id, "in_production", admin, anna);
  const page = await visitAs("review");
  await page.goto("/production-plan");
  const card = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: order.number }) });
  await expect(card.getByRole("button", { name: "Report" })).toHaveAccessibleDescription(/^Needs the .+ permission/);
});
