// Barcodes by camera in a browser that can't read them itself: the app brings a reader of its own.

import { goodsInStock } from "../support/orders.ts";
import { filmOf } from "../support/barcode.ts";
import { stepIn } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");
const say = (key: string, values: Record<string, string | number> = {}) => words.say(`quick_order.${key}`, values);

interface Found {
  items: { variants: { id: string; barcode?: string }[] }[];
}

test("what the camera sees ends up in the sheet, without the browser's help", async ({ playwright, launchOptions, baseURL, desk, accounts, watch }, testInfo) => {
  const anna = await desk("credit");
  const [goods] = await goodsInStock(anna, 1);
  const { items } = await anna.get<Found>(`/products?variants=${goods?.variantId}`);
  const barcode = items.flatMap((product) => product.variants).find((variant) => variant.id === goods?.variantId)?.barcode ?? "";
  expect(barcode).toMatch(/^\d{13}$/);
  const film = testInfo.outputPath("camera.y4m");
  await filmOf(barcode, film);
  // The film is chosen when a browser starts, so this test has one of its own.
  const browser = await playwright.chromium.launch({
    ...launchOptions,
    args: [
      ...(launchOptions.args ?? []),
      "--use-fake-ui-for-media-stream",
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
  const context = await browser.newContext({ baseURL, locale: words.locale, permissions: ["camera"] });
  await context.addInitScript(() => {
    Reflect.deleteProperty(window, "BarcodeDetector");
    Object.defineProperty(Navigator.prototype, "serviceWorker", { get: () => undefined });
  });
  await watch.over(context);
  const page = await context.newPage();
  await page.goto("/quick-order");
  const account = accounts.get("credit");
  if (account === undefined) {
    throw new Error("There is no such account.");
  }
  await stepIn(page, words, account);
  await page.goto("/quick-order");
  const code = page.getByRole("textbox", { name: say("code_in", { row: 1 }), exact: true });
  await expect(code).toHaveValue("");

  await page.getByRole("button", { name: say("scan.start"), exact: true }).click();
  await expect(page.getByText(say("scan.added", { code: barcode, quantity: 1 }), { exact: true })).toBeVisible();
  await expect(code).toHaveValue(barcode);
  await expect(page.getByText(words.local(goods?.product ?? { zh: "", en: "" })).first()).toBeVisible();
  // It stays in sight, and counts once.
  await page.getByRole("button", { name: say("scan.stop"), exact: true }).click();
  await expect(page.getByRole("textbox", { name: say("quantity_in", { row: 1 }), exact: true })).toHaveValue("1");
  await browser.close();
});

test("a reader that can't be fetched is said in words, and fetched at the next try", async ({ visitAs, watch }) => {
  watch.tolerate(/ERR_FAILED|Failed to fetch/);
  const page = await visitAs("credit");
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, "BarcodeDetector");
    const canvas = document.createElement("canvas");
    canvas.getContext("2d")?.fillRect(0, 0, 10, 10);
    navigator.mediaDevices.getUserMedia = () => Promise.resolve(canvas.captureStream(5));
  });
  const part = /barcodes[^/]*\.wasm/;
  await page.route(part, (route) => route.abort());
  await page.goto("/quick-order");
  await page.getByRole("button", { name: say("scan.start"), exact: true }).click();
  await expect(page.getByText(say("scan.not_fetched"), { exact: true })).toBeVisible();
  await page.unroute(part);
  await page.getByRole("button", { name: say("scan.start"), exact: true }).click();
  await expect(page.getByRole("button", { name: say("scan.stop"), exact: true })).toBeVisible();
  await expect(page.getByText(say("scan.hint"), { exact: true })).toBeVisible();
  await page.getByRole("button", { name: say("scan.stop"), exact: true }).click();
});
