// What a measurement found out, for `cargo xtask bench`, which writes it down.

import { appendFile } from "node:fs/promises";
import type { CDPSession } from "@playwright/test";

/** Adds `line` to the figures of this run. */
export async function record(line: string): Promise<void> {
  const file = process.env.COUNTERSIGN_FIGURES;
  if (file === undefined) {
    throw new Error("COUNTERSIGN_FIGURES says where the figures go.");
  }
  await appendFile(file, `${line}\n\n`);
}

/** The middle one of `values`. */
export function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Milliseconds of its own time that the page of `session` has taken so far; `Performance.enable` begins the count. */
export async function busy(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1_000;
}

/** Leaves the page alone for so long. */
export function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
