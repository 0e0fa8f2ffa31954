// A notice from the supplier's desk to the distributor's bell, and alerts on both homes.

import { addToCart, goTo, navigation } from "../support/pages.ts";
import { bell, notices, readAll, writeNotice } from "../support/notices.ts";
import { goodsInStock, someGoods } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

for (const language of LANGUAGES) {
  const words = new Words(language);

  test(`staff write a notice, the bell counts it at once, and reading it is counted off everywhere (${language})`, async ({
    desk,
    visitAs,
  }) => {
    const anna = await desk("credit");
    await readAll(anna);
    const [page, phone] = [
      await visitAs("credit", { locale: words.locale }),
      await visitAs("credit", { locale: words.locale, viewport: { width: 360, height: 740 } }),
    ];
    await expect(bell(page, words)).toBeVisible();

    const staff = await visitAs("lead", { locale: words.locale });
    await goTo(staff, words, "notice_desk.title");
    await staff.getByRole("link", { name: words.say("notice_desk.write") }).click();
    const save = staff.getByRole("button", { name: words.say("notice_desk.save"), exact: true });
    await save.click();
    await expect(staff.getByLabel(words.say("notice_desk.title_zh"))).toBeFocused();
    await expect(staff.getByText(words.say("problems.field.required")).first()).toBeVisible();
    const title = `No lorry on Monday (${language})`;
    await staff.getByLabel(words.say("notice_desk.about")).selectOption("delivery");
    await staff.getByLabel(words.say("notice_desk.title_en")).fill(title);
    await staff.getByLabel(words.say("notice_desk.text_en")).fill("The road is closed.\nThe next one leaves on Tuesday.");
    await save.click();
    const kept = staff.getByRole("list", { name: words.say("notice_desk.list") }).getByRole("listitem");
    await expect(kept.filter({ hasText: title })).toContainText(words.say("notice_desk.state.shown"));
    await expect(kept.filter({ hasText: title })).toContainText(words.say("notice_desk.for_customers"));

    // Neither page was loaded again. A text in one language is read in both.
    await expect(bell(page, words, 1)).toBeVisible();
    await expect(bell(phone, words, 1)).toBeVisible();
    await bell(page, words, 1).click();
    await expect(page).toHaveURL(/\/notices$/);
    const item = notices(page, words).filter({ hasText: title });
    await expect(item).toContainText(words.say("notices.unread_mark"));
    await expect(page.getByText("The road is closed.")).toBeHidden();
    await item.getByRole("link").click();
    await expect(page.getByText("The road is closed.")).toBeVisible();
    await expect(page).toHaveURL(/open=[0-9a-f-]{36}$/);
    await expect(item).not.toContainText(words.say("notices.unread_mark"));
    await expect(item.getByRole("link")).toBeFocused();
    await expect(bell(page, words)).toBeVisible();
    await expect(bell(phone, words)).toBeVisible();
    await staff.reload();
    await expect(kept.filter({ hasText: title })).toContainText(words.say("notice_desk.readers", { count: 1 }));

    // The link shows the same to a colleague, and back goes back.
    await phone.goto(new URL(page.url()).pathname + new URL(page.url()).search);
    await expect(phone.getByText("The road is closed.")).toBeVisible();
    await page.goBack();
    await expect(page.getByText("The road is closed.")).toBeHidden();

    // Taken back, it is gone for its readers.
    await kept.filter({ hasText: title }).getByRole("link").click();
    await staff.getByRole("button", { name: words.say("notice_desk.withdraw"), exact: true }).click();
    await expect(staff.getByText(words.say("notice_desk.was_withdrawn", { title }))).toBeVisible();
    await expect(item).toHaveCount(0);
    await expect(phone.getByText(words.say("notices.gone"))).toBeVisible();
    await expect(staff.getByRole("button", { name: words.say("notice_desk.show_again"), exact: true })).toBeVisible();
  });
}

const words = new Words("en");

test("notices are narrowed by category, and all of them are marked as read", async ({ desk, visitAs }) => {
  const lead = await desk("lead");
  await readAll(await desk("prepaid"));
  const texts = { text: { zh: "", en: "Text" } };
  await writeNotice(lead, { ...texts, title: { zh: "", en: "About terms" }, category: "terms" });
  await writeNotice(lead, { ...texts, title: { zh: "", en: "About goods" }, category: "goods", is_pinned: true });
  const page = await visitAs("prepaid");
  await bell(page, words, 2).click();
  await expect(notices(page, words).first()).toContainText("About goods");
  await page.getByLabel(words.say("notices.about")).selectOption("terms");
  await expect(page).toHaveURL(/\/notices\?category=terms$/);
  await expect(notices(page, words).filter({ hasText: "About goods" })).toHaveCount(0);
  await expect(notices(page, words).filter({ hasText: "About terms" })).toBeVisible();
  await page.getByRole("button", { name: words.say("notices.mark_all") }).click();
  await expect(bell(page, words)).toBeVisible();
  await expect(page.getByText(words.say("notices.nothing_unread"))).toBeVisible();
});

test("a notice for staff or for another region is not on a distributor's board", async ({ desk, visitAs }) => {
  const lead = await desk("lead");
  const texts = { text: { zh: "内容", en: "Text" } };
  await writeNotice(lead, { ...texts, title: { zh: "仅员工", en: "For staff" }, audience: { for: "staff" } });
  await writeNotice(lead, { ...texts, title: { zh: "所有人", en: "For everyone" }, audience: { for: "everyone" } });
  const page = await visitAs("deposit");
  await page.goto("/notices");
  await expect(notices(page, words).filter({ hasText: "For everyone" })).toBeVisible();
  await expect(notices(page, words).filter({ hasText: "For staff" })).toHaveCount(0);
  const staff = await visitAs("ship");
  await staff.goto("/notices");
  await expect(notices(staff, words).filter({ hasText: "For staff" })).toBeVisible();
  // Who may not write them is not offered to, and is told why at the address itself.
  await expect(staff.getByRole("link", { name: words.say("notice_desk.title") })).toHaveCount(0);
  await staff.goto("/managed-notices");
  const permission = words.say("labels.permission.notice_manage");
  await expect(staff.getByText(words.say("reasons.deny.needs_permission", { permission }))).toBeVisible();
});

test("the newest notices stand on both homes and lead to their text", async ({ desk, visitAs }) => {
  const lead = await desk("lead");
  const title = { zh: "首页公告", en: "On both homes" };
  await writeNotice(lead, { title, text: { zh: "正文", en: "What it says" }, audience: { for: "everyone" } });
  for (const login of ["credit", "admin"]) {
    const page = await visitAs(login);
    await expect(navigation(page, words)).toBeVisible();
    await page.getByRole("main").getByRole("link", { name: title.en }).click();
    await expect(page.getByText("What it says")).toBeVisible();
  }
});

test.describe("where the stock is changed", () => {
  test.use({ ownDeployment: true });

  test("stock that falls below its level is an alert for who counts it, without loading anything again", async ({
    desk,
    visitAs,
  }) => {
    const admin = await desk("admin");
    const [goods] = await goodsInStock(await desk("credit"), 1);
    if (goods === undefined) {
      throw new Error("There is one.");
    }
    const page = await visitAs("warehouse");
    await page.goto("/notices");
    const alerts = page.getByRole("complementary", { name: words.say("alerts.title") });
    await expect(alerts.getByText(words.say("alerts.loading"))).toHaveCount(0);
    const way = alerts.getByRole("link", { name: new RegExp(`^${goods.sku} `) });
    await expect(way).toHaveCount(0);
    // The bell counts what needs attention beside what is unread.
    const warehouse = await desk("warehouse");
    await readAll(warehouse);
    const { orders, stock } = await warehouse.get<{ orders: unknown[]; stock: unknown[] }>("/alerts");
    const alerted = orders.length + stock.length;
    await expect(bell(page, words, 0, alerted)).toBeVisible();
    for (const { id } of await admin.get<{ id: string }[]>("/warehouses")) {
      const counts = [{ variant_id: goods.variantId, on_hand: "0" }];
      await admin.change("POST", "/stock/counts", { warehouse_id: id, counts, reason: "The roof leaked" });
    }
    await expect(way).toBeVisible();
    await expect(bell(page, words, 0, alerted + 1)).toBeVisible();
    await way.click();
    await expect(page).toHaveURL(new RegExp(`/orders\\?q=${goods.sku}$`));
  });
});

test("the bell keeps its place while an order is written", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const goods = await someGoods(anna);
  await readAll(anna);
  const page = await visitAs("credit");
  await addToCart(page, words, goods);
  const before = await bell(page, words).boundingBox();
  await writeNotice(await desk("lead"), { title: { zh: "新", en: "New" }, text: { zh: "新", en: "New" } });
  await expect(bell(page, words, 1)).toBeVisible();
  expect(await bell(page, words, 1).boundingBox()).toEqual(before);
});
