// How goods come to the customer: offered by the company, chosen with an order, and seen wherever the order is.

import { expectAccessible } from "../support/axe.ts";
import { someGoods, walk } from "../support/orders.ts";
import { addToCart, goTo, review, sheet, submitButton, submitted } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

// What the company offers is everybody's.
test.use({ ownDeployment: true });

const TRUCK = { zh: "供货方送货", en: "Supplier’s truck" };
const PICK_UP = { zh: "客户自提", en: "Self pick-up" };

for (const language of LANGUAGES) {
  const said = new Words(language);
  test(`a delivery method is chosen in the cart and stays with the order (${language})`, async ({ desk, visitAs }) => {
    const [bao, admin] = [await desk("credit"), await desk("admin")];
    const goods = await someGoods(bao);
    const page = await visitAs("credit", { locale: said.locale, reducedMotion: "reduce" });
    await addToCart(page, said, goods);
    await goTo(page, said, "shell.cart");
    const methods = page.getByRole("group", { name: said.say("cart.delivery_method"), exact: true });
    const choice = (method: typeof TRUCK) => methods.getByRole("radio", { name: said.local(method), exact: true });
    // The first the company offers, until somebody chooses.
    await expect(choice(TRUCK)).toBeChecked();
    await choice(PICK_UP).check();
    await expect(page.getByText(said.say("cart.saved_everywhere"), { exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.reload();
    await expect(choice(PICK_UP)).toBeChecked();
    // It is taken back like anything else.
    await choice(TRUCK).check();
    await page.getByRole("main").getByRole("button", { name: said.say("cart.undo_step", { what: said.say("cart.step.delivery_method") }), exact: true }).click();
    await expect(choice(PICK_UP)).toBeChecked();

    await review(page, said);
    await expect(page.getByText(said.local(PICK_UP), { exact: true })).toBeVisible();
    await submitButton(page, said).click();
    const id = await submitted(page, said);
    await expect(sheet(page).getByText(said.local(PICK_UP), { exact: true }).filter({ visible: true })).toBeVisible();

    const { order } = await walk(id, "pending_shipment", admin, bao);
    const staff = await visitAs("admin", { locale: said.locale });
    await staff.goto(`/orders/${id}`);
    await expect(sheet(staff).getByText(said.local(PICK_UP), { exact: true }).filter({ visible: true })).toBeVisible();
    await staff.goto(`/orders/${id}/pick-list`);
    await expect(staff.getByRole("article").getByText(order.number, { exact: true })).toBeVisible();
    await expect(staff.getByRole("article").getByText(said.local(PICK_UP), { exact: true })).toBeVisible();
    await walk(id, "pending_receipt", admin, bao);
    await page.reload();
    await sheet(page).getByRole("link", { name: said.say("outbound.delivery_note_of", { position: 1 }) }).click();
    await expect(page.getByRole("article").getByText(said.local(PICK_UP), { exact: true })).toBeVisible();
  });
}

test("the administrator offers another method, and an order keeps what it was called", async ({ desk, visitAs }) => {
  const words = new Words("en");
  const bao = await desk("credit");
  const page = await visitAs("admin");
  await page.goto("/settings/workflow");
  const list = page.getByRole("list", { name: words.say("settings.delivery.title"), exact: true });
  await expect(list.getByRole("listitem")).toHaveCount(3);
  await page.getByRole("button", { name: words.say("settings.delivery.add"), exact: true }).click();
  const added = list.getByRole("listitem").nth(3);
  await added.getByLabel(words.say("settings.delivery.en"), { exact: true }).fill("Bicycle");
  const save = page.getByRole("button", { name: words.say("settings.save"), exact: true });
  await save.click();
  const chinese = added.getByLabel(words.say("settings.delivery.zh"), { exact: true });
  await expect(chinese).toHaveAccessibleDescription(words.say("problems.field.required"));
  await expect(chinese).toBeFocused();
  await expectAccessible(page);
  await chinese.fill("自行车");
  await page.getByRole("button", { name: words.say("settings.delivery.remove", { number: 1 }), exact: true }).click();
  await save.click();
  await expect(page.getByText(words.say("settings.saved"), { exact: true })).toBeVisible();

  const customer = await visitAs("credit");
  await addToCart(customer, words, await someGoods(bao));
  await goTo(customer, words, "shell.cart");
  const methods = customer.getByRole("group", { name: words.say("cart.delivery_method"), exact: true });
  await expect(methods.getByRole("radio")).toHaveCount(3);
  await expect(methods.getByRole("radio", { name: TRUCK.en, exact: true })).toHaveCount(0);
  await methods.getByRole("radio", { name: "Bicycle", exact: true }).check();
  await review(customer, words);
  await submitButton(customer, words).click();
  await submitted(customer, words);

  await list.getByRole("listitem").nth(2).getByLabel(words.say("settings.delivery.en"), { exact: true }).fill("Cargo bike");
  const unsaved = page.getByText(words.say("settings.unsaved", { count: 1 }), { exact: true });
  await expect(unsaved).toBeVisible();
  await save.click();
  await expect(unsaved).toBeHidden();
  await customer.reload();
  await expect(sheet(customer).getByText("Bicycle", { exact: true }).filter({ visible: true })).toBeVisible();
});
