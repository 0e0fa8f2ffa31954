// Notices without a connection: readable on a trusted device with their age, and marked as read once there is one.

import { appIsKept } from "../support/device.ts";
import { bell, notices, readAll, writeNotice } from "../support/notices.ts";
import { signInTrusting, syncLine } from "../support/pages.ts";
import { expect, find, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");
const OFFLINE = /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_NETWORK_IO_SUSPENDED|ERR_FAILED/;

test("a trusted device shows notices without a connection, and counts one as read once it can say so", async ({
  accounts,
  desk,
  visit,
  watch,
}) => {
  watch.tolerate(OFFLINE);
  const anna = await desk("credit");
  await readAll(anna);
  const title = { zh: "断网也能看", en: "Readable without a connection" };
  const id = await writeNotice(await desk("lead"), { title, text: { zh: "正文", en: "What it says" } });
  const page = await visit();
  await page.goto("/");
  await signInTrusting(page, words, find(accounts, "credit"));
  await appIsKept(page);

  // A cold start of a link that was never opened here.
  await page.context().setOffline(true);
  await page.goto(`/notices?open=${id}`);
  await expect(page.getByText("What it says")).toBeVisible();
  await expect(syncLine(page)).toContainText(/^Offline, as of /);
  await expect(notices(page, words).filter({ hasText: title.en })).toContainText(words.say("notices.unread_mark"));
  await expect(bell(page, words, 1)).toBeVisible();
  await expect(page.getByText(words.say("notices.needs_connection"))).toBeVisible();

  await page.context().setOffline(false);
  await expect(bell(page, words)).toBeVisible();
  await expect(syncLine(page)).not.toContainText("as of");
  await expect
    .poll(async () => (await anna.get<{ unread: number }>("/notices")).unread)
    .toBe(0);
});

test("a notice that was written while a trusted device was open is on it when the connection goes", async ({
  accounts,
  desk,
  visit,
  watch,
}) => {
  watch.tolerate(OFFLINE);
  await readAll(await desk("credit"));
  const page = await visit();
  await page.goto("/");
  await signInTrusting(page, words, find(accounts, "credit"));
  await appIsKept(page);
  await writeNotice(await desk("lead"), { title: { zh: "刚发布", en: "Just written" }, text: { zh: "正文", en: "Text" } });
  await expect(bell(page, words, 1)).toBeVisible();
  await page.context().setOffline(true);
  await page.goto("/notices");
  await expect(notices(page, words).filter({ hasText: "Just written" })).toBeVisible();
});
