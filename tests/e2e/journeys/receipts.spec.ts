// Rule 11: what arrives short or damaged opens a claim by itself, and silence counts as receipt in the end.

import type { Page } from "@playwright/test";
import { setClock } from "../support/clock.ts";
import { someGoods, submit, twoGoods, walk } from "../support/orders.ts";
import { confirm, expectStatus, openPanel, sheet } from "../support/pages.ts";
import { expectReturnStatus, returnsOf } from "../support/returns.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

/** What is said of the arrival of a shipment that nobody has confirmed. */
function countdown(page: Page, left: string) {
  const said = words.say("order.shipment.deemed_in", { left: "LEFT" }).replace("LEFT", left);
  return sheet(page).getByText(new RegExp(`^${said}$`));
}

test("rule 11: missing and damaged goods open a claim with the quantities filled in, which both sides see", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const [bad, whole] = await twoGoods(anna);
  const sent = bad.smallest * 4 + 3;
  const quantity = Math.ceil(sent / bad.smallest) * bad.smallest;
  const { order } = await submit(anna, [{ goods: bad, quantity }, { goods: whole }]);
  await walk(order.id, "pending_receipt", admin, anna);
  const [customer, staff] = [await visitAs("credit"), await visitAs("review")];
  for (const page of [customer, staff]) {
    await page.goto(`/orders/${order.id}`);
    // The countdown is there from the day the goods ship.
    await expect(countdown(page, "1[45] d left")).toBeVisible();
  }

  await test.step("no more is missing or damaged than was sent, and the rest counts as received", async () => {
    const panel = await openPanel(customer, words, "receive");
    const line = panel.getByRole("group", { name: bad.name.en });
    const [short, damaged] = [line.getByLabel("Missing", { exact: true }), line.getByLabel("Damaged", { exact: true })];
    const send = panel.getByRole("button", { name: words.say("order.deed.receive"), exact: true });
    await short.fill("2");
    await damaged.fill(String(quantity - 1));
    await send.click();
    await expect(damaged).toHaveAccessibleDescription(new RegExp(`^At most ${quantity - 2}`));
    await damaged.fill("1");
    await expect(line.getByText(new RegExp(`^${quantity - 3} received of ${quantity}`))).toBeVisible();
    await panel.getByLabel(words.say("orders.receive.note"), { exact: true }).fill("The tarpaulin was torn");
    await confirm(panel, words, "order.deed.receive");
  });

  await test.step("the order says how it arrived, and leads to the claim", async () => {
    await expect.poll(async () => (await returnsOf(anna, order.id)).length).toBe(1);
    const [claim] = await returnsOf(anna, order.id);
    expect(claim).toMatchObject({ is_claim: true, status: "pending_return_review" });
    for (const page of [customer, staff]) {
      await expect(sheet(page).getByText(`(received ${quantity - 3}, short 2, damaged 1)`)).toBeVisible();
      await expect(sheet(page).getByText("The tarpaulin was torn").first()).toBeVisible();
      await expect(countdown(page, ".*")).toHaveCount(0);
      await sheet(page).getByRole("link", { name: claim?.number ?? "" }).click();
      await expectReturnStatus(page, words, "pending_return_review");
      const row = sheet(page).getByRole("row").filter({ hasText: bad.sku });
      await expect(row).toContainText(words.say("returns.reason.short_and_damaged"));
      const asked = row.getByRole("cell").nth(1);
      await expect(asked).toContainText(/(^|\D)3 /);
      // What arrived whole is not claimed.
      await expect(sheet(page).getByRole("row").filter({ hasText: whole.sku })).toHaveCount(0);
    }
  });

  await test.step("the claim is agreed to without goods to wait for, and refunded", async () => {
    await staff.keyboard.press("a");
    // Each side reads who acts next, staff by what it takes.
    const turn = (page: Page) => page.getByRole("list", { name: words.say("returns.track.label") });
    const permission = words.say("labels.permission.return_refund");
    await expect(turn(staff)).toContainText(words.say("order.track.holders", { permission }));
    await expect(turn(customer)).toContainText(words.say("returns.track.supplier"));
    const finance = await visitAs("finance");
    await finance.goto(new URL(staff.url()).pathname);
    await expectReturnStatus(finance, words, "pending_refund");
    await finance.keyboard.press("a");
    await confirm(finance.getByRole("dialog", { name: words.say("returns.deed.refund") }), words, "returns.deed.refund");
    for (const page of [customer, finance]) {
      await expectReturnStatus(page, words, "completed");
    }
  });
});

test.describe("where time passes", () => {
  test.use({ ownDeployment: true });

  test("rule 11: what nobody has said anything about counts as received after the days of the setting", async ({ deployment, desk, visitAs, watch }) => {
    watch.tolerate(/ERR_CONNECTION_(REFUSED|RESET)/);
    const [anna, admin] = [await desk("credit"), await desk("admin")];
    await admin.setWorkflow((workflow) => {
      workflow.deemed_receipt_days = 2;
    });
    const { order } = await submit(anna, [{ goods: await someGoods(anna) }]);
    await walk(order.id, "pending_receipt", admin, anna);

    await test.step("the hours left are told to both sides while it waits", async () => {
      await deployment.later(45);
      for (const login of ["credit", "ship"]) {
        const page = await visitAs(login);
        await setClock(page, 45);
        await page.goto(`/orders/${order.id}`);
        await expectStatus(page, words, "pending_receipt");
        await expect(countdown(page, "[23] h left")).toBeVisible();
      }
    });

    await deployment.later(49);
    for (const login of ["credit", "ship"]) {
      const page = await visitAs(login);
      await setClock(page, 49);
      await page.goto(`/orders/${order.id}`);
      await expectStatus(page, words, "completed");
      await expect(sheet(page).getByText(/^Counted as received \S/).first()).toBeVisible();
      const entry = sheet(page).getByRole("listitem").filter({ hasText: words.say("order.event.deemed_received") });
      await expect(entry.filter({ hasText: words.say("order.history.system") })).toBeVisible();
    }
    // Silence complains about nothing.
    expect(await returnsOf(anna, order.id)).toEqual([]);
  });
});
