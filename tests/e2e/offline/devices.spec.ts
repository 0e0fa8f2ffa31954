// A draft that was begun on one device is there on the other.

import { someGoods, twoGoods } from "../support/orders.ts";
import { addToCart, goTo, review, submitButton, submitted } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");
const OFFLINE = /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_NETWORK_IO_SUSPENDED|ERR_FAILED/;

test("a draft begun on the phone is there on the desk, and goes when it was submitted", async ({ desk, visitAs }) => {
  const bao = await desk("deposit");
  const [first, second] = await twoGoods(bao);
  const phone = await visitAs("deposit", { viewport: { width: 360, height: 740 } });
  const atDesk = await visitAs("deposit");
  await goTo(atDesk, words, "shell.cart");
  await expect(atDesk.getByText("The cart is empty")).toBeVisible();
  await addToCart(phone, words, first);
  const lines = atDesk.getByRole("list", { name: "Lines" }).getByRole("listitem");
  await expect(lines).toContainText(first.sku);

  // And back.
  await addToCart(atDesk, words, second);
  await goTo(atDesk, words, "shell.cart");
  await atDesk.getByLabel("Note to the supplier").fill("From the desk");
  await expect(atDesk.getByText("Kept on this device and the server")).toBeVisible();
  await goTo(phone, words, "shell.cart");
  await expect(phone.getByLabel("Note to the supplier")).toHaveValue("From the desk");
  await expect(phone.getByRole("list", { name: "Lines" }).getByRole("listitem")).toHaveCount(2);

  await review(phone, words);
  await submitButton(phone, words).click();
  await submitted(phone, words);
  await expect(atDesk.getByText("The cart is empty")).toBeVisible();
  expect(await bao.drafts()).toEqual([]);
});

test("what two devices typed without knowing of each other is a question", async ({ desk, visitAs, watch }) => {
  watch.tolerate(OFFLINE);
  const goods = await someGoods(await desk("credit"));
  const phone = await visitAs("credit");
  await addToCart(phone, words, goods);
  await goTo(phone, words, "shell.cart");
  await expect(phone.getByText("Kept on this device and the server")).toBeVisible();
  const atDesk = await visitAs("credit");
  await goTo(atDesk, words, "shell.cart");
  await expect(atDesk.getByLabel("Note to the supplier")).toBeVisible();
  await phone.context().setOffline(true);
  await phone.getByLabel("Note to the supplier").fill("From the phone");
  await atDesk.getByLabel("Note to the supplier").fill("From the desk");
  await expect(atDesk.getByText("Kept on this device and the server")).toBeVisible();
  await phone.context().setOffline(false);
  const question = phone.getByRole("alert", { name: "This draft was changed in two places" });
  await expect(question).toBeVisible();
  await question.getByRole("radio", { name: "Elsewhere: From the desk" }).check();
  await question.getByRole("button", { name: "Go on with this" }).click();
  await expect(question).toBeHidden();
  await expect(phone.getByLabel("Note to the supplier")).toHaveValue("From the desk");
  await expect(phone.getByText("Kept on this device and the server")).toBeVisible();
});

test("a draft that was removed on one device is gone on the other", async ({ desk, visitAs }) => {
  const bao = await desk("prepaid");
  const goods = await someGoods(bao);
  const phone = await visitAs("prepaid");
  await addToCart(phone, words, goods);
  await goTo(phone, words, "shell.cart");
  await expect(phone.getByText("Kept on this device and the server")).toBeVisible();
  const atDesk = await visitAs("prepaid");
  await goTo(atDesk, words, "shell.cart");
  const lines = atDesk.getByRole("list", { name: "Lines" }).getByRole("listitem");
  await expect(lines).toContainText(goods.sku);
  await phone.getByRole("button", { name: /^Drafts/ }).click();
  await phone.getByRole("button", { name: "Remove this draft" }).click();
  await expect(atDesk.getByText("The cart is empty")).toBeVisible();
  expect(await bao.drafts()).toEqual([]);
});

test("what the desk typed while the phone's order was on its way stays there, and makes no second order by itself", async ({
  desk,
  visitAs,
  watch,
}) => {
  watch.tolerate(OFFLINE);
  const bao = await desk("deposit");
  const goods = await someGoods(bao);
  const before = await bao.orderCount();
  const phone = await visitAs("deposit");
  await addToCart(phone, words, goods);
  await goTo(phone, words, "shell.cart");
  await expect(phone.getByText("Kept on this device and the server")).toBeVisible();
  const atDesk = await visitAs("deposit");
  await goTo(atDesk, words, "shell.cart");
  const note = atDesk.getByLabel("Note to the supplier");
  await expect(note).toBeVisible();

  await review(phone, words);
  await phone.context().setOffline(true);
  await submitButton(phone, words).click();
  await phone.waitForURL(/\/outbox\/[0-9a-f-]{36}$/);
  await note.fill("From the desk");
  await expect(atDesk.getByText("Kept on this device and the server")).toBeVisible();
  await phone.context().setOffline(false);
  await submitted(phone, words);
  expect(await bao.orderCount()).toBe(before + 1);

  await expect(note).toHaveValue("From the desk");
  await review(atDesk, words);
  await submitButton(atDesk, words).click();
  await expect(atDesk.getByText(words.say("outbox.elsewhere"))).toBeVisible();
  await expect(atDesk.getByRole("button", { name: words.say("outbox.review"), exact: true })).toBeVisible();
  expect(await bao.orderCount()).toBe(before + 1);
});
