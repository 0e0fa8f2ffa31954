// A deployment with many products: the sample, and a list that was imported.

import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { SERVER } from "./deployment.ts";

/** What the product with this number is called. */
export function numbered(number: number): string {
  return `Numbered ware ${String(number).padStart(6, "0")}`;
}

/** The database `template` with `count` more products, for as long as `use` takes. */
export async function withProducts(template: string, count: number, use: (database: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "countersign-import-"));
  try {
    const database = join(directory, "countersign.sqlite");
    await copyFile(template, database);
    const rows = Array.from({ length: count }, (_, place) => {
      const number = place + 1;
      return `NW-${number},${numbered(number)},${(number % 500) + 1}.50,100`;
    });
    const file = join(directory, "products.csv");
    await writeFile(file, ["code,name,price,stock", ...rows].join("\n"));
    const options = { env: { ...process.env, INITIAL_PASSWORD: "not used by anybody" } };
    const password = ["--password-from-env", "INITIAL_PASSWORD"];
    await promisify(execFile)(SERVER, ["import", "--database", database, ...password, "--products", file], options);
    await use(database);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
