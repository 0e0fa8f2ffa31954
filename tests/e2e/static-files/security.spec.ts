// What the files on a CDN promise: the strict policy, nothing inline, nothing that the policy refuses.

import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "../support/test.ts";

const DIST = process.env.COUNTERSIGN_DIST ?? resolve(import.meta.dirname, "../../../dist");

/** The headers that `_headers` demands for every file. */
async function demanded(): Promise<[string, string][]> {
  const [, everywhere = ""] = (await readFile(join(DIST, "_headers"), "utf8")).split(/^\/\*$/m);
  const lines = everywhere.split(/^\//m)[0]?.trim().split("\n") ?? [];
  return lines.map((line) => {
    const [name = "", ...value] = line.trim().split(": ");
    return [name.toLowerCase(), value.join(": ")];
  });
}

test("the server sends with every file what a CDN is told to send", async ({ request }) => {
  const headers = await demanded();
  expect(headers.length).toBeGreaterThan(3);
  for (const path of ["/", "/index.html", "/config.json", "/icon.svg", "/orders/deep/link"]) {
    const response = await request.get(path, { headers: { accept: "text/html,*/*" } });
    expect(response.status(), path).toBe(200);
    for (const [name, value] of headers) {
      expect(response.headers()[name], `${name} of ${path}`).toBe(value);
    }
  }
});

test("files named by their content are kept for ever, the page is asked for again", async ({ request }) => {
  const page = await request.get("/");
  expect(page.headers()["cache-control"]).toBe("no-cache");
  const hashed = (await page.text()).match(/\/[\w-]+-[0-9a-f]{16}(?:_bg)?\.(?:js|css|wasm)/g) ?? [];
  expect(hashed.length).toBeGreaterThan(4);
  for (const path of new Set(hashed)) {
    const response = await request.get(path);
    expect(response.headers()["cache-control"], path).toContain("immutable");
    expect(response.headers()["content-encoding"], path).toBe("br");
  }
});

test("the page has no script and no style of its own", async ({ request }) => {
  const html = await (await request.get("/")).text();
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
});

test("every file the page loads is checked against its digest and loaded once", async ({ page }) => {
  const loads = new Map<string, number>();
  page.on("request", (request) => {
    const path = new URL(request.url()).pathname;
    loads.set(path, (loads.get(path) ?? 0) + 1);
  });
  await page.goto("/");
  await expect(page.locator("#boot")).toHaveCount(0);
  const twice = [...loads].filter(([path, count]) => count > 1 && /\.(?:js|css|wasm)$/.test(path));
  expect(twice).toEqual([]);
  const unchecked = await page
    .locator("script, link[rel=stylesheet], link[rel=modulepreload]")
    .evaluateAll((elements) => elements.filter((element) => !element.hasAttribute("integrity")).map((element) => element.outerHTML));
  expect(unchecked).toEqual([]);
});

test("markup with a script in it is refused by the browser itself", async ({ page, watch }) => {
  watch.tolerate(/require-trusted-types-for|TrustedHTML/);
  await page.goto("/");
  const outcome = await page.evaluate(() => {
    try {
      document.createElement("div").innerHTML = '<img src="x" onerror="globalThis.harmed = true">';
      return "written";
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(outcome).toBe("TypeError");
});

test("an app that cannot start says so in the visitor's language and offers another try", async ({ visit, watch }) => {
  watch.tolerate(/ERR_FAILED|fetch/i);
  const said = [
    { locale: "zh-CN", heading: "应用无法启动", button: "重试" },
    { locale: "en-GB", heading: "The app could not start", button: "Try again" },
  ];
  for (const { locale, heading, button } of said) {
    const page = await visit({ locale });
    await page.route("**/*.wasm", (route) => route.abort());
    await page.goto("/");
    await expect(page.getByRole("heading", { name: heading })).toBeVisible();
    await expect(page.getByRole("button", { name: button })).toBeVisible();
  }
});

test("an app that fails while it runs says so in the visitor's language and offers to load it again", async ({ visit, watch }) => {
  watch.tolerate(/unreachable/);
  const said = [
    { locale: "zh-CN", words: /页面出错/, button: "重新加载" },
    { locale: "en-GB", words: /This page has failed/, button: "Load again" },
  ];
  for (const { locale, words, button } of said) {
    const page = await visit({ locale });
    await page.goto("/");
    await expect(page.locator(":root")).toHaveAttribute("data-boot", "mounted");
    await expect(page.getByText(words)).toBeHidden();
    await page.evaluate(() => {
      // A module of one function that does nothing but trap.
      const code = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
      const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(code)));
      setTimeout(exports.f as () => void);
    });
    await expect(page.getByText(words)).toBeVisible();
    await page.getByRole("button", { name: button }).click();
    await expect(page.locator(":root")).toHaveAttribute("data-boot", "mounted");
    await expect(page.getByText(words)).toBeHidden();
  }
});
