// A server whose answers come late and one after the other, as they do on a bad connection.

import type { Page } from "@playwright/test";

/** How long the quickest and the slowest answer takes, in milliseconds. */
const QUICKEST_MS = 40;
const SLOWEST_MS = 440;
/** How long nothing was asked when a page has all that it asks for. */
const QUIET_MS = 400;

/** The answers that a page waits for. */
export class Slowly {
  private waiting = 0;
  private last = Date.now();

  private constructor(private readonly isBackward: boolean) {}

  /** From now on `page` gets its answers late, each after a time of its own; `isBackward` turns their order round. */
  static async answer(page: Page, isBackward: boolean): Promise<Slowly> {
    const slowly = new Slowly(isBackward);
    await page.route("**/api/v1/**", async (route) => {
      const request = route.request();
      // The stream of news never ends.
      if (request.method() !== "GET" || request.resourceType() === "eventsource") {
        await route.continue();
        return;
      }
      slowly.waiting += 1;
      try {
        await new Promise((resolve) => setTimeout(resolve, slowly.delay(new URL(request.url()).pathname)));
        await route.fulfill({ response: await route.fetch() });
      } catch {
        // The page that asked is gone.
      } finally {
        slowly.waiting -= 1;
        slowly.last = Date.now();
      }
    });
    return slowly;
  }

  /** Whether everything that was asked is answered, and nothing new was asked since. */
  isQuiet(): boolean {
    return this.waiting === 0 && Date.now() - this.last > QUIET_MS;
  }

  /** The same for the same address: a test that fails fails again. */
  private delay(path: string): number {
    let hash = 0;
    for (const letter of path) {
      hash = (hash * 31 + letter.charCodeAt(0)) % 997;
    }
    const share = hash / 997;
    return QUICKEST_MS + (SLOWEST_MS - QUICKEST_MS) * (this.isBackward ? 1 - share : share);
  }
}
