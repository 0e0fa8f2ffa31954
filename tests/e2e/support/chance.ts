// Chance that can be repeated: the same seed draws the same.

import { createHash } from "node:crypto";

/** The seed of this run: `COUNTERSIGN_SEED`, or another one each time. */
const SEED = process.env.COUNTERSIGN_SEED ?? String(Date.now() % 1_000_000);

/** A generator (Mulberry32) for one purpose. */
export class Chance {
  private state: number;

  /** What is drawn for `purpose`, whatever is drawn for others. The seed is printed, for a run that has to be repeated. */
  constructor(purpose: string) {
    this.state = createHash("sha256").update(`${SEED} ${purpose}`).digest().readUInt32LE();
    console.log(`COUNTERSIGN_SEED=${SEED} (${purpose})`);
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** One of them. */
  of<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.between(0, choices.length - 1)] as T;
  }

  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}
