// The app's own words in either language, for tests that go the same way in both.

import { readFileSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";

const LOCALES = resolve(import.meta.dirname, "../../../locales");

/** A language of the interface. */
export type Language = "zh-CN" | "en";

/** Both of them. */
export const LANGUAGES = ["zh-CN", "en"] as const satisfies readonly Language[];

/** A name as the server keeps it. */
export interface LocalText {
  zh: string;
  en: string;
}

type Tree = { [key: string]: string | Tree };

/** What the interface says in one language. */
export class Words {
  /** Everything it can say, by `file.key.key`. */
  readonly all: ReadonlyMap<string, string>;

  constructor(readonly language: Language) {
    const directory = join(LOCALES, language);
    const files = readdirSync(directory).filter((file) => file.endsWith(".json"));
    const entries = files.flatMap((file) => {
      const tree = JSON.parse(readFileSync(join(directory, file), "utf8")) as Tree;
      return leaves(tree, basename(file, ".json"));
    });
    this.all = new Map(entries);
  }

  /** What is said under `key`, such as `order.deed.ship`, with its gaps filled. */
  say(key: string, values: Record<string, string | number> = {}): string {
    const text = this.all.get(key);
    if (text === undefined) {
      throw new Error(`Nothing is said under ${key} in ${this.language}.`);
    }
    return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (gap, name: string) => {
      const value = values[name];
      if (value === undefined) {
        throw new Error(`${gap} of ${key} was not given.`);
      }
      return String(value);
    });
  }

  /** A name in this language. */
  local(text: LocalText): string {
    return this.language === "zh-CN" ? text.zh : text.en;
  }

  /** The locale of a browser that would choose this language by itself. */
  get locale(): string {
    return this.language === "zh-CN" ? "zh-CN" : "en-GB";
  }
}

function leaves(tree: Tree, path: string): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const own = `${path}.${key}`;
    return typeof value === "string" ? [[own, value] satisfies [string, string]] : leaves(value, own);
  });
}
