// Runs before the first paint: language and theme as they were chosen, so that nothing flashes; and says so when the
// app cannot start.

(() => {
  "use strict";

  const root = document.documentElement;

  // Storage may be forbidden; then the browser's own preferences count.
  const saved = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  const LOCALES = ["zh-CN", "en"];
  const preferred = () => {
    const first = navigator.languages.find((language) => /^(?:zh|en)\b/i.test(language)) ?? "en";
    return first.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
  };
  const locale = saved("countersign.locale");
  root.lang = LOCALES.includes(locale) ? locale : preferred();

  const theme = saved("countersign.theme");
  if (theme === "light" || theme === "dark") {
    root.dataset.theme = theme;
    // The colour of the browser's own bars: the one of the chosen theme for both preferences.
    const metas = [...document.querySelectorAll('meta[name="theme-color"]')];
    const chosen = metas.find((meta) => meta.media.includes(theme))?.content;
    for (const meta of metas) {
      meta.content = chosen ?? meta.content;
    }
  }

  // Who was signed in last time sees the frame of the app first, everybody else the sign-in form.
  root.dataset.screen = saved("countersign.side") === null ? "sign-in" : "shell";

  const failed = () => {
    root.dataset.boot = "failed";
  };
  if (typeof WebAssembly !== "object") {
    failed();
  }
  // A script that cannot be loaded tells its element, not the window: listen on the way down.
  addEventListener("error", (event) => event.target instanceof HTMLScriptElement && failed(), true);

  // Until the app has taken over, nothing typed may leave the page, least of all in its address.
  addEventListener("submit", (event) => event.target.closest("#boot") && event.preventDefault(), true);
  addEventListener("click", (event) => event.target.closest?.("[data-reload]") && location.reload());
})();
