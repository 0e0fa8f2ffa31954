// What moves on a page although nobody pressed anything: the places that somebody reads or is about to press.

import type { Page } from "@playwright/test";

/** What moved since it is watched. */
export interface Shifts {
  /** Chromium's score of it (Layout Instability API); 0 when nothing moved. */
  score: number;
  /** What moved, and from where to where. */
  moved: string[];
}

/** Watches what moves on `page` and on each that it leads to, from its beginning. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(watch);
  await page.evaluate(watch);
}

/** What moved since the page was opened, or since it is watched. */
export function shifts(page: Page): Promise<Shifts> {
  return page.evaluate(() => (window as unknown as { shifts: Shifts }).shifts);
}

/** Runs in the page. */
function watch(): void {
  interface Shift extends PerformanceEntry {
    value: number;
    hadRecentInput: boolean;
    sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
  }
  const all: Shifts = { score: 0, moved: [] };
  Object.assign(window, { shifts: all });
  const named = (node: Node | null) => {
    const element = node instanceof Element ? node : node?.parentElement;
    return `${element?.tagName.toLowerCase()}.${element?.className} "${element?.textContent?.slice(0, 40)}"`;
  };
  const at = (place: DOMRectReadOnly) => [place.x, place.y, place.width, place.height].map(Math.round).join(" ");
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Shift[]) {
      // What stays where it is to the pixel has only got another width within its line.
      const sources = entry.sources.filter(({ previousRect, currentRect }) => at(previousRect) !== at(currentRect));
      if (!entry.hadRecentInput && sources.length > 0) {
        all.score += entry.value;
        const moved = sources.map(({ node, previousRect, currentRect }) => {
          return `${named(node)}: ${at(previousRect)} to ${at(currentRect)}`;
        });
        all.moved.push(...moved);
      }
    }
  }).observe({ type: "layout-shift", buffered: false });
}
