import { defineConfig } from "@playwright/test";
import type { Fixtures } from "./support/test.ts";

// `cargo xtask test e2e` builds the app and the server, says where they are, and runs this. Arguments behind `--` are
// Playwright's: `cargo xtask test e2e -- journeys -g "send back"`.

const onCi = process.env.CI === "true";

// What is about the app as files and about what a device keeps.
const WITH_WORKER = ["offline/**", "static-files/**"];

export default defineConfig<Fixtures>({
  testDir: ".",
  // Measurements say how quick something is, which no test does: see bench.config.ts.
  projects: [
    { name: "worker", testMatch: WITH_WORKER, use: { hasWorker: true } },
    { name: "pages", testIgnore: ["bench/**", ...WITH_WORKER] },
  ],
  outputDir: "../../test-results",
  globalSetup: "./support/template.ts",
  fullyParallel: true,
  forbidOnly: onCi,
  // A test that passes the second time only is a bug somewhere: never hidden by a retry.
  retries: 0,
  workers: 2,
  // How long something may hang, not how quick it has to be: a busy machine is no fault of the app.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["html", { outputFolder: "../../playwright-report", open: "never" }]],
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      // Chromium's sandbox can't be set up by root, which is who CI is.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "Asia/Shanghai",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
});
