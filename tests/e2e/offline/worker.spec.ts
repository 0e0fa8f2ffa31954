// The app's own files without a network, through updates, and damaged.

import { readFile } from "node:fs/promises";
import type { BrowserContext, Page } from "@playwright/test";
import { Deployment } from "../support/deployment.ts";
import { birth, navigation } from "../support/pages.ts";
import { Release } from "../support/release.ts";
import { expect, find, test as base } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");

interface Fixtures {
  /** The files of a deployment that this test may change. */
  release: Release;
  /** A browser of its own in front of that deployment. */
  visitor: BrowserContext;
}

const test = base.extend<Fixtures>({
  release: async ({}, use) => {
    const release = await Release.copy();
    await use(release);
    await release.remove();
  },
  deployment: async ({ release }, use) => {
    const deployment = await Deployment.start(process.env.COUNTERSIGN_TEMPLATE, release.directory);
    await use(deployment);
    await deployment.stop();
  },
  visitor: async ({ browser, deployment, contextOptions, watch }, use) => {
    const context = await browser.newContext({ ...contextOptions, baseURL: deployment.url });
    await watch.over(context);
    await use(context);
    await context.close();
  },
});

/** Waits until the app has taken over the page. */
async function expectApp(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-boot", "mounted");
  await expect(page.locator("#boot")).toHaveCount(0);
  await expect(page.getByRole("heading").first()).toBeVisible();
}

/** Opens `path` and waits until the device has all files of the app. */
async function openAndKeep(context: BrowserContext, path = "/"): Promise<Page> {
  const page = await context.newPage();
  await page.goto(path);
  await expectApp(page);
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active?.state === "activating") {
      await new Promise((resolve) => active.addEventListener("statechange", resolve, { once: true }));
    }
  });
  return page;
}

/** Signs in behind the page's back. */
async function signIn(context: BrowserContext, deployment: Deployment, login: string): Promise<void> {
  const accounts = await deployment.accounts();
  const { password } = find(new Map(accounts.map((account) => [account.login, account])), login);
  const response = await context.request.post("/api/v1/session", {
    data: { login, password },
    headers: { origin: deployment.url, "x-countersign": "1" },
  });
  expect(response.ok()).toBe(true);
}

/** The version of the app that a page is. */
function versionOf(page: Page): Promise<string | null> {
  return page.locator("html").getAttribute("data-build");
}

/** The versions whose files are on the device. */
function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () =>
    (await caches.keys()).filter((name) => name.startsWith("countersign-shell-")).map((name) => name.slice(18)),
  );
}

/** Addresses of everything the worker keeps. */
function addresses(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map((request) => new URL(request.url).pathname);
  });
}

/** Lets the browser look for a new version, as it does now and then by itself. */
function lookForUpdate(page: Page): Promise<void> {
  return page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update().catch(() => undefined);
  });
}

/** Overwrites what is kept of a file. */
function tamper(page: Page, path: string): Promise<void> {
  return page.evaluate(async (path) => {
    const [name = ""] = (await caches.keys()).filter((name) => name.startsWith("countersign-shell-"));
    const cache = await caches.open(name);
    const { headers } = (await cache.match(path)) as Response;
    await cache.put(path, new Response("no longer what it was", { headers }));
  }, path);
}

/** The size of what is kept of a file. */
function keptSize(page: Page, path: string): Promise<number> {
  return page.evaluate(async (path) => (await (await caches.match(path))?.arrayBuffer())?.byteLength ?? 0, path);
}

/** Ends the worker, so that it starts anew with the next page. */
async function endWorker(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("ServiceWorker.enable");
  await devtools.send("ServiceWorker.stopAllWorkers");
  await devtools.detach();
}

test("without a network every address opens the app", async ({ visitor, deployment, watch }) => {
  watch.tolerate(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
  await signIn(visitor, deployment, "credit");
  const online = await openAndKeep(visitor, "/catalog");
  await expect(navigation(online, words)).toBeVisible();
  await online.close();
  await visitor.setOffline(true);
  for (const path of ["/", "/cart", "/orders/0190b2f0-0000-7000-8000-000000000001", "/catalog?q=tea"]) {
    const page = await visitor.newPage();
    await page.goto(path);
    await expectApp(page);
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(path);
    await page.close();
  }
});

test("answers of the API are neither kept nor replaced", async ({ visitor, deployment, watch }) => {
  // Beside what is no page of the app a browser looks for a favicon.ico.
  watch.tolerate(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|404/);
  await signIn(visitor, deployment, "credit");
  const page = await openAndKeep(visitor, "/catalog");
  await page.goto("/orders");
  await expect(navigation(page, words)).toBeVisible();
  const all = await addresses(page);
  expect(all).toContain("/index.html");
  expect(all.filter((path) => path.startsWith("/api/") && !path.startsWith("/api/v1/media/"))).toEqual([]);
  await page.goto("/healthz");
  await expect(page.locator("html")).not.toHaveAttribute("data-build");
  await visitor.setOffline(true);
  await expect(page.goto("/api/v1/meta")).rejects.toThrow();
});

test("a new version waits until somebody accepts it, and then only there", async ({ visitor, deployment, release }) => {
  const first = await release.version();
  await signIn(visitor, deployment, "credit");
  const one = await openAndKeep(visitor, "/catalog");
  const other = await openAndKeep(visitor, "/cart");
  const second = await release.publish();
  await lookForUpdate(one);
  const offer = (page: Page) => page.getByRole("main").getByRole("button", { name: words.say("shell.update_reload") });
  await expect(offer(one)).toBeVisible();
  await expect(offer(other)).toBeVisible();

  // Loading a page anew accepts nothing.
  await one.reload();
  await expect(offer(one)).toBeVisible();
  expect(await versionOf(one)).toBe(first);

  const before = await birth(other);
  await offer(one).click();
  await expect(one.locator("html")).toHaveAttribute("data-build", second);
  await expectApp(one);
  await expect(offer(one)).toBeHidden();

  await expect(other.getByText(words.say("shell.update_taken"))).toBeVisible();
  expect(await birth(other)).toBe(before);
  expect(await versionOf(other)).toBe(first);
  // The files of the old version stay for as long as a page may ask for them.
  expect((await kept(one)).sort()).toEqual([first, second].sort());
  await one.reload();
  await expectApp(one);
  expect((await kept(one)).sort()).toEqual([first, second].sort());

  await offer(other).click();
  await expect(other.locator("html")).toHaveAttribute("data-build", second);
  await expectApp(other);
  await expect.poll(() => kept(other)).toEqual([second]);
});

test("a version with a damaged file is not taken", async ({ visitor, release }) => {
  const first = await release.version();
  const page = await openAndKeep(visitor);
  const mendIt = await release.damage("icon-512.png");
  // The copy of the version before has the right bytes already, so another file has to be new as well.
  await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      await (await caches.open(name)).delete("/icon-512.png");
    }
  });
  const second = await release.publish();
  await lookForUpdate(page);
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).installing === null))
    .toBe(true);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting)).toBeNull();
  await page.reload();
  await expectApp(page);
  expect(await versionOf(page)).toBe(first);

  await mendIt();
  await lookForUpdate(page);
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null))
    .toBe(true);
  await page.close();
  const later = await visitor.newPage();
  await later.goto("/");
  await expect(later.locator("html")).toHaveAttribute("data-build", second);
});

test("a file that is damaged on the device is mended before it is used", async ({ visitor, release }) => {
  const [wasm, script] = [await release.named(/^countersign-\w+\.wasm$/), await release.named(/^countersign-\w+\.js$/)];
  const page = await openAndKeep(visitor);
  const sizes = [await keptSize(page, `/${wasm}`), await keptSize(page, `/${script}`)];
  for (const path of [wasm, script, "index.html"]) {
    await tamper(page, `/${path}`);
  }
  await endWorker(page);
  await page.goto("/orders");
  await expectApp(page);
  expect([await keptSize(page, `/${wasm}`), await keptSize(page, `/${script}`)]).toEqual(sizes);
});

test("a file that is damaged while the worker trusts it is mended once the app does not start", async ({
  visitor,
  release,
  watch,
}) => {
  watch.tolerate(/integrity|Failed to fetch/i);
  const wasm = await release.named(/^countersign-\w+\.wasm$/);
  const page = await openAndKeep(visitor);
  const size = await keptSize(page, `/${wasm}`);
  await page.reload();
  await expectApp(page);
  await tamper(page, `/${wasm}`);
  await page.goto("/orders");
  await expectApp(page);
  await expect(page).toHaveURL(/\/orders$/);
  expect(await keptSize(page, `/${wasm}`)).toBe(size);
});

test("damaged files from the network end in a page that saves what is on the device", async ({
  visitor,
  release,
  watch,
}) => {
  watch.tolerate(/integrity|Failed to fetch/i);
  const mendIt = await release.damage(await release.named(/^countersign-\w+\.wasm$/));
  const page = await visitor.newPage();
  await page.goto("/recover.html");
  await expect(page.getByRole("heading", { name: "Recover the app" })).toBeVisible();
  await page.evaluate(async () => {
    localStorage.setItem("countersign.note", "typed last");
    localStorage.setItem("another.app", "not ours");
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open("countersign:desk:anna", 3);
      opening.onupgradeneeded = () => opening.result.createObjectStore("outbox");
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const change = opening.result.transaction("outbox", "readwrite");
        change.objectStore("outbox").put({ state: "queued", bytes: new TextEncoder().encode('{"rev":1}') }, "draft-1");
        change.oncomplete = () => {
          opening.result.close();
          resolve();
        };
      };
    });
  });

  await page.goto("/orders?status=shipped");
  await expect(page.getByRole("heading", { name: "The app could not start" })).toBeVisible();
  await expect(page).toHaveURL(/\/recover\.html#\/orders\?status=shipped$/);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file" }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toMatch(/^countersign-[\d-]+\.json$/);
  const file = JSON.parse(await readFile(await download.path(), "utf8"));
  expect(file.local_storage).toEqual({ "countersign.note": "typed last" });
  expect(file.databases).toEqual([
    {
      name: "countersign:desk:anna",
      version: 3,
      stores: [
        {
          name: "outbox",
          records: [
            { key: "draft-1", value: { state: "queued", bytes: { $bytes: "eyJyZXYiOjF9", $text: '{"rev":1}' } } },
          ],
        },
      ],
    },
  ]);
  await expect(page.getByRole("status")).toHaveText("Saved 1 records.");

  // Another try while nothing has changed leads back here; once it is mended, to where the visitor wanted to go.
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "The app could not start" })).toBeVisible();
  await mendIt();
  await page.getByRole("button", { name: "Try again" }).click();
  await expectApp(page);
  await expect(page).toHaveURL(/\/orders\?status=shipped$/);
});

test("removing the app's files leaves the data and loads the app anew", async ({ visitor, watch }) => {
  watch.tolerate(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
  const page = await openAndKeep(visitor);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open("countersign:desk:anna", 1);
        opening.onsuccess = () => {
          opening.result.close();
          resolve();
        };
      }),
  );
  await page.evaluate(async () => {
    const cache = await caches.open("countersign-shell-forgotten");
    await cache.put("/forgotten", new Response("x"));
  });
  await page.goto("/recover.html");
  const remove = page.getByRole("button", { name: "Remove and load anew" });
  await visitor.setOffline(true);
  await remove.click();
  await expect(page.getByRole("status")).toContainText("There is no connection");
  expect(await kept(page)).toContain("forgotten");
  await visitor.setOffline(false);
  await remove.click();
  await expectApp(page);
  expect(await kept(page)).not.toContain("forgotten");
  const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(databases).toContain("countersign:desk:anna");
});

test("the app can be installed", async ({ visitor }) => {
  const page = await openAndKeep(visitor);
  const devtools = await visitor.newCDPSession(page);
  const { errors } = await devtools.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  // A browser without a profile never offers to install anything.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
  const manifest = await visitor.request.get("/manifest.webmanifest");
  expect(manifest.headers()["content-type"]).toContain("application/manifest+json");
  const { icons, shortcuts } = (await manifest.json()) as { icons: { src: string }[]; shortcuts: { url: string }[] };
  for (const { src } of icons) {
    expect((await visitor.request.get(src)).headers()["content-type"], src).toMatch(/^image\//);
  }
  expect(shortcuts.map(({ url }) => url)).toEqual(["/cart", "/orders"]);
  expect((await visitor.request.get("/sw.js")).headers()["cache-control"]).toBe("no-cache");
});
