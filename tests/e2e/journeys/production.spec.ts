// The plan of production: what is to be made, by when, and telling how far it is.

import { goodsMadeToOrder, submit, walk } from "../support/orders.ts";
import { goTo } from "../support/pages.ts";
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
