import { defineConfig } from "@playwright/test";
import suite from "./playwright.config.ts";
import type { Fixtures } from "./support/test.ts";

// `cargo xtask bench offline` runs this: alone, one after the other, and with no trace that would take time of its own.

export default defineConfig<Fixtures>({
  ...suite,
  testDir: "./bench",
  projects: undefined,
  workers: 1,
  reporter: [["line"]],
  use: { ...suite.use, trace: "off", screenshot: "off", hasWorker: true },
});
