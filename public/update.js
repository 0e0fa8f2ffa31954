// Runs once the app is there, in a release only: registers the service worker, and offers a new version where one
// waits. Nothing is loaded anew until somebody accepts it (src/layout/update.rs), and then only in that tab.

(() => {
  "use strict";

  const HOUR_MS = 3_600_000;

  const root = document.documentElement;
  const build = root.dataset.build;
  const container = navigator.serviceWorker;

  try {
    // The app is there: whatever was mended before has worked (mend.js).
    sessionStorage.removeItem("countersign.mend");
  } catch {
    // Forbidden: then nothing was remembered.
  }
  if (container === undefined) {
    return;
  }

  // Says to the workers to come which files this page still needs.
  navigator.locks?.request(`countersign-shell-${build}`, { mode: "shared" }, () => new Promise(() => {}));

  /** Which version a worker has. It takes the chance to tidy up. */
  const versionOf = (worker) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data.version);
      worker.postMessage({ type: "HELLO" }, [port2]);
    });

  /** Offers what a worker has where this page is of another version. */
  const offer = async (worker, kind) => {
    if (worker !== null && (await versionOf(worker)) !== build) {
      root.dataset.update = kind;
      dispatchEvent(new CustomEvent("countersign-update", { detail: kind }));
    }
  };

  let accepted = false;
  let reloads = false;
  const reload = () => {
    if (!reloads) {
      reloads = true;
      location.reload();
    }
  };
  container.addEventListener("controllerchange", () =>
    accepted ? reload() : offer(container.controller, "taken"),
  );
  addEventListener("countersign-update-accept", async () => {
    const waiting = (await container.getRegistration())?.waiting;
    if (!waiting) {
      reload();
      return;
    }
    accepted = true;
    waiting.postMessage({ type: "SKIP_WAITING" });
    // It may have been replaced just now. Then this is the old version again, which offers the new one again.
    setTimeout(reload, 10_000);
  });

  const watch = (registration) => {
    const look = () => offer(registration.waiting, "waiting");
    const follow = () => registration.installing?.addEventListener("statechange", look);
    registration.addEventListener("updatefound", follow);
    follow();
    look();
    let asked = Date.now();
    const ask = () => {
      if (document.visibilityState === "visible" && Date.now() - asked >= HOUR_MS) {
        asked = Date.now();
        registration.update().catch(() => undefined);
      }
    };
    setInterval(ask, HOUR_MS);
    addEventListener("online", ask);
    document.addEventListener("visibilitychange", ask);
  };

  // The worker could not keep the app: without a network it does not open (src/layout/update.rs).
  container.addEventListener("message", ({ data }) => {
    if (data?.type === "NO_ROOM") {
      root.dataset.update ??= "no-room";
      dispatchEvent(new CustomEvent("countersign-update", { detail: "no-room" }));
    }
  });

  const register = () => {
    if (container.controller !== null) {
      offer(container.controller, "taken");
    }
    // Storage or workers may be forbidden: then the app needs the network, as any page does.
    container.register("/sw.js", { updateViaCache: "none" }).then(watch, () => undefined);
  };
  // What a person waits for comes first.
  if ("requestIdleCallback" in globalThis) {
    requestIdleCallback(register, { timeout: 3_000 });
  } else {
    setTimeout(register, 1_000);
  }
})();
