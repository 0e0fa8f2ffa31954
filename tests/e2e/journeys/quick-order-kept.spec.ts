// The sheet of the quick order after a reload, and codes that are scanned.

import type { Page } from "@playwright/test";
import { goodsInStock } from "../support/orders.ts";
import { signOut } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { Words } from "../support/words.ts";

const words = new Words("en");
const say = (key: string, values: Record<string, string | number> = {}) => words.say(`quick_order.${key}`, values);

function code(page: Page, row: number) {
  return page.getByRole("textbox", { name: say("code_in", { row }), exact: true });
}

function quantity(page: Page, row: number) {
  return page.getByRole("textbox", { name: say("quantity_in", { row }), exact: true });
}

async function open(page: Page): Promise<void> {
  await page.goto("/quick-order");
  await expect(code(page, 1)).toBeVisible();
}

/** The sheet is written down. */
async function kept(page: Page): Promise<void> {
  await expect(page.getByText(say("keeping.kept"), { exact: true })).toBeVisible();
}

/** Selects all that is in the field with the focus. */
const SELECT_ALL = "SelectAll";

/** Presses keys in the field with the focus as fast as a scanner: all in one task of the browser. */
function press(page: Page, keys: string[]): Promise<void> {
  return page.evaluate(
    ([keys, selectAll]) => {
      const field = document.activeElement;
      let isChosen = false;
      for (const key of keys) {
        const chord = key === selectAll ? { key: "a", ctrlKey: true } : { key };
        const isOpen = field?.dispatchEvent(new KeyboardEvent("keydown", { ...chord, bubbles: true, cancelable: true }));
        isChosen ||= key === selectAll;
        if (isOpen && field instanceof HTMLInputElement && key.length === 1) {
          field.value = isChosen ? key : field.value + key;
          isChosen = false;
          field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }
      }
    },
    [keys, SELECT_ALL] as const,
  );
}

/** A scanner types a code. */
function scan(page: Page, text: string): Promise<void> {
  return press(page, [...text, "Enter"]);
}

/** What a test browser lacks: a camera that sees a grey picture, and a reader that finds `value` in any. */
async function standIn(page: Page, value: string): Promise<void> {
  await page.addInitScript((value) => {
    class BarcodeDetector {
      detect(): Promise<{ rawValue: string }[]> {
        return Promise.resolve([{ rawValue: value }]);
      }
    }
    Object.assign(window, { BarcodeDetector });
    const canvas = document.createElement("canvas");
    canvas.getContext("2d")?.fillRect(0, 0, 10, 10);
    navigator.mediaDevices.getUserMedia = () => Promise.resolve(canvas.captureStream(5));
  }, value);
}

test("the sheet is there again after a reload, with what its codes mean", async ({ desk, visitAs }) => {
  const [first, second] = await goodsInStock(await desk("credit"), 2);
  const page = await visitAs("credit");
  await open(page);
  await code(page, 1).fill(first?.sku ?? "");
  await quantity(page, 1).fill(String(first?.smallest));
  await quantity(page, 1).press("Enter");
  await code(page, 2).fill(second?.sku ?? "");
  await code(page, 2).press("Tab");
  await kept(page);
  await page.reload();
  await expect(code(page, 1)).toHaveValue(first?.sku ?? "");
  await expect(quantity(page, 1)).toHaveValue(String(first?.smallest));
  await expect(code(page, 2)).toHaveValue(second?.sku ?? "");
  await expect(page.getByText(say("summary", { filled: 2, good: 1, bad: 1 }), { exact: true })).toBeVisible();
});

test("on a device that is not trusted, signing out asks about rows that are in no cart", async ({ desk, visitAs }) => {
  const [goods] = await goodsInStock(await desk("deposit"), 1);
  const page = await visitAs("deposit");
  await open(page);
  await code(page, 1).fill(goods?.sku ?? "");
  await code(page, 1).press("Tab");
  await kept(page);
  await page.getByRole("banner").getByRole("button", { expanded: false }).click();
  await page.getByRole("button", { name: words.say("shell.sign_out") }).click();
  await expect(page.getByText(words.say("leave.rows", { count: 1 }), { exact: true })).toBeVisible();
  await page.getByLabel(words.say("leave.type_word", { word: words.say("leave.word") })).fill(words.say("leave.word"));
  await page.getByRole("button", { name: words.say("leave.discard"), exact: true }).click();
  await expect(page.getByRole("heading", { name: words.say("auth.title"), exact: true })).toBeVisible();
});

test("a scanner that types adds one with each scan, wherever the focus is", async ({ desk, visitAs }) => {
  const [goods] = await goodsInStock(await desk("credit"), 1);
  const sku = goods?.sku ?? "";
  const page = await visitAs("credit");
  await open(page);
  await code(page, 1).fill(sku);
  await quantity(page, 1).fill("3");
  await expect(page.getByText(words.local(goods?.product ?? { zh: "", en: "" })).first()).toBeVisible();
  await quantity(page, 1).focus();
  await scan(page, sku);
  await expect(quantity(page, 1)).toHaveValue("4");
  await expect(page.getByText(say("scan.added", { code: sku, quantity: 4 }), { exact: true })).toBeVisible();
  await page.getByRole("button", { name: say("open"), exact: true }).focus();
  await scan(page, sku);
  await expect(quantity(page, 1)).toHaveValue("5");
});

test("a quantity that is typed anew at once is no scan", async ({ desk, visitAs }) => {
  const [goods] = await goodsInStock(await desk("credit"), 1);
  const page = await visitAs("credit");
  await open(page);
  await code(page, 1).fill(goods?.sku ?? "");
  await quantity(page, 1).focus();
  await press(page, [..."0.00001", SELECT_ALL, "7", "Enter"]);
  await expect(quantity(page, 1)).toHaveValue("7");
  await expect(code(page, 2)).toBeFocused();
  await expect(page.getByText(say("scan.added", { code: "0.000017", quantity: 1 }), { exact: true })).toHaveCount(0);
});

test("what the camera keeps in sight counts once", async ({ desk, visitAs }) => {
  const [goods] = await goodsInStock(await desk("credit"), 1);
  const page = await visitAs("credit");
  await standIn(page, goods?.sku ?? "");
  await open(page);
  await page.getByRole("button", { name: say("scan.start"), exact: true }).click();
  await expect(page.getByText(say("scan.added", { code: goods?.sku ?? "", quantity: 1 }), { exact: true })).toBeVisible();
  await page.getByRole("button", { name: say("scan.stop"), exact: true }).click();
  await expect(quantity(page, 1)).toHaveValue("1");
  await expect(page.getByRole("button", { name: say("scan.start"), exact: true })).toBeVisible();
});

test("a camera that is refused or missing is said in words", async ({ visitAs }) => {
  const page = await visitAs("credit");
  await standIn(page, "");
  await page.addInitScript(() => {
    const faults = ["NotAllowedError", "NotFoundError"];
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", faults.shift()));
  });
  await open(page);
  for (const fault of ["refused", "missing"]) {
    await page.getByRole("button", { name: say("scan.start"), exact: true }).click();
    await expect(page.getByText(say(`scan.${fault}`), { exact: true })).toBeVisible();
  }
  await signOut(page, words);
});
