// What is on a device: the app's files, and what it keeps of an account.

import type { Page } from "@playwright/test";

/** Waits until the device has all files of the app. */
export async function appIsKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active?.state === "activating") {
      await new Promise((resolve) => active.addEventListener("statechange", resolve, { once: true }));
    }
  });
}

/** How many records the device keeps of accounts, by table; tables without any are left out. */
export function kept(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const promised = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const counts: Record<string, number> = {};
    for (const { name } of await indexedDB.databases()) {
      if (name?.startsWith("countersign:") !== true) {
        continue;
      }
      const database = await promised(indexedDB.open(name));
      for (const table of database.objectStoreNames) {
        const count = await promised(database.transaction(table).objectStore(table).count());
        if (count > 0) {
          counts[table] = (counts[table] ?? 0) + count;
        }
      }
      database.close();
    }
    return counts;
  });
}
