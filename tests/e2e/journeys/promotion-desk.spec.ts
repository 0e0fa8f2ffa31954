// Promotions as staff make them: tried on a sample cart, seen by the customer, and kept by the order when they end.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { act, someGoods } from "../support/orders.ts";
import { addToCart, goTo, review, sheet, submitButton, submitted } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

const words = new Words("en");
const say = (key: string, values: Record<string, string | number> = {}) => words.say(`promotion_desk.${key}`, values);

// While they last, promotions are for everybody who orders.
test.use({ ownDeployment: true });

/** Opens the form of a new promotion. */
async function begin(page: Page): Promise<void> {
  await goTo(page, words, "promotion_desk.title");
  await page.getByRole("link", { name: say("make"), exact: true }).click();
  await expect(page.getByRole("heading", { name: say("make"), level: 1 })).toBeVisible();
}

/** Types both names. */
async function name(page: Page, text: string): Promise<void> {
  await page.getByLabel(say("name_zh"), { exact: true }).fill(text);
  await page.getByLabel(say("name_en"), { exact: true }).fill(text);
}

/** Finds something by its code, and chooses it. */
async function choose(page: Page, label: string, code: string): Promise<void> {
  await page.getByRole("searchbox", { name: label, exact: true }).fill(code);
  await page.getByRole("button", { name: code }).first().click();
}

test("staff try a promotion, the customer sees why, and the order keeps its price when it is switched off", async ({
  desk,
  visitAs,
}) => {
  const [admin, anna] = [await desk("admin"), await desk("credit")];
  const goods = await someGoods(anna);
  const staff = await visitAs("lead");
  await begin(staff);
  await name(staff, "Half price at the desk");
  await choose(staff, say("goods.add"), goods.sku);
  await expect(staff.getByRole("list", { name: say("goods.chosen") }).getByText(goods.sku)).toBeVisible();
  await staff.getByLabel(say("value.share"), { exact: true }).fill("50");

  const sample = staff.getByRole("complementary", { name: say("preview.title") });
  await choose(staff, say("preview.customer"), "C01");
  await choose(staff, say("preview.add"), goods.sku);
  await sample.getByRole("button", { name: say("preview.ask"), exact: true }).click();
  await expect(sample.getByText("“Half price at the desk”")).toBeVisible();
  await expect(sample.getByText(say("preview.no_difference"))).toHaveCount(0);
  await staff.getByLabel(say("value.share"), { exact: true }).fill("40");
  await expect(sample.getByText(say("preview.old"))).toBeVisible();
  await staff.getByLabel(say("value.share"), { exact: true }).fill("50");

  await staff.getByRole("button", { name: say("save"), exact: true }).click();
  await expect(staff.getByText(say("saved"), { exact: true })).toBeVisible();
  await staff.waitForURL(/\/promotions\/[0-9a-f-]{36}$/);

  const page = await visitAs("credit");
  await expect(page.getByText("Half price at the desk")).toBeVisible();
  await addToCart(page, words, goods);
  await goTo(page, words, "shell.cart");
  await page.getByText(words.say("cart.per_unit", { unit: words.local(goods.unit) })).first().click();
  await expect(page.getByText("“Half price at the desk”").first()).toBeVisible();
  await review(page, words);
  await submitButton(page, words).click();
  const id = await submitted(page, words);
  await expect(sheet(page).getByText("Half price at the desk").first()).toBeVisible();
  const { order } = await anna.order(id);

  await staff.getByRole("button", { name: say("switch_off"), exact: true }).click();
  await expect(staff.getByText(say("switched_off"), { exact: true })).toBeVisible();
  await act(admin, id, "order-review");
  expect((await anna.order(id)).order.total).toBe(order.total);
  await goTo(staff, words, "promotion_desk.title");
  await staff.getByLabel(say("state"), { exact: true }).selectOption("off");
  await expect(staff).toHaveURL(/state=off/);
  await expect(staff.getByRole("link", { name: "Half price at the desk" })).toBeVisible();
});

test("every field that is wrong says so, and nothing typed is lost", async ({ visitAs }) => {
  const page = await visitAs("lead");
  await begin(page);
  await page.getByLabel(say("name_en"), { exact: true }).fill("A ladder");
  await page.getByRole("radio", { name: say("kind.order") }).check();
  await page.getByLabel(say("steps.from"), { exact: true }).fill("100");
  await page.getByRole("button", { name: say("steps.add"), exact: true }).click();
  const second = page.getByRole("group", { name: say("steps.step", { number: 2 }) });
  await second.getByLabel(say("steps.from"), { exact: true }).fill("50");
  await page.getByLabel(say("until"), { exact: true }).fill("2020-01-01T00:00");
  await page.getByRole("radio", { name: say("audience.some") }).check();
  await page.getByRole("button", { name: say("save"), exact: true }).click();
  await expect(page.getByLabel(say("name_zh"), { exact: true })).toBeFocused();
  for (const fault of ["until", "audience", "rising"]) {
    await expect(page.getByText(say(`fault.${fault}`), { exact: true })).toBeVisible();
  }
  await expect(page.getByText(words.say("problems.field.required")).first()).toBeVisible();
  await expect(page.getByLabel(say("name_en"), { exact: true })).toHaveValue("A ladder");
});

for (const language of LANGUAGES) {
  const own = new Words(language);
  for (const width of [1280, 360]) {
    test(`the list and a copy of a promotion are in order (${language}, ${width})`, async ({ visitAs }) => {
      const page = await visitAs("lead", { locale: own.locale, viewport: { width, height: 800 } });
      await page.goto("/promotions?state=running");
      const first = page.getByRole("list", { name: own.say("promotion_desk.title") }).getByRole("link").first();
      await expect(first).toBeVisible();
      await expectAccessible(page);
      await first.click();
      await page.getByRole("link", { name: own.say("promotion_desk.copy"), exact: true }).click();
      await expect(page.getByRole("heading", { name: own.say("promotion_desk.make"), level: 1 })).toBeVisible();
      await expectAccessible(page);
    });
  }
}

test("who does not manage promotions is told so", async ({ visitAs }) => {
  const page = await visitAs("warehouse");
  await page.goto("/promotions");
  const permission = words.say("labels.permission.promotion_manage");
  await expect(page.getByText(words.say("reasons.deny.needs_permission", { permission }))).toBeVisible();
  await expect(page.getByRole("link", { name: say("make"), exact: true })).toHaveCount(0);
});
