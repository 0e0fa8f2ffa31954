// Runs before the first paint: language and theme as they were chosen, so that nothing flashes; and says so when the
// app cannot start, or fails while it runs.

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

  // Two scripts that only a release has, with their integrity (crates/xtask/src/dist): one for an app that is there, one
  // for an app that can't start.
  const UPDATE = ["__UPDATE__", "__UPDATE_INTEGRITY__"];
  const MEND = ["__MEND__", "__MEND_INTEGRITY__"];
  const load = ([src, integrity]) => {
    if (src !== "") {
      document.head.append(Object.assign(document.createElement("script"), { integrity, src }));
    }
    return src !== "";
  };

  // `data-boot` says how far the start has come: "started" (start.js), "mounted" (src/app.rs), or "failed".
  const failed = (cause) => {
    if (root.dataset.boot !== "mounted") {
      root.dataset.cause ??= cause;
      root.dataset.boot = "failed";
    }
  };
  let mendable = typeof WebAssembly === "object";
  const observer = new MutationObserver(() => {
    const state = root.dataset.boot;
    if (state === "mounted") {
      observer.disconnect();
      load(UPDATE);
    } else if (state === "started") {
      setTimeout(() => root.dataset.boot === "started" && failed("time-out"), 30_000);
    } else if (state === "failed" && mendable) {
      mendable = false;
      if (load(MEND)) {
        root.dataset.boot = "mending";
      }
    }
  });
  observer.observe(root, { attributes: true, attributeFilter: ["data-boot"] });
  if (!mendable) {
    failed("no WebAssembly");
  }
  // Nothing is broken, but nobody waits that long in front of an empty frame. The app still may come.
  setTimeout(() => {
    if (root.dataset.boot === undefined) {
      mendable = false;
      failed("time-out");
    }
  }, 90_000);
  // A script or style sheet that cannot be loaded tells its element, not the window: listen on the way down.
  const isTrap = (error) => error?.name === "RuntimeError";
  // WebAssembly that has trapped is in an unknown state: whoever goes on with it must know.
  const trapped = (error) => {
    if (root.dataset.boot === "mounted") {
      root.dataset.trapped = String(error);
    } else {
      failed(String(error));
    }
  };
  addEventListener(
    "error",
    ({ target, error }) => {
      if (target instanceof HTMLScriptElement || target.rel === "stylesheet") {
        failed(target.src || target.href);
      } else if (isTrap(error)) {
        trapped(error);
      }
    },
    true,
  );
  addEventListener("unhandledrejection", ({ reason }) => isTrap(reason) && trapped(reason));

  // Until the app has taken over, nothing typed may leave the page, least of all in its address.
  addEventListener("submit", (event) => event.target.closest("#boot") && event.preventDefault(), true);
  addEventListener("click", (event) => event.target.closest?.("[data-reload]") && location.reload());
})();
