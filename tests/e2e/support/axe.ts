// Accessibility as far as a machine can see it.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/**
 * Fails with what axe finds on the page as it is now, by rule and element. `colours`: only what depends on the look; all
 * else is the same in the light and the dark one.
 */
export async function expectAccessible(page: Page, of: "everything" | "colours" = "everything"): Promise<void> {
  const only = of === "colours" ? { runOnly: { type: "rule" as const, values: ["color-contrast"] } } : {};
  // The app has no frames, which all that costs time is for.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"], ...only });
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n    ${node.target.join(" ")}\n    ${node.failureSummary ?? ""}`),
  );
  expect.soft(found, `axe on ${page.url()}`).toEqual([]);
}
