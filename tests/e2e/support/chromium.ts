// A Chromium that dies the way browsers do: at once, without a word to any page. It starts again on what is left on the disk.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, BrowserType, LaunchOptions } from "@playwright/test";

/** How long it may take to start, or to be gone. */
const PATIENCE_MS = 60_000;

/** Chromium over a profile of its own. Playwright would end it in good order, so it is started here and only driven by it. */
export class Chromium {
  private process: ChildProcess | undefined;
  private browser: Browser | undefined;
  /** It is in a group of its own, so nobody else ends it when the test ends before its time. */
  private readonly atExit = () => this.blow();

  private constructor(
    private readonly type: BrowserType,
    private readonly options: LaunchOptions,
    private readonly locale: string,
    private readonly profile: string,
  ) {
    process.on("exit", this.atExit);
  }

  /** One over an empty profile, started as `options` say, for a person who reads `locale`. */
  static async create(type: BrowserType, options: LaunchOptions, locale: string): Promise<Chromium> {
    return new Chromium(type, options, locale, await mkdtemp(join(tmpdir(), "countersign-profile-")));
  }

  /** Starts it over whatever is in the profile. */
  async start(): Promise<BrowserContext> {
    const started = spawn(
      this.options.executablePath ?? this.type.executablePath(),
      [
        ...(this.options.args ?? []),
        "--headless=new",
        "--remote-debugging-port=0",
        `--user-data-dir=${this.profile}`,
        `--lang=${this.locale}`,
        `--accept-lang=${this.locale}`,
        "--window-size=1440,900",
        // The first page is the test's: a window that nobody watches costs a second.
        "--no-startup-window",
        // Nothing that would talk to others, or ask the person anything.
        "--no-first-run",
        "--no-default-browser-check",
        "--no-service-autorun",
        "--password-store=basic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-default-apps",
        "--disable-extensions",
        "--disable-breakpad",
      ],
      // A group of its own, so that everything that belongs to it can be killed in one blow.
      { detached: true, stdio: ["ignore", "ignore", "pipe"] },
    );
    this.process = started;
    this.browser = await this.type.connectOverCDP(await address(started));
    const [context] = this.browser.contexts();
    if (context === undefined) {
      throw new Error("Chromium has no context.");
    }
    return context;
  }

  /** Kills it: SIGKILL to the browser and to all processes it has started, in one call. Nobody gets to write anything. */
  async kill(): Promise<void> {
    const { process: killed, browser } = this;
    if (killed?.pid === undefined || killed.exitCode !== null || killed.signalCode !== null) {
      return;
    }
    const gone = once(killed, "exit");
    this.blow();
    await gone;
    await extinct(killed.pid);
    // Nothing but Playwright's end of the line is left.
    await browser?.close();
  }

  /** Kills it and removes its profile. */
  async remove(): Promise<void> {
    await this.kill();
    process.off("exit", this.atExit);
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  private blow(): void {
    const group = this.process?.pid;
    this.process = undefined;
    this.browser = undefined;
    if (group !== undefined) {
      process.kill(-group, "SIGKILL");
    }
  }
}

/** Where a Chromium that is starting will listen. */
function address(started: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const late = setTimeout(() => reject(new Error(`Chromium did not start in time:\n${said}`)), PATIENCE_MS);
    started.once("error", reject);
    started.once("exit", () => reject(new Error(`Chromium ended while starting:\n${said}`)));
    // Read to the end: a full pipe would hold Chromium up.
    started.stderr?.on("data", (text: Buffer) => {
      said += text.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found !== undefined) {
        clearTimeout(late);
        resolve(found);
      }
    });
  });
}

/** Waits until nothing of a group of processes is alive: what is would hold the locks of the profile. */
async function extinct(group: number): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    if (!(await isAlive(group))) {
      return;
    }
    await new Promise((resume) => setTimeout(resume, 10));
  }
  throw new Error("Chromium outlived its death.");
}

/** Whether a group has a process that is more than an entry in a table, which stays until somebody asks how it ended. */
async function isAlive(group: number): Promise<boolean> {
  const processes = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const states = await Promise.all(processes.map((id) => readFile(`/proc/${id}/stat`, "utf8").catch(() => "")));
  return states.some((state) => {
    // The name, which may hold anything, ends with the last parenthesis; state, parent and group follow.
    const [how, , of] = state.slice(state.lastIndexOf(")") + 2).split(" ");
    return Number(of) === group && how !== "Z" && how !== "X";
  });
}
