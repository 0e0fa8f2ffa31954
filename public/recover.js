// The recovery page: another try, a file with what is on the device, and the app's cached files removed. Reads business
// data and never changes or deletes it.

(() => {
  "use strict";

  const MARK = "countersign.mend";
  const DATABASES = "countersign:";
  const SETTINGS = "countersign.";
  const CACHES = "countersign-";

  const root = document.documentElement;
  const container = navigator.serviceWorker;
  const byId = (id) => document.getElementById(id);

  /** Storage, which may be forbidden. */
  const from = (storage, read) => {
    try {
      return read(globalThis[storage]);
    } catch {
      return null;
    }
  };

  const locale = from("localStorage", (kept) => kept.getItem("countersign.locale"));
  const first = navigator.languages.find((language) => /^(?:zh|en)\b/i.test(language)) ?? "en";
  const preferred = first.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
  root.lang = locale === "zh-CN" || locale === "en" ? locale : preferred;
  const theme = from("localStorage", (kept) => kept.getItem("countersign.theme"));
  if (theme === "light" || theme === "dark") {
    root.dataset.theme = theme;
  }

  const say = (chinese, english) => {
    byId("said").textContent = root.lang === "zh-CN" ? chinese : english;
  };

  // Where the app was to be opened: a path of this site, or its home.
  const wanted = /^#\/(?![/\\])/.test(location.hash) ? location.hash.slice(1) : "/";

  // What was tried before this page was shown.
  const tried = from("sessionStorage", (kept) => JSON.parse(kept.getItem(MARK)));
  root.dataset.came = tried !== null || location.hash !== "" ? "failed" : "visited";
  const details = [
    ...(tried?.cause ? [tried.cause] : []),
    ...(tried?.damaged ?? []).map((path) => (root.lang === "zh-CN" ? `已损坏：${path}` : `Damaged: ${path}`)),
    ...(tried?.mended ?? []).map((path) => (root.lang === "zh-CN" ? `已修复：${path}` : `Mended: ${path}`)),
  ];
  if (details.length > 0) {
    byId("found").hidden = false;
    const items = details.map((text) => Object.assign(document.createElement("li"), { textContent: text }));
    byId("found").querySelector("ul").append(...items);
  }

  const open = () => location.replace(wanted);

  const retry = async () => {
    from("sessionStorage", (kept) => kept.removeItem(MARK));
    // A newer version may be here already and work.
    const registration = await container?.getRegistration();
    registration?.waiting?.postMessage({ type: "SKIP_WAITING" });
    open();
  };

  // Saving

  const base64 = (bytes) => {
    let text = "";
    for (let start = 0; start < bytes.length; start += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
    }
    return btoa(text);
  };

  /** Bytes, with what they say where they are text: a submission is kept as the bytes that are sent. */
  const bytesAsJson = (bytes) => {
    const whole = { $bytes: base64(bytes) };
    try {
      whole.$text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      // Not text.
    }
    return whole;
  };

  /** A value as JSON can carry it. What JSON has no form for is an object with one `$` key. */
  const asJson = async (value) => {
    if (typeof value === "bigint") {
      return { $bigint: String(value) };
    }
    if (value === undefined || typeof value !== "object" || value === null) {
      return value ?? null;
    }
    if (value instanceof Date) {
      return { $date: Number.isNaN(value.getTime()) ? null : value.toISOString() };
    }
    if (value instanceof ArrayBuffer) {
      return bytesAsJson(new Uint8Array(value));
    }
    if (ArrayBuffer.isView(value)) {
      return bytesAsJson(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    }
    if (value instanceof Blob) {
      return { $blob: value.type, ...bytesAsJson(new Uint8Array(await value.arrayBuffer())) };
    }
    if (value instanceof Map) {
      return { $map: await asJson([...value]) };
    }
    if (value instanceof Set) {
      return { $set: await asJson([...value]) };
    }
    if (Array.isArray(value)) {
      return Promise.all(value.map(asJson));
    }
    const entries = Object.entries(value).map(async ([name, part]) => [name, await asJson(part)]);
    return Object.fromEntries(await Promise.all(entries));
  };

  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const readStore = async (database, name) => {
    const store = database.transaction(name, "readonly").objectStore(name);
    // Both in one transaction, so that they belong together.
    const [keys, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
    const records = values.map(async (value, at) => ({ key: await asJson(keys[at]), value: await asJson(value) }));
    return { name, records: await Promise.all(records) };
  };

  /** A database as it is; what can't be read of it is said in its place. */
  const readDatabase = async (name) => {
    try {
      const database = await settled(indexedDB.open(name));
      try {
        const stores = [...database.objectStoreNames].map((store) =>
          readStore(database, store).catch((error) => ({ name: store, error: String(error) })),
        );
        return { name, version: database.version, stores: await Promise.all(stores) };
      } finally {
        database.close();
      }
    } catch (error) {
      return { name, error: String(error) };
    }
  };

  const readEverything = async () => {
    const listed = await indexedDB.databases();
    const names = listed.map(({ name }) => name).filter((name) => name?.startsWith(DATABASES));
    const settings = from("localStorage", (kept) =>
      Object.fromEntries(Object.entries(kept).filter(([key]) => key.startsWith(SETTINGS))),
    );
    return {
      format: "countersign-device",
      format_version: 1,
      saved_at: new Date().toISOString(),
      site: location.origin,
      databases: await Promise.all(names.map(readDatabase)),
      local_storage: settings,
    };
  };

  const save = async () => {
    say("正在读取……", "Reading…");
    try {
      const everything = await readEverything();
      const file = new Blob([JSON.stringify(everything, null, 2)], { type: "application/json" });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = `countersign-${everything.saved_at.slice(0, 19).replace(/[T:]/g, "-")}.json`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      const stores = everything.databases.flatMap((database) => database.stores ?? [database]);
      const records = stores.reduce((sum, store) => sum + (store.records?.length ?? 0), 0);
      if (stores.some((store) => "error" in store)) {
        say(`已保存 ${records} 条记录，但有一部分无法读取。`, `Saved ${records} records; a part could not be read.`);
      } else {
        say(`已保存 ${records} 条记录。`, `Saved ${records} records.`);
      }
    } catch {
      say("无法读取此设备上的数据。设备上的内容没有被改动。", "What is on this device could not be read. Nothing was changed.");
    }
  };

  // Removing

  const remove = async () => {
    say("正在检查网络……", "Checking the connection…");
    try {
      // No file of the app, so that only the network can answer.
      const response = await fetch("/sw.js", { cache: "reload", credentials: "same-origin" });
      if (!response.ok) {
        throw new Error();
      }
    } catch {
      say("没有网络，已保留缓存的文件。", "There is no connection: the cached files are kept.");
      return;
    }
    try {
      const registrations = (await container?.getRegistrations()) ?? [];
      await Promise.all(registrations.map((registration) => registration.unregister()));
      const names = (await caches.keys()).filter((name) => name.startsWith(CACHES));
      await Promise.all(names.map((name) => caches.delete(name)));
    } catch {
      // Forbidden storage keeps nothing.
    }
    from("sessionStorage", (kept) => kept.removeItem(MARK));
    open();
  };

  byId("retry").hidden = root.dataset.came !== "failed";
  byId("home").hidden = root.dataset.came === "failed";
  for (const [id, deed] of Object.entries({ retry, save, remove })) {
    const button = byId(id);
    button.addEventListener("click", async () => {
      button.disabled = true;
      await deed();
      button.disabled = false;
    });
  }
})();
