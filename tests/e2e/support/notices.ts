// Notices: written through the API, and the bell that counts them.

import { randomUUID } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import type { Desk } from "./desk.ts";
import type { LocalText, Words } from "./words.ts";

/** A notice to write; for all customers where it doesn't say for whom. */
export interface NoticeDraft {
  title: LocalText;
  text: LocalText;
  category?: string;
  is_pinned?: boolean;
  audience?: unknown;
}

/** Writes a notice, and gives its id. */
export async function writeNotice(writer: Desk, notice: NoticeDraft): Promise<string> {
  const id = randomUUID();
  const body = { category: "delivery", audience: { for: "customers" }, ...notice };
  await writer.change("PUT", `/managed-notices/${id}`, body, 0);
  return id;
}

/** Marks everything as read that this account is shown. */
export async function readAll(reader: Desk): Promise<void> {
  const { notices } = await reader.get<{ notices: { id: string }[] }>("/notices");
  const ids = notices.map((notice) => notice.id);
  await reader.send("PUT", "/notices/read", { notices: ids });
}

/** The bell in the header; its name ends with how many are unread, and how many alerts there are: so many, or whatever number. */
export function bell(page: Page, words: Words, unread = 0, alerts?: number): Locator {
  const count = unread === 0 ? "" : ` ${words.say("notices.unread", { count: unread })}`;
  const [before, after] = words.say("alerts.count", { count: "#" }).split("#");
  const alerted = alerts === undefined ? `( ${before}\\d+${after})?` : alerts === 0 ? "" : ` ${before}${alerts}${after}`;
  return page.getByRole("banner").getByRole("link", { name: new RegExp(`^${words.say("notices.title")}${count}${alerted}$`) });
}

/** The notices on their page. */
export function notices(page: Page, words: Words): Locator {
  return page.getByRole("list", { name: words.say("notices.title") }).getByRole("listitem");
}
