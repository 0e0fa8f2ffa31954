// What a company imports: a list of many products beside the sample, and that some are no longer sold.

import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Deployment, SERVER } from "./deployment.ts";
import type { Goods } from "./orders.ts";

/** What the product with this number is called. */
export function numbered(number: number): string {
  return `Numbered ware ${String(number).padStart(6, "0")}`;
}

/** The database `template` with `count` more products, for as long as `use` takes. */
export async function withProducts(template: string, count: number, use: (database: string) => Promise<void>): Promise<void> {
  await inDirectory(async (directory) => {
    const database = join(directory, "countersign.sqlite");
    await copyFile(template, database);
    const rows = Array.from({ length: count }, (_, place) => {
      const number = place + 1;
      return `NW-${number},${numbered(number)},${(number % 500) + 1}.50,100`;
    });
    await importProducts(directory, database, ["code,name,price,stock", ...rows]);
    await use(database);
  });
}

/** Takes `goods` off sale while the server runs, as a company does: its list of products says that they are discontinued. */
export async function discontinue(deployment: Deployment, goods: Goods[]): Promise<void> {
  // What is there already keeps its name and price, whatever the list says of them.
  const rows = goods.map(({ sku }) => `${sku},Discontinued,1.00,1`);
  await inDirectory((directory) =>
    importProducts(directory, deployment.database, ["code,name,price,discontinued", ...rows]));
}

async function importProducts(directory: string, database: string, lines: string[]): Promise<void> {
  const file = join(directory, "products.csv");
  await writeFile(file, lines.join("\n"));
  const options = { env: { ...process.env, INITIAL_PASSWORD: "not used by anybody" } };
  const password = ["--password-from-env", "INITIAL_PASSWORD"];
  await promisify(execFile)(SERVER, ["import", "--database", database, ...password, "--products", file], options);
}

async function inDirectory(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "countersign-import-"));
  try {
    await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
