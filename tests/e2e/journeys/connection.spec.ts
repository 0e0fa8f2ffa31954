// A device without a connection, and one with two tabs.

import { appIsKept } from "../support/device.ts";
import { someGoods, submitSome, walk } from "../support/orders.ts";
import { addToCart, expectStatus, goTo, navigation, syncLine } from "../support/pages.ts";
import { shifts, watchShifts } from "../support/shifts.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

test.use({ hasWorker: true });

test("a page says when the connection goes and catches up when it is back", async ({ desk, visitAs, watch }) => {
  watch.tolerate(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_NETWORK_IO_SUSPENDED/);
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const order = await submitSome(anna);
  const page = await visitAs("credit");
  await page.goto(`/orders/${order.id}`);
  await expectStatus(page, words, "pending_order_review");
  // Its own files are on their way to the device: this is not about a connection that goes in the middle of that.
  await appIsKept(page);
  await page.context().setOffline(true);
  await expect(syncLine(page)).toContainText("Offline");
  await expect(page.getByRole("status").filter({ hasText: "Offline" })).toBeAttached();
  // What was read before stays readable.
  await expectStatus(page, words, "pending_order_review");
  await walk(order.id, "pending_finance_review", admin, anna);
  await page.context().setOffline(false);
  await expect(syncLine(page)).not.toContainText("Offline");
  await expectStatus(page, words, "pending_finance_review");
});

for (const width of [1280, 360]) {
  test(`a connection that goes and comes moves nothing (${width} px)`, async ({ desk, visitAs, watch }) => {
    watch.tolerate(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_NETWORK_IO_SUSPENDED/);
    const goods = await someGoods(await desk("credit"));
    const page = await visitAs("credit", { viewport: { width, height: 800 } });
    await addToCart(page, words, goods);
    await goTo(page, words, "shell.cart");
    await expect(page.getByRole("list", { name: "Lines" }).getByRole("listitem")).toHaveCount(1);
    await appIsKept(page);
    await expect(syncLine(page)).not.toContainText("Offline");
    await watchShifts(page);
    await page.context().setOffline(true);
    await expect(syncLine(page)).toContainText("Offline");
    await page.context().setOffline(false);
    await expect(syncLine(page)).not.toContainText("Offline");
    expect((await shifts(page)).moved).toEqual([]);
  });
}

test("two tabs have one cart", async ({ desk, visitAs }) => {
  const goods = await someGoods(await desk("credit"));
  const one = await visitAs("credit");
  const other = await one.context().newPage();
  await other.goto("/cart");
  await expect(other.getByText("The cart is empty")).toBeVisible();
  await addToCart(one, words, goods);
  await expect(other.getByRole("list", { name: "Lines" }).getByRole("listitem")).toHaveCount(1);
  await expect(navigation(other, words).getByRole("link", { name: /^Cart/ })).toContainText("1");
  await other.getByRole("button", { name: `Remove ${goods.name.en}` }).click();
  await expect(one.getByText(/^In the cart:/)).toBeHidden();
  await goTo(one, words, "shell.cart");
  await expect(one.getByText("The cart is empty")).toBeVisible();
});
