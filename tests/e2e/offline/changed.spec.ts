// What changed at the supplier while an order waited for a connection: nothing is ordered until its customer has looked at
// each line.

import { expectAccessible } from "../support/axe.ts";
import { discontinue } from "../support/import.ts";
import { submit, twoGoods } from "../support/orders.ts";
import { addToCart, goTo, navigation, submitButton, submitOffline, submitted } from "../support/pages.ts";
import { end, half, promote } from "../support/promotions.ts";
import { expect, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

const OFFLINE = /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_NETWORK_IO_SUSPENDED|ERR_FAILED/;
const PROMOTION = "Half price week";

// Prices and goods change for everybody.
test.use({ ownDeployment: true });

for (const language of LANGUAGES) {
  const said = new Words(language);
  test(`a price that rose and goods that are withdrawn are looked at line by line (${language})`, async ({
    deployment,
    desk,
    visitAs,
    watch,
  }) => {
    watch.tolerate(OFFLINE);
    const [admin, bao] = [await desk("admin"), await desk("prepaid")];
    const [dearer, withdrawn] = await twoGoods(bao);
    const [dearerName, withdrawnName] = [said.local(dearer.name), said.local(withdrawn.name)];
    const usual = await submit(bao, [{ goods: dearer }]);
    const price = usual.order.lines[0]?.price;
    const promotion = await promote(admin, PROMOTION, half(dearer));
    const before = await bao.orderCount();

    const page = await visitAs("prepaid", { locale: said.locale, reducedMotion: "reduce" });
    await addToCart(page, said, dearer);
    await addToCart(page, said, withdrawn);
    await goTo(page, said, "shell.cart");
    const lines = page.getByRole("list", { name: said.say("cart.lines"), exact: true });
    await expect(lines.getByText(PROMOTION)).not.toHaveCount(0);
    await submitOffline(page, said);
    // Whoever looks at the order itself is led to the differences at once; this customer looks elsewhere.
    await goTo(page, said, "outbox.title");

    await end(admin, promotion);
    await discontinue(deployment, [withdrawn]);
    await page.context().setOffline(false);

    const attention = said.say("shell.attention", { count: 1 });
    const outbox = navigation(page, said).getByRole("link", { name: new RegExp(`^${said.say("outbox.title")}`, "u") });
    await expect(navigation(page, said).getByRole("link", { name: attention, exact: true })).toBeVisible();
    await expect(outbox).toContainText(attention);
    await expect(navigation(page, said).getByText(said.say("shell.to_send", { count: 1 }))).toHaveCount(0);
    const message = page.getByRole("group", { name: said.say("outbox.attention"), exact: true });
    await message.getByRole("button", { name: said.say("shell.close"), exact: true }).click();
    await expectAccessible(page);
    // Nothing is sent by pressing a button as long as nobody has agreed.
    await expect(page.getByRole("button", { name: said.say("outbox.send_now"), exact: true })).toHaveCount(0);
    await page.setViewportSize({ width: 360, height: 740 });
    const onPhone = page.getByRole("banner").getByRole("link", { name: attention, exact: true });
    await expect(onPhone).toBeVisible();
    await expectAccessible(page);
    await goTo(page, said, "shell.home");
    await onPhone.click();
    await expect(page).toHaveURL(/\/outbox$/);
    await page.setViewportSize({ width: 1440, height: 900 });

    const row = page.getByRole("main").getByRole("link", { name: said.say("cart.line_count", { count: 2 }) });
    await row.click();
    await page.getByRole("button", { name: said.say("outbox.review"), exact: true }).click();
    const changes = page.getByRole("alert", { name: said.say("cart.changed"), exact: true });
    await expect(changes).toBeVisible();
    await expect(submitButton(page, said)).toHaveAttribute("aria-disabled", "true");
    expect(await bao.orderCount()).toBe(before);

    // The cart has the same differences beside the fields they are about.
    await goTo(page, said, "shell.cart");
    const gone = changes.getByRole("listitem").filter({ hasText: withdrawnName });
    await expect(gone).toContainText(said.say("cart.changed_gone"));
    await expectAccessible(page);
    const agree = changes.getByRole("group", { name: said.say("cart.accept_price", { name: dearerName }), exact: true });
    await agree.getByRole("button", { name: said.say("cart.accept"), exact: true }).click();
    await expect(agree).toHaveCount(0);
    await gone.getByRole("button", { name: said.say("cart.remove_gone"), exact: true }).click();
    await expect(changes).toBeHidden();
    await expect(lines.getByRole("button", { name: said.say("cart.remove_named", { name: withdrawnName }), exact: true })).toHaveCount(0);
    await expect(lines.getByRole("button", { name: said.say("cart.remove_named", { name: dearerName }), exact: true })).toBeVisible();
    // What is submitted is what the screen says.
    await expect(lines.getByText(PROMOTION)).toHaveCount(0);

    await page.getByRole("link", { name: said.say("cart.to_review") }).click();
    await submitButton(page, said).click();
    const { order } = await bao.order(await submitted(page, said));
    expect(await bao.orderCount()).toBe(before + 1);
    const ordered = order.lines.map((line) => [line.variant_id, Number(line.ordered), line.price]);
    expect(ordered).toEqual([[dearer.variantId, dearer.smallest, price]]);
    await expect(outbox).toHaveCount(0);
  });
}
