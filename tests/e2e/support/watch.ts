// What a page must never do while a test looks elsewhere: complain, break its security policy, or see the server fail.

import type { BrowserContext, ConsoleMessage, Page } from "@playwright/test";

/** A part of the app that did not come. */
const FETCHED_AHEAD = /TypeError: Failed to fetch\s+at \S+\/link-[0-9a-f]+\.js/;

/** Collects complaints of every page of the contexts it watches. */
export class Watch {
  readonly complaints: string[] = [];
  private readonly tolerated: RegExp[] = [];

  /** Lets complaints that match pass, for a test that provokes them. */
  tolerate(pattern: RegExp): void {
    this.tolerated.push(pattern);
    if (pattern.test("ERR_INTERNET_DISCONNECTED") || pattern.test("ERR_CONNECTION_REFUSED")) {
      // Where no worker has them, parts of the app that are fetched ahead are lost with the connection.
      this.tolerated.push(FETCHED_AHEAD);
    }
  }

  /** Watches all pages of a context, those to come as well. */
  async over(context: BrowserContext): Promise<void> {
    // A refused script, style or connection shows here even where the console says nothing.
    await context.exposeBinding("reportViolation", (_, text: string) => this.complain("policy", text));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        const report = (window as unknown as { reportViolation(text: string): void }).reportViolation;
        report(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
      });
    });
    context.on("page", (page) => this.page(page));
  }

  private page(page: Page): void {
    page.on("console", (message) => this.console(message));
    page.on("pageerror", (error) => this.complain("exception", `${error.message} at ${page.url()}\n${error.stack ?? ""}`));
    page.on("response", (response) => {
      // Asking who is signed in is refused to nobody: that nobody is, is an answer.
      const asks = response.request().method() === "GET" && response.url().endsWith("/api/v1/session");
      if (response.status() >= 500 || (asks && response.status() >= 400)) {
        this.complain("server", `${response.status()} ${response.url()}`);
      }
    });
  }

  private console(message: ConsoleMessage): void {
    if (message.type() !== "error" && message.type() !== "warning") {
      return;
    }
    // The browser itself reports every refusal of the API (wrong password, stale version): the app's answer counts. A
    // picture that is not there has no other voice.
    const refused = /the server responded with a status of 4\d\d/.test(message.text());
    const url = message.location().url;
    if (refused && url.includes("/api/") && !url.includes("/media/")) {
      return;
    }
    this.complain("console", message.text());
  }

  private complain(kind: string, text: string): void {
    if (!this.tolerated.some((pattern) => pattern.test(text))) {
      this.complaints.push(`${kind}: ${text}`);
    }
  }
}
