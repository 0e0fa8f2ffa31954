// The conversation on an order: both sides, live, with files; what staff note for themselves; and what the customer says in the end.

import { randomUUID } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import type { Desk } from "../support/desk.ts";
import { picture } from "../support/files.ts";
import { submitSome, walk } from "../support/orders.ts";
import { expectStatus, goTo, sheet } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { LANGUAGES, Words } from "../support/words.ts";

const words = new Words("en");

/** The messages of the open order. */
function log(page: Page): Locator {
  return sheet(page).getByRole("log", { name: words.say("talk.log") });
}

/** Where a message is typed. */
function field(page: Page): Locator {
  return sheet(page).getByRole("textbox", { name: words.say("talk.message"), exact: true });
}

function sendButton(page: Page): Locator {
  return sheet(page).getByRole("button", { name: words.say("talk.send"), exact: true });
}

async function attach(page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await sheet(page).getByRole("button", { name: words.say("talk.files.attach"), exact: true }).click();
  await (await chooser).setFiles(files);
}

function chosen(page: Page): Locator {
  return sheet(page).getByRole("list", { name: words.say("talk.files.chosen") }).getByRole("listitem");
}

/** Writes a message through the API. */
async function write(who: Desk, order: string, text: string): Promise<void> {
  await who.change("POST", `/orders/${order}/messages`, { id: randomUUID(), text });
}

test("the customer asks with a photo, staff note and answer, and both see it as it is written", async ({ desk, visitAs }) => {
  const anna = await desk("credit");
  const order = await submitSome(anna);
  const [customer, reviewer] = [await visitAs("credit"), await visitAs("review")];
  for (const page of [customer, reviewer]) {
    await page.goto(`/orders/${order.id}`);
    await expectStatus(page, words, "pending_order_review");
    await expect(sheet(page).getByText(words.say("talk.nothing"))).toBeVisible();
  }

  await test.step("a press too many sends nothing twice", async () => {
    await field(customer).fill("Is this the bottle that leaks?");
    await attach(customer, picture("leak.png"));
    await expect(chosen(customer).getByText(words.say("talk.files.ready"))).toBeVisible();
    await sendButton(customer).dblclick();
    await expect(log(customer).getByRole("listitem").filter({ hasText: "Is this the bottle" })).toHaveCount(1);
    await expect(field(customer)).toHaveValue("");
    await expect(chosen(customer)).toHaveCount(0);
    const kept = await anna.get<unknown[]>(`/orders/${order.id}/messages`);
    expect(kept).toHaveLength(1);
  });

  await test.step("it is on the other page, and the photo opens large", async () => {
    await expect(log(reviewer).getByText("Is this the bottle that leaks?")).toBeVisible();
    await log(reviewer).getByRole("button", { name: words.say("talk.files.open", { name: "leak.png" }) }).click();
    const large = reviewer.getByRole("dialog", { name: "leak.png" });
    await expect(large.getByRole("img", { name: "leak.png" })).toHaveJSProperty("complete", true);
    const width = await large.getByRole("img", { name: "leak.png" }).evaluate((image: HTMLImageElement) => image.naturalWidth);
    expect(width).toBe(1);
    await reviewer.keyboard.press("Escape");
    await expect(large).toBeHidden();
  });

  await test.step("a note is for the staff alone", async () => {
    await field(reviewer).fill("They always ask this.");
    await sheet(reviewer).getByRole("checkbox", { name: words.say("talk.make_internal") }).check();
    await sheet(reviewer).getByRole("button", { name: words.say("talk.send_internal"), exact: true }).click();
    const note = log(reviewer).getByRole("listitem").filter({ hasText: "They always ask this." });
    await expect(note.getByText(words.say("talk.internal"), { exact: true })).toBeVisible();
    await expect(sendButton(reviewer)).not.toHaveAttribute("aria-busy", "true");
    await field(reviewer).fill("No, that one is fine.");
    await field(reviewer).press("Control+Enter");
    await expect(log(customer).getByText("No, that one is fine.")).toBeVisible();
    await expect(log(customer).getByText("They always ask this.")).toHaveCount(0);
    await expect(sheet(customer).getByRole("checkbox", { name: words.say("talk.make_internal") })).toHaveCount(0);
  });
});

test("what is typed is there again after leaving the page, until it is sent", async ({ desk, visitAs }) => {
  const order = await submitSome(await desk("credit"));
  const customer = await visitAs("credit");
  await customer.goto(`/orders/${order.id}`);
  await field(customer).fill("Please call before");
  await attach(customer, picture("gate.png"));
  await expect(chosen(customer)).toHaveCount(1);
  await goTo(customer, words, "shell.orders");
  await expect(field(customer)).toBeHidden();
  await customer.goBack();
  await expect(field(customer)).toHaveValue("Please call before");
  await expect(chosen(customer)).toHaveCount(1);
  await sendButton(customer).click();
  await expect(log(customer).getByText("Please call before")).toBeVisible();
  await expect(field(customer)).toHaveValue("");
});

test("what is wrong is said of each part, and nothing of it is lost", async ({ desk, visitAs }) => {
  const order = await submitSome(await desk("credit"));
  const customer = await visitAs("credit");
  await customer.goto(`/orders/${order.id}`);
  await sendButton(customer).click();
  await expect(sheet(customer).getByText(words.say("talk.empty"))).toBeVisible();
  const long = "a".repeat(2_001);
  await field(customer).fill(long);
  await expect(field(customer)).toHaveAccessibleDescription(/too many by 1/);
  await sendButton(customer).click();
  await expect(field(customer)).toHaveValue(long);
  await field(customer).fill("As agreed");
  const script = { name: "photo.png", mimeType: "image/png", buffer: Buffer.from("<svg onload='alert(1)'/>") };
  await attach(customer, picture("fine.png"), script);
  const wrong = chosen(customer).filter({ hasText: "photo.png" });
  await expect(wrong.getByRole("alert")).toHaveText(words.say("talk.files.fault.wrong_type"));
  await sendButton(customer).click();
  await expect(sheet(customer).getByText(words.say("talk.files.mend"))).toBeVisible();
  await wrong.getByRole("button", { name: words.say("talk.files.remove", { name: "photo.png" }) }).click();
  await sendButton(customer).click();
  await expect(log(customer).getByText("As agreed")).toBeVisible();
  await expect(log(customer).getByRole("button", { name: words.say("talk.files.open", { name: "fine.png" }) })).toBeVisible();
});

test("what was not read is marked on the lists, and no more once it was on the screen", async ({ desk, visitAs }) => {
  const [anna, reviewer] = [await desk("credit"), await desk("review")];
  const order = await submitSome(anna);
  const customer = await visitAs("credit");
  await customer.goto("/orders");
  const row = customer.getByRole("listitem").filter({ hasText: order.number });
  await expect(row).toBeVisible();
  await write(reviewer, order.id, "Which gate?");
  await write(reviewer, order.id, "And when?");
  const mark = words.say("talk.unread", { count: 2 });
  await expect(row.getByText(mark)).toBeVisible();
  await row.getByRole("link").first().click();
  await expect(log(customer).getByText("And when?")).toBeVisible();
  // Below the last message, so that its end is on the screen, too.
  await field(customer).scrollIntoViewIfNeeded();
  await expect(sheet(customer).getByText(mark)).toBeHidden();
  await customer.goBack();
  await expect(row).toBeVisible();
  await expect(row.getByText(mark)).toBeHidden();
  expect(await anna.get("/unread-messages")).not.toContainEqual(expect.objectContaining({ order_id: order.id }));
});

test("a completed order is rated once, and staff see it at once", async ({ desk, visitAs }) => {
  const [anna, admin] = [await desk("credit"), await desk("admin")];
  const order = await submitSome(anna);
  await walk(order.id, "completed", admin, anna);
  const [customer, lead] = [await visitAs("credit"), await visitAs("lead")];
  for (const page of [customer, lead]) {
    await page.goto(`/orders/${order.id}`);
    await expectStatus(page, words, "completed");
  }
  const send = sheet(customer).getByRole("button", { name: words.say("talk.rating.send"), exact: true });
  await expect(sheet(lead).getByRole("button", { name: words.say("talk.rating.send") })).toHaveCount(0);
  await send.click();
  await expect(sheet(customer).getByText(words.say("talk.rating.missing"))).toBeVisible();
  await sheet(customer).getByRole("radio", { name: words.say("talk.rating.four") }).check();
  await sheet(customer).getByRole("textbox", { name: words.say("talk.rating.comment") }).fill("On time");
  await send.click();
  for (const page of [customer, lead]) {
    await expect(sheet(page).getByText(words.say("talk.rating.stars", { stars: 4 }), { exact: true })).toBeVisible();
    await expect(sheet(page).getByText(words.say("order.event.rated", { stars: 4 }))).toBeVisible();
    await expect(sheet(page).getByText("On time").first()).toBeVisible();
  }
  await expect(send).toHaveCount(0);
});

for (const language of LANGUAGES) {
  const own = new Words(language);

  test(`a conversation fits a phone (${language})`, async ({ desk, visitAs }) => {
    const anna = await desk("credit");
    const order = await submitSome(anna);
    await write(anna, order.id, `${"长".repeat(300)} ${"w".repeat(300)}`);
    const page = await visitAs("review", { locale: own.locale, viewport: { width: 360, height: 740 }, hasTouch: true });
    await page.goto(`/orders/${order.id}`);
    await expect(sheet(page).getByRole("log", { name: own.say("talk.log") })).toBeVisible();
    const chooser = page.waitForEvent("filechooser");
    await sheet(page).getByRole("button", { name: own.say("talk.files.attach"), exact: true }).click();
    await (await chooser).setFiles([picture(`${"n".repeat(70)}.png`)]);
    await expect(sheet(page).getByText(own.say("talk.files.ready"))).toBeVisible();
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wider).toBe(0);
    const button = sheet(page).getByRole("button", { name: own.say("talk.send"), exact: true });
    const box = await button.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
  });
}
