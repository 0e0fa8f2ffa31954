// What a measurement found out, for `cargo xtask bench`, which writes it down.

import { appendFile } from "node:fs/promises";

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
