// Texts that would like to be more than text, and what notices when one of them is.

import type { Page } from "@playwright/test";
import { expect } from "./test.ts";

/** What runs, if anything does. */
const CALL = "__ran(1)";

/** Things a page might take for something else than text. */
const PAYLOADS: readonly string[] = [
  `<script>${CALL}</script>`,
  `<SCRIPT SRC=//evil.example/x.js></SCRIPT>`,
  `<img src=x onerror=${CALL}>`,
  `<img/src="x"/onerror="${CALL}">`,
  `<svg onload=${CALL}>`,
  `<svg><script>${CALL}</script></svg>`,
  `<svg><animate onbegin=${CALL} attributeName=x dur=1s>`,
  `<body onload=${CALL}>`,
  `<iframe srcdoc="<script>parent.${CALL}</script>">`,
  `<iframe src="javascript:parent.${CALL}">`,
  `<object data="javascript:${CALL}">`,
  `<embed src="javascript:${CALL}">`,
  `<a href="javascript:${CALL}">x</a>`,
  `<a href="java&#115;cript:${CALL}">x</a>`,
  `<form action="javascript:${CALL}"><button>x</button></form>`,
  `<button formaction="javascript:${CALL}">x</button>`,
  `<meta http-equiv="refresh" content="0;url=javascript:${CALL}">`,
  `<base href="//evil.example/">`,
  `<link rel=stylesheet href="//evil.example/x.css">`,
  `<style>@import "//evil.example/x.css";</style>`,
  `<details open ontoggle=${CALL}>`,
  `<input autofocus onfocus=${CALL}>`,
  `<video><source onerror=${CALL}></video>`,
  `<marquee onstart=${CALL}>`,
  `<template><img src=x onerror=${CALL}></template>`,
  `<math><mtext><img src=x onerror=${CALL}></mtext></math>`,
  `<!--><img src=x onerror=${CALL}>-->`,
  `<![CDATA[<img src=x onerror=${CALL}>]]>`,
  `"><img src=x onerror=${CALL}>`,
  `' onmouseover='${CALL}`,
  `" autofocus onfocus="${CALL}" x="`,
  `</textarea><img src=x onerror=${CALL}>`,
  `</title><script>${CALL}</script>`,
  `</script><script>${CALL}</script>`,
  `javascript:${CALL}`,
  `JaVaScRiPt:${CALL}//%0a`,
  `data:text/html,<script>${CALL}</script>`,
  `vbscript:${CALL}`,
  `{{${CALL}}}`,
  `\${${CALL}}`,
  `<%= ${CALL} %>`,
  `#{${CALL}}`,
  `{{constructor.constructor('${CALL}')()}}`,
  `');${CALL};//`,
  `";${CALL};//`,
  `\\u003cscript\\u003e${CALL}\\u003c/script\\u003e`,
  `&lt;script&gt;${CALL}&lt;/script&gt;`,
  `%3Cscript%3E${CALL}%3C/script%3E`,
  `=cmd|' /C calc'!A0`,
  `@SUM(1+1)*cmd|' /C calc'!A0`,
];

/** What stands around them; in the middle, so that nothing is lost when ends are trimmed. */
const AROUND: readonly ((payload: string) => string)[] = [
  (payload) => payload,
  (payload) => `a ${payload} b`,
  (payload) => `价格${payload}数量`,
  (payload) => `1\u202e${payload}\u202c2`,
  (payload) => `\u2066${payload}\u2069`,
  (payload) => `x\u200b${payload}\ufeffx`,
  (payload) => `[x](${payload})`,
  (payload) => `'${payload}'`,
  (payload) => `"${payload}"`,
  (payload) => `\`${payload}\``,
  (payload) => `<b>${payload}</b>`,
  (payload) => `e\u0301\u0301${payload}`,
  (payload) => `👩‍👩‍👧${payload}`,
  (payload) => `\\${payload}`,
  (payload) => `${payload};--`,
  (payload) => `' OR 1=1 ${payload}`,
  (payload) => `../../${payload}`,
  (payload) => `x=${payload}&y`,
  (payload) => `-1+${payload}`,
  (payload) => `${"long".repeat(12)}${payload}`,
];

/** Hands out a thousand hostile strings, as many at a time as a field has room for. */
export class Hostile {
  private readonly rest = AROUND.flatMap((around) => PAYLOADS.map(around));
  /** What was handed out. */
  readonly given: string[] = [];

  /** A text of at most `most` characters: hostile strings, each in a line of its own. */
  lines(most: number): string {
    return this.take(most, "\n");
  }

  /** The same in one line. */
  line(most: number): string {
    return this.take(most, " ");
  }

  /** How many were not handed out yet. */
  get left(): number {
    return this.rest.length;
  }

  private take(most: number, between: string): string {
    const taken: string[] = [];
    let length = 0;
    for (let next = this.rest[0]; next !== undefined; next = this.rest[0]) {
      const more = [...next].length + between.length;
      if (length + more > most) {
        break;
      }
      length += more;
      taken.push(next);
      this.rest.shift();
    }
    if (taken.length === 0) {
      // A short field after all others: something that fits.
      return "<svg onload=__ran(1)>".slice(0, most);
    }
    this.given.push(...taken);
    return taken.join(between);
  }
}

/** Watches a page, from its next document on, for anything hostile that comes alive. */
export async function setTrap(page: Page): Promise<void> {
  page.on("dialog", (dialog) => {
    void dialog.dismiss();
    throw new Error(`A dialog came up: ${dialog.message()}`);
  });
  await page.addInitScript(() => {
    const ran: string[] = [];
    Object.assign(globalThis, { ran, __ran: (what: unknown) => ran.push(String(what)) });
    for (const name of ["alert", "confirm", "prompt"]) {
      Object.assign(globalThis, { [name]: () => ran.push(name) });
    }
  });
}

/** Nothing hostile has run, and nothing on the page could. */
export async function expectNothingRan(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const { ran } = globalThis as unknown as { ran: string[] };
    const links = ["href", "src", "action", "formaction", "data", "xlink:href", "srcdoc"];
    const isAlive = (element: Element) =>
      [...element.attributes].some(
        ({ name, value }) =>
          /^on/i.test(name) || (links.includes(name) && /^[\s\0]*(?:javascript|vbscript|data:text)/i.test(value)),
      ) ||
      /^(?:iframe|object|embed|base|marquee)$/i.test(element.tagName) ||
      ["src", "href"].some((name) => (element.getAttribute(name) ?? "").includes("evil.example"));
    const alive = [...document.querySelectorAll("*")].filter(isAlive).map((element) => element.outerHTML.slice(0, 200));
    return [...ran, ...alive];
  });
  expect(found, page.url()).toEqual([]);
}

/** Every line of `texts` stands on the page as it was typed, in its text or in a field. */
export async function expectLiterally(page: Page, texts: string[]): Promise<void> {
  const lines = texts.flatMap((text) => text.split("\n"));
  const missing = () =>
    page.evaluate((lines) => {
      const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")];
      const all = [document.body.textContent, ...fields.map((field) => field.value)].join("\n");
      return lines.filter((line) => !all.includes(line));
    }, lines);
  await expect.poll(missing, page.url()).toEqual([]);
}
