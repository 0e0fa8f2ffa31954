// Runs when the app could not start: gets its files anew, once, and else leads to the page that can save what is on the
// device (recover.html). Never touches data.

(async () => {
  "use strict";

  /** In the session's storage: that this was tried, and what came of it. Gone once the app is there (update.js). */
  const KEY = "countersign.mend";
  const PATIENCE_MS = 30_000;

  const root = document.documentElement;
  const container = navigator.serviceWorker;

  const within = (milliseconds, promise) =>
    Promise.race([
      promise,
      new Promise((_, reject) => {
        setTimeout(() => reject(new Error("This takes too long.")), milliseconds);
      }),
    ]);

  /** Lets the worker look at every file it keeps. */
  const mendByWorker = (worker) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      worker.postMessage({ type: "MEND" }, [port2]);
    });

  /** Gets the files this page names past every cache. */
  const fetchAnew = async () => {
    const damaged = [];
    const files = [...document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=modulepreload], link[rel=preload]")];
    const load = async ({ src, href, integrity }) => {
      try {
        // The server has the page for whoever asks for a page.
        const headers = { accept: "text/html,*/*" };
        const response = await fetch(src || href, { cache: "reload", credentials: "same-origin", headers, integrity });
        await response.arrayBuffer();
      } catch {
        damaged.push(new URL(src || href).pathname);
      }
    };
    await Promise.all([...files.map(load), load({ href: location.href })]);
    return { mended: [], damaged };
  };

  /** Lets a version that waits take over: nobody is typing into an app that isn't there. */
  const takeNewer = (waiting) =>
    new Promise((resolve) => {
      container.addEventListener("controllerchange", () => resolve({ mended: [], damaged: [] }), { once: true });
      waiting.postMessage({ type: "SKIP_WAITING" });
    });

  const mend = async () => {
    const registration = await container?.getRegistration();
    if (!registration?.active || !container.controller) {
      return within(PATIENCE_MS, fetchAnew());
    }
    try {
      const { waiting, active } = registration;
      return await within(PATIENCE_MS, waiting ? takeNewer(waiting) : mendByWorker(active));
    } catch {
      // A worker that doesn't answer is no help: without it the page comes from the network.
      await registration.unregister();
      return { mended: [], damaged: ["/sw.js"] };
    }
  };

  /** Whether a reload leads somewhere else: not when this was tried already, nor when nothing could remember it. */
  const tryOnce = async () => {
    try {
      if (sessionStorage.getItem(KEY) !== null) {
        return false;
      }
      const found = await mend().catch(() => ({ mended: [], damaged: [] }));
      sessionStorage.setItem(KEY, JSON.stringify({ cause: root.dataset.cause, ...found }));
      return true;
    } catch {
      return false;
    }
  };

  if (await tryOnce()) {
    location.reload();
    return;
  }
  try {
    const response = await fetch("/recover.html", { cache: "no-cache", credentials: "same-origin" });
    if (response.ok && (await response.text()).includes("data-recovery")) {
      location.replace(`/recover.html#${location.pathname}${location.search}`);
      return;
    }
  } catch {
    // Neither the network nor the device has it: what the page itself can say has to do.
  }
  addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-reload]")) {
      try {
        sessionStorage.removeItem(KEY);
      } catch {
        // Forbidden: nothing is there.
      }
    }
  });
  root.dataset.boot = "failed";
})();
