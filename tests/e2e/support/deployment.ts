// A deployment of its own for whoever asks: the real server, on a free port, over a database of its own.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../../..");
/** The server as it was built. */
export const SERVER = process.env.COUNTERSIGN_SERVER ?? join(ROOT, "target/release/countersign-server");
/** The app as it was built. */
export const DIST = process.env.COUNTERSIGN_DIST ?? join(ROOT, "dist");

/** How long a server may take to answer; the first start of all creates the sample data. */
const PATIENCE_MS = 120_000;

/** An account of the sample data, as the deployment itself lists it. */
export interface DemoAccount {
  login: string;
  password: string;
  side: "distributor" | "supplier";
  name: { zh: string; en: string };
  role: { zh: string; en: string };
}

/** A running server with the sample data. */
export class Deployment {
  private server: ChildProcess;

  private constructor(
    private readonly port: number,
    private readonly directory: string,
    private readonly dist: string,
    private readonly log: string[] = [],
  ) {
    this.server = this.serve(0);
  }

  /** Starts a server over a copy of `template`, or over a new database when there is none, with the app in `dist`. */
  static async start(template?: string, dist = DIST): Promise<Deployment> {
    const directory = await mkdtemp(join(tmpdir(), "countersign-e2e-"));
    const database = join(directory, "countersign.sqlite");
    if (template !== undefined) {
      await copyFile(template, database);
    }
    const deployment = new Deployment(await freePort(), directory, dist);
    await deployment.answers();
    return deployment;
  }

  /**
   * Lets the deployment be as it is so many hours from now: the server starts again, with its clock ahead, and does what
   * is due by then. Open pages lose their connection; better open them afterwards.
   */
  async later(hours: number): Promise<void> {
    await this.end();
    this.server = this.serve(hours);
    await this.answers();
  }

  /** Where it is, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The accounts to sign in with. */
  async accounts(): Promise<DemoAccount[]> {
    const response = await fetch(`${this.url}/api/v1/meta`);
    const meta = (await response.json()) as { demo_accounts: DemoAccount[] };
    return meta.demo_accounts;
  }

  /** The file of its database. */
  get database(): string {
    return join(this.directory, "countersign.sqlite");
  }

  /** What the server said so far. */
  get said(): string {
    return this.log.join("");
  }

  /** Stops the server the way an operator would; with `keep` its database is left and its path returned. */
  async stop({ keep = false } = {}): Promise<string> {
    await this.end();
    if (!keep) {
      await rm(this.directory, { recursive: true, force: true });
    }
    return this.database;
  }

  private serve(ahead: number): ChildProcess {
    const where = ["--listen", `127.0.0.1:${this.port}`, "--database", this.database, "--dist", this.dist];
    const when = ahead === 0 ? [] : ["--ahead", String(ahead)];
    const server = spawn(SERVER, ["serve", ...where, "--demo", ...when], { stdio: ["ignore", "pipe", "pipe"] });
    server.stdout.on("data", (text: Buffer) => this.log.push(text.toString()));
    server.stderr.on("data", (text: Buffer) => this.log.push(text.toString()));
    return server;
  }

  private async end(): Promise<void> {
    if (this.server.exitCode === null) {
      this.server.kill("SIGTERM");
      await once(this.server, "exit");
    }
  }

  private async answers(): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    while (Date.now() < until) {
      if (this.server.exitCode !== null) {
        throw new Error(`The server ended while starting:\n${this.said}`);
      }
      const healthy = await fetch(`${this.url}/healthz`).then((response) => response.ok, () => false);
      if (healthy) {
        return;
      }
      await new Promise((resume) => setTimeout(resume, 50));
    }
    await this.stop();
    throw new Error(`The server did not answer in time:\n${this.said}`);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") {
    throw new Error("No free port was to be had.");
  }
  return address.port;
}
