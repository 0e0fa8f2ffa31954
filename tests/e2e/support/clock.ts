// The clock of somebody's device: what a page says of times and deadlines goes by it.

import type { Page } from "@playwright/test";

/** Lets a page believe that it is so many hours later, or earlier where it is less than none, whenever it is loaded. */
export async function setClock(page: Page, hours: number): Promise<void> {
  await page.addInitScript((off) => {
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...parts: number[]) {
        super(...((parts.length === 0 ? [Real.now() + off] : parts) as [number]));
      }
      static override now(): number {
        return Real.now() + off;
      }
    } as DateConstructor;
  }, hours * 3_600_000);
}
