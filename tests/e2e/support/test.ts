// The `test` of this suite. Import it instead of Playwright's: it brings a deployment, signed-in people, and a watch
// over everything that pages must not do.

import { type BrowserContextOptions, type Page, test as base } from "@playwright/test";
import { type DemoAccount, Deployment } from "./deployment.ts";
import { Desk } from "./desk.ts";
import { Watch } from "./watch.ts";

export { expect } from "@playwright/test";

/** What a visitor's browser is like; the suite's own settings where left out. */
type Visitor = Pick<BrowserContextOptions, "colorScheme" | "locale" | "viewport" | "hasTouch" | "reducedMotion">;

/** What a spec or a project chooses. */
export interface Fixtures {
  /**
   * Whether the test has a deployment of its own. Ask for it (`test.use({ ownDeployment: true })`) when the test
   * changes what others rely on, such as the stages of the workflow.
   */
  ownDeployment: boolean;
  /**
   * Whether browsers have service workers. Those of the journeys have not: each would fetch and check the whole app once more
   * in the background. What the worker does is for the specs in `offline` and `static-files` (playwright.config.ts).
   */
  hasWorker: boolean;
  /** The deployment this test runs against. */
  deployment: Deployment;
  /** Collects complaints of all pages; the test fails when there are any. */
  watch: Watch;
  /** Opens a browser of its own for somebody who isn't signed in. */
  visit: (visitor?: Visitor) => Promise<Page>;
  /** Opens a browser of its own for the account with this login, signed in. */
  visitAs: (login: string, visitor?: Visitor) => Promise<Page>;
  /** Signs the account with this login in to the API, for what a test needs but is not about. */
  desk: (login: string) => Promise<Desk>;
  /** The accounts of the sample data by login. */
  accounts: Map<string, DemoAccount>;
}

interface WorkerFixtures {
  /** The deployment that the tests of one worker share, one after the other. */
  sharedDeployment: Deployment;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  ownDeployment: [false, { option: true }],
  hasWorker: [false, { option: true }],

  sharedDeployment: [
    async ({}, use) => {
      const deployment = await Deployment.start(process.env.COUNTERSIGN_TEMPLATE);
      await use(deployment);
      await deployment.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],

  deployment: async ({ ownDeployment, sharedDeployment }, use, testInfo) => {
    const deployment = ownDeployment ? await Deployment.start(process.env.COUNTERSIGN_TEMPLATE) : sharedDeployment;
    const before = deployment.said.length;
    await use(deployment);
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach("server.log", { body: deployment.said.slice(before), contentType: "text/plain" });
    }
    if (ownDeployment) {
      await deployment.stop();
    }
  },

  baseURL: async ({ deployment }, use) => use(deployment.url),

  accounts: async ({ deployment }, use) => {
    const accounts = await deployment.accounts();
    await use(new Map(accounts.map((account) => [account.login, account])));
  },

  watch: [
    async ({}, use, testInfo) => {
      const watch = new Watch();
      await use(watch);
      if (testInfo.status === testInfo.expectedStatus && watch.complaints.length > 0) {
        throw new Error(`Pages complained during the test:\n${watch.complaints.join("\n")}`);
      }
    },
    { auto: true },
  ],

  context: async ({ context, watch }, use) => {
    await watch.over(context);
    await use(context);
  },

  visit: async ({ browser, baseURL, watch, contextOptions, hasWorker }, use) => {
    const contexts: Awaited<ReturnType<typeof browser.newContext>>[] = [];
    await use(async (visitor = {}) => {
      const context = await browser.newContext({ ...contextOptions, baseURL, ...visitor });
      contexts.push(context);
      if (!hasWorker) {
        await context.addInitScript(() => {
          Object.defineProperty(Navigator.prototype, "serviceWorker", { get: () => undefined });
        });
      }
      await watch.over(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  desk: async ({ playwright, accounts, deployment }, use) => {
    const desks: Desk[] = [];
    await use(async (login) => {
      const desk = await Desk.open(playwright.request, deployment.url, login, find(accounts, login).password);
      desks.push(desk);
      return desk;
    });
    await Promise.all(desks.map((desk) => desk.close()));
  },

  visitAs: async ({ visit, accounts, deployment, desk }, use) => {
    const begun = new Set<string>();
    await use(async (login, visitor) => {
      const account = find(accounts, login);
      if (account.side === "distributor" && !begun.has(login)) {
        begun.add(login);
        // What the tests before left in the account's drafts would be on the screen of this one.
        await (await desk(login)).removeDrafts();
      }
      const page = await visit(visitor);
      const response = await page.request.post("/api/v1/session", {
        data: { login: account.login, password: account.password },
        headers: { origin: deployment.url, "x-countersign": "1" },
      });
      if (!response.ok()) {
        throw new Error(`${login} could not sign in: ${response.status()} ${await response.text()}`);
      }
      await page.goto("/");
      return page;
    });
  },
});

/** The account with this login. */
export function find(accounts: Map<string, DemoAccount>, login: string): DemoAccount {
  const account = accounts.get(login);
  if (account === undefined) {
    throw new Error(`The sample data has no account ${login}, only ${[...accounts.keys()].join(", ")}.`);
  }
  return account;
}
