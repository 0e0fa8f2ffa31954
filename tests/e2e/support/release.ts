// The app's files as a deployment of its own has them: to publish another version of them, or to damage one.

import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DIST } from "./deployment.ts";

/** A copy of the built app. */
export class Release {
  private edits = 0;

  private constructor(
    /** Where the files are. */
    readonly directory: string,
  ) {}

  static async copy(): Promise<Release> {
    const directory = await mkdtemp(join(tmpdir(), "countersign-dist-"));
    await cp(DIST, directory, { recursive: true });
    return new Release(directory);
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }

  /** The version that is published now. */
  async version(): Promise<string> {
    return /data-build="(\w+)"/.exec(await this.read("index.html"))?.[1] ?? "";
  }

  /** The name of the only file that matches. */
  async named(pattern: RegExp): Promise<string> {
    const [name, ...more] = (await readdir(this.directory)).filter((file) => pattern.test(file));
    if (name === undefined || more.length > 0) {
      throw new Error(`Not one file is named ${pattern}.`);
    }
    return name;
  }

  /** Publishes the next version, as a build would: another page, and a worker that lists it. */
  async publish(): Promise<string> {
    const before = await this.version();
    const version = digest(Buffer.from(before)).slice(0, 16);
    const page = (await this.read("index.html")).replace(before, version);
    const bytes = Buffer.from(page);
    const worker = (await this.read("sw.js"))
      .replace(before, version)
      .replace(/"\/index\.html": \[[^\]]*\]/, `"/index.html": ["${digest(bytes)}", ${bytes.length}]`);
    await this.write("index.html", bytes);
    await this.write("sw.js", Buffer.from(worker));
    return version;
  }

  /** Flips a bit in the middle of a file, and gives what flips it back. */
  async damage(name: string): Promise<() => Promise<void>> {
    const whole = await readFile(join(this.directory, name));
    const damaged = Buffer.from(whole);
    const middle = damaged.length >> 1;
    damaged[middle] = (damaged[middle] ?? 0) ^ 1;
    await this.write(name, damaged);
    return () => this.write(name, whole);
  }

  private read(name: string): Promise<string> {
    return readFile(join(this.directory, name), "utf8");
  }

  private async write(name: string, bytes: Buffer): Promise<void> {
    const path = join(this.directory, name);
    await writeFile(path, bytes);
    await rm(`${path}.br`, { force: true });
    // Two changes within a second would look like one to whoever goes by the date.
    this.edits += 1;
    const changed = new Date(Date.now() + this.edits * 60_000);
    await utimes(path, changed, changed);
  }
}

function digest(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
