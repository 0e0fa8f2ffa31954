// How the app starts where the device has no room for it, and where its settings don't come or are damaged.

import type { Page } from "@playwright/test";
import { navigation } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

/** More than a page needs to run, and less than the app's files take. */
const LITTLE_ROOM = 60_000;

/** Longest wait for settings that don't come; the app itself waits 12 s. */
const PATIENCE_MS = 25_000;

async function expectApp(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-boot", "mounted");
  await expect(page.getByRole("heading", { name: words.say("auth.title"), exact: true })).toBeVisible();
}

test("a device without room for the app runs it all the same, and says what that means", async ({
  deployment,
  visit,
  watch,
}) => {
  // The browser tells of the worker that could not be installed.
  watch.tolerate(/quota/i);
  const page = await visit();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Storage.overrideQuotaForOrigin", { origin: deployment.url, quotaSize: LITTLE_ROOM });
  await page.goto("/");
  await expectApp(page);
  await expect(page.getByText(words.say("shell.update_no_room"))).toBeVisible();
  await expect(page.getByRole("button", { name: words.say("shell.update_reload") })).toBeHidden();
  const kept = await page.evaluate(async () =>
    (await caches.keys()).filter((name) => name.startsWith("countersign-shell-")),
  );
  expect(kept, "no half of the app takes the room that orders need").toEqual([]);
  await page.getByRole("button", { name: words.say("shell.close") }).click();
  await expect(page.getByText(words.say("shell.update_no_room"))).toBeHidden();
});

test("settings that never come end in a page that says so, and in the app once they do", async ({ visit }) => {
  const page = await visit();
  await page.route("**/config.json", () => new Promise(() => undefined));
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText(words.say("shell.config_unreachable"), { timeout: PATIENCE_MS });
  await page.unroute("**/config.json");
  await page.getByRole("button", { name: words.say("shell.retry") }).click();
  await expectApp(page);
});

for (const damaged of ["", "{", "null", '{"api_base":1}', "<!doctype html><title>Free Wi-Fi</title>"]) {
  test(`settings that read ${JSON.stringify(damaged)} are told, and the app comes once they are mended`, async ({
    visit,
  }) => {
    const page = await visit();
    await page.route("**/config.json", (route) => route.fulfill({ body: damaged }));
    await page.goto("/");
    await expect(page.getByRole("alert")).toContainText(words.say("shell.config_broken"));
    await page.unroute("**/config.json");
    await page.getByRole("button", { name: words.say("shell.retry") }).click();
    await expectApp(page);
  });
}

test("settings that are damaged on the device don't keep the app from starting", async ({ visitAs }) => {
  const page = await visitAs("credit");
  await expect(navigation(page, words)).toBeVisible();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const names = (await caches.keys()).filter((name) => name.startsWith("countersign-shell-"));
    for (const name of names) {
      await (await caches.open(name)).put("/config.json", new Response("{"));
    }
    return names.length;
  });
  await page.goto("/cart");
  await expect(navigation(page, words)).toBeVisible();
});
