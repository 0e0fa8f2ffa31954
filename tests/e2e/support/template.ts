// Creates the sample data once; every deployment of the suite starts from a copy of it.

import { dirname } from "node:path";
import { rm } from "node:fs/promises";
import { Deployment } from "./deployment.ts";

/** Playwright's global setup. What it returns is the teardown. */
export default async function createTemplate(): Promise<() => Promise<void>> {
  const deployment = await Deployment.start();
  const database = await deployment.stop({ keep: true });
  process.env.COUNTERSIGN_TEMPLATE = database;
  return () => rm(dirname(database), { recursive: true, force: true });
}
