// The service worker: the app's own files, whole, and there without a network. The build fills in its version and the
// list of files with their digests, so that this file changes whenever one of them does (crates/xtask/src/dist/shell.rs).
//
// Answers of the API never pass through here. Nothing here decides when a page is loaded anew: a new version waits until
// somebody accepts it (update.js).

"use strict";

const VERSION = "__VERSION__";

/** Path of every file of the app: its SHA-256 in hexadecimal, and its size. */
const FILES = new Map(Object.entries(__FILES__));

/** A cache for each version; a page holds a lock of the same name while it may need that version's files. */
const SHELL = "countersign-shell-";
const HERE = SHELL + VERSION;

const PICTURES = "countersign-pictures";
const MOST_PICTURES = 300;

const PAGE = "/index.html";
const RECOVERY = "/recover.html";
const CONFIG = "/config.json";
const CONFIG_PATIENCE_MS = 2_000;

const AT_ONCE = 4;

/** A name that has a digest in it: what is behind it never changes. */
const HASHED = /-[0-9a-f]{16}[^/]*$/;

/** Files whose cached bytes were seen to be right since this worker was started. */
const sound = new Set();

// Files

const isSound = async (path, bytes) => {
  const [digest, size] = FILES.get(path);
  if (bytes.byteLength !== size) {
    return false;
  }
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return digest === Array.from(found, (byte) => byte.toString(16).padStart(2, "0")).join("");
};

/** A response to keep: these bytes under the headers they came with, security policy included. */
const withBytes = (response, bytes) => {
  const headers = new Headers(response.headers);
  for (const name of ["content-encoding", "content-length", "vary"]) {
    headers.delete(name);
  }
  return new Response(bytes, { headers });
};

/** The file from the network, past a damaged copy on the way. Fails when what is there is not what it should be. */
const download = async (path) => {
  for (const cache of [HASHED.test(path) ? "default" : "no-cache", "reload"]) {
    try {
      const response = await fetch(path, { cache, credentials: "same-origin" });
      const bytes = await response.arrayBuffer();
      if (response.ok && (await isSound(path, bytes))) {
        return withBytes(response, bytes);
      }
    } catch (error) {
      // Bytes that don't unpack fail like a network that isn't there.
      if (cache === "reload") {
        throw error;
      }
    }
  }
  throw new Error(`${path} is damaged or missing.`);
};

/** The file from the cache of any version, when its bytes are those of this one. */
const onDevice = async (path) => {
  const names = (await caches.keys()).filter((name) => name.startsWith(SHELL));
  for (const cacheName of names) {
    // Not opened: that would make a cache anew which has been deleted meanwhile.
    const response = await caches.match(path, { cacheName, ignoreVary: true });
    const bytes = await response?.arrayBuffer();
    if (bytes !== undefined && (await isSound(path, bytes))) {
      return withBytes(response, bytes);
    }
  }
  return undefined;
};

/** Keeps a file; when the device is full, pictures make room. */
const keep = async (cache, path, response) => {
  try {
    await cache.put(path, response.clone());
  } catch {
    await caches.delete(PICTURES);
    await cache.put(path, response.clone());
  }
  sound.add(path);
};

/** Runs `work` for every file of the app, a few at a time. The first that fails ends it: no more files are begun. */
const forEachFile = async (work) => {
  const paths = [...FILES.keys()];
  const lane = async () => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
      try {
        await work(path);
      } catch (error) {
        paths.length = 0;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
};

/** All files of this version, each only once it was seen to be right. */
const fill = async () => {
  const cache = await caches.open(HERE);
  try {
    await forEachFile(async (path) => {
      // A page is kept with its headers, which may have changed where the page hasn't.
      const kept = path.endsWith(".html") ? undefined : await onDevice(path);
      await keep(cache, path, kept ?? (await download(path)));
    });
  } catch (error) {
    if (error?.name === "QuotaExceededError") {
      await giveUp();
    }
    throw error;
  }
  // The settings are no part of the version: a deployment changes them when it likes.
  await freshConfig(cache).catch(() => undefined);
};

/** The device has no room for all files. Some of them are of no use: their room is for the orders. The pages are told. */
const giveUp = async () => {
  await caches.delete(HERE);
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const page of pages) {
    page.postMessage({ type: "NO_ROOM" });
  }
};

/** Looks at every file again and gets what is damaged; says what it found. */
const mend = async () => {
  const cache = await caches.open(HERE);
  const [mended, damaged] = [[], []];
  sound.clear();
  await forEachFile(async (path) => {
    const kept = await cache.match(path, { ignoreVary: true });
    if (kept !== undefined && (await isSound(path, await kept.arrayBuffer()))) {
      return;
    }
    try {
      await keep(cache, path, (await onDevice(path)) ?? (await download(path)));
      mended.push(path);
    } catch {
      damaged.push(path);
    }
  });
  return { version: VERSION, mended, damaged };
};

/** Removes the files of versions that no page uses any more. */
const tidy = async () => {
  const { installing, waiting } = self.registration;
  if (installing !== null || waiting !== null) {
    return;
  }
  const old = (await caches.keys()).filter((name) => name.startsWith(SHELL) && name !== HERE);
  if (old.length === 0) {
    return;
  }
  let isUsed = () => false;
  if (navigator.locks === undefined) {
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    isUsed = () => pages.length > 1;
  } else {
    const { held } = await navigator.locks.query();
    const names = new Set(held.map((lock) => lock.name));
    isUsed = (name) => names.has(name);
  }
  await Promise.all(old.filter((name) => !isUsed(name)).map((name) => caches.delete(name)));
};

// Answers

/** A file of this version: from the cache when it is right there, else mended, else whatever the network has. */
const file = async (path, request) => {
  try {
    const cache = await caches.open(HERE);
    const kept = await cache.match(path, { ignoreVary: true });
    if (kept !== undefined) {
      if (sound.has(path)) {
        return kept;
      }
      if (await isSound(path, await kept.clone().arrayBuffer())) {
        sound.add(path);
        return kept;
      }
    }
    const found = (await onDevice(path)) ?? (await download(path));
    // What can't be kept can still be used.
    await keep(cache, path, found).catch(() => undefined);
    return found;
  } catch {
    // The deployment may have another version by now. A page of it loads, its other files are not in this list.
    return fetch(request);
  }
};

/** The app's page, or the one that helps when it can't be had. */
const page = async (request) => {
  try {
    return await file(PAGE, request);
  } catch (error) {
    const kept = await onDevice(RECOVERY);
    if (kept === undefined) {
      throw error;
    }
    return kept;
  }
};

/** A file of a version that was here before, for pages that still run it. */
const ofAnyVersion = async (path, request) =>
  (await caches.match(path, { ignoreVary: true })) ?? fetch(request);

/** Whether these bytes can be a deployment's settings: a captive portal answers as well, and a file may be damaged. */
const isConfig = (bytes) => {
  try {
    return typeof JSON.parse(new TextDecoder().decode(bytes)).api_base === "string";
  } catch {
    return false;
  }
};

const freshConfig = async (cache) => {
  const response = await fetch(CONFIG, { cache: "no-cache", credentials: "same-origin" });
  const bytes = await response.arrayBuffer();
  if (!response.ok || !isConfig(bytes)) {
    throw new Error("These are no settings.");
  }
  const fresh = withBytes(response, bytes);
  await cache.put(CONFIG, fresh.clone()).catch(() => undefined);
  return fresh;
};

/** The settings as they were last; none where what is kept is damaged. */
const keptConfig = async (cache) => {
  for (const place of [cache, caches]) {
    const kept = await place.match(CONFIG);
    if (kept !== undefined && isConfig(await kept.clone().arrayBuffer())) {
      return kept;
    }
  }
  return undefined;
};

/** The deployment's settings: as they are now when that can be had soon, else as they were last. */
const config = async (event) => {
  const cache = await caches.open(HERE);
  const fresh = freshConfig(cache).catch(() => undefined);
  event.waitUntil(fresh);
  const kept = await keptConfig(cache);
  if (kept === undefined) {
    return (await fresh) ?? fetch(event.request);
  }
  const late = new Promise((resolve) => {
    setTimeout(resolve, CONFIG_PATIENCE_MS);
  });
  return (await Promise.race([fresh, late])) ?? kept;
};

/** Where the API is on this site, with a slash at the end. */
const apiBase = async () => {
  try {
    const kept = await caches.match(CONFIG);
    const base = (await kept?.json())?.api_base ?? "";
    return /^\/[^/]/.test(base) ? `${base.replace(/\/$/, "")}/` : "/api/";
  } catch {
    return "/api/";
  }
};

/** A picture that everybody may see: what is kept at once, and anew for the next time unless it never changes. */
const picture = async (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (!pathname.startsWith(`${await apiBase()}media/`)) {
    return fetch(request);
  }
  const cache = await caches.open(PICTURES);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept !== undefined && HASHED.test(pathname)) {
    event.waitUntil(touch(cache, request, kept.clone()));
    return kept;
  }
  const fresh = fetch(request).then((response) => {
    if (response.ok && !/private|no-store/.test(response.headers.get("cache-control") ?? "")) {
      event.waitUntil(keepPicture(cache, request, response.clone()));
    }
    return response;
  });
  if (kept === undefined) {
    return fresh;
  }
  event.waitUntil(fresh.catch(() => undefined));
  return kept;
};

/** Pictures that were looked at since this worker was started. */
const seen = new Set();

/** A picture that was looked at goes last: a cache names what is in it in the order it was put there. While there is room
 * for twice as many, nothing has to be written for that. */
const touch = async (cache, request, response) => {
  if (seen.has(request.url)) {
    return;
  }
  seen.add(request.url);
  if ((await cache.keys()).length > MOST_PICTURES / 2) {
    await cache.put(request, response).catch(() => undefined);
  }
};

const keepPicture = async (cache, request, response) => {
  // On a full device pictures are the first to go.
  const most = await cache.put(request, response).then(
    () => MOST_PICTURES,
    () => MOST_PICTURES / 2,
  );
  seen.add(request.url);
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - most)).map((oldest) => cache.delete(oldest)));
};

/** What is opened at an address: a file, something of the server, or the app, which knows its addresses itself. */
const opened = async (request) => {
  const { pathname } = new URL(request.url);
  if (FILES.has(pathname)) {
    return file(pathname, request);
  }
  if (pathname.startsWith(await apiBase())) {
    return fetch(request);
  }
  if (/\.[^/]*$/.test(pathname)) {
    // Perhaps something that lies beside the app; an address of the app hardly ever has a dot.
    return fetch(request).catch(() => page(request));
  }
  return page(request);
};

self.addEventListener("install", (event) => event.waitUntil(fill()));

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) {
    return;
  }
  if (request.mode === "navigate") {
    if (!pathname.startsWith("/api/") && pathname !== "/healthz") {
      event.respondWith(opened(request));
    }
  } else if (pathname === CONFIG) {
    event.respondWith(config(event));
  } else if (FILES.has(pathname)) {
    event.respondWith(file(pathname, request));
  } else if (request.destination === "image") {
    event.respondWith(picture(event));
  } else if (/^\/[^/]*$/.test(pathname) && HASHED.test(pathname)) {
    event.respondWith(ofAnyVersion(pathname, request));
  }
});

self.addEventListener("message", (event) => {
  const answer = (value) => event.ports[0]?.postMessage(value);
  switch (event.data?.type) {
    case "SKIP_WAITING":
      event.waitUntil(self.skipWaiting());
      break;
    case "HELLO":
      answer({ version: VERSION });
      event.waitUntil(tidy());
      break;
    case "MEND":
      event.waitUntil(mend().then(answer));
      break;
  }
});
