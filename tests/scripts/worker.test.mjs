// The service worker on a device with little room, behind a network that does not answer, and over damaged settings.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const ORIGIN = "https://desk.example";
const SHELL = "countersign-shell-v1";
const PICTURES = "countersign-pictures";

const FILES = new Map([
  ["/index.html", "<!doctype html><title>Desk</title>"],
  ["/recover.html", "<!doctype html><title>Recover</title>"],
  ["/app-0123456789abcdef.js", "export default 1;"],
  ["/style-0123456789abcdef.css", "body { margin: 0 }"],
]);

const list = Object.fromEntries(
  [...FILES].map(([path, text]) => [path, [createHash("sha256").update(text).digest("hex"), Buffer.byteLength(text)]]),
);
const source = readFileSync(new URL("../../public/sw.js", import.meta.url), "utf8")
  .replace('"__VERSION__"', '"v1"')
  .replace("__FILES__", JSON.stringify(list));

const never = () => new Promise(() => {});
const address = (request) => new URL(request.url ?? request, ORIGIN).href;

/** A cache as browsers have it: in the order of putting, and with no more room than the device. */
class FakeCache {
  entries = new Map();

  constructor(device) {
    this.device = device;
  }

  async match(request) {
    return this.entries.get(address(request))?.clone();
  }

  async keys() {
    return [...this.entries.keys()].map((url) => new Request(url));
  }

  async put(request, response) {
    const bytes = await response.clone().arrayBuffer();
    this.entries.delete(address(request));
    if (this.device.used() + bytes.byteLength > this.device.room) {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    }
    this.entries.set(address(request), new Response(bytes, { headers: response.headers }));
  }

  async delete(request) {
    return this.entries.delete(address(request));
  }
}

/** A device with a worker on it: `network` answers a path, or fails, or never answers. */
class Device {
  room = Infinity;
  stored = new Map();
  told = [];
  timers = [];
  network = (path) => {
    if (path === "/config.json") {
      return this.settings();
    }
    const text = FILES.get(path);
    return text === undefined ? new Response("", { status: 404 }) : new Response(text);
  };

  constructor() {
    const open = (name) => {
      const cache = this.stored.get(name) ?? new FakeCache(this);
      this.stored.set(name, cache);
      return cache;
    };
    const listeners = new Map();
    const page = { postMessage: (message) => this.told.push(message) };
    const self = {
      addEventListener: (kind, listen) => listeners.set(kind, listen),
      clients: { claim: async () => undefined, matchAll: async () => [page] },
      registration: { installing: null, waiting: null },
      skipWaiting: async () => undefined,
    };
    runInNewContext(source, {
      self,
      caches: {
        open: async (name) => open(name),
        keys: async () => [...this.stored.keys()],
        delete: async (name) => this.stored.delete(name),
        match: async (request) => {
          const found = await Promise.all([...this.stored.values()].map((cache) => cache.match(request)));
          return found.find((response) => response !== undefined);
        },
      },
      crypto: globalThis.crypto,
      fetch: async (request) => this.network(new URL(address(request)).pathname),
      location: new URL(ORIGIN),
      navigator: {},
      setTimeout: (act) => this.timers.push(act),
      Headers,
      Response,
      TextDecoder,
      URL,
      Uint8Array,
      Map,
      Set,
      Promise,
      Error,
    });
    this.listeners = listeners;
  }

  used() {
    const sizes = [...this.stored.values()].flatMap((cache) =>
      [...cache.entries.values()].map((response) => Number(response.headers.get("x-size") ?? 0)),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  settings(base = "/api") {
    return new Response(JSON.stringify({ api_base: base }));
  }

  /** What a cache has, by path. */
  paths(name) {
    return [...(this.stored.get(name)?.entries.keys() ?? [])].map((url) => new URL(url).pathname);
  }

  async install() {
    let work;
    this.listeners.get("install")({ waitUntil: (promise) => (work = promise) });
    await work;
  }

  /** A page asks for `path`: what the worker answers, and what it goes on doing. */
  begin(path, options = {}) {
    const work = [];
    let answer;
    const request = { method: "GET", mode: "no-cors", destination: "", url: ORIGIN + path, ...options };
    this.listeners.get("fetch")({
      request,
      respondWith: (promise) => (answer = promise),
      waitUntil: (promise) => work.push(promise),
    });
    return { answer, work };
  }

  /** What the worker answers, once it has done everything. */
  async ask(path, options) {
    const { answer, work } = this.begin(path, options);
    const response = await answer;
    await settled(work);
    return response;
  }

  picture(number) {
    return this.ask(`/api/media/picture-${String(number).padStart(16, "0")}.webp`, { destination: "image" });
  }
}

/** Waits for everything in a list that may grow meanwhile. */
async function settled(work) {
  for (let at = 0; at < work.length; at += 1) {
    await work[at].catch(() => undefined);
  }
}

/** A file of `size` bytes as far as the device's room is concerned. */
const sized = (text, size) => new Response(text, { headers: { "x-size": String(size) } });

test("all files are kept where there is room", async () => {
  const device = new Device();
  await device.install();
  assert.deepEqual(device.paths(SHELL).sort(), [...FILES.keys(), "/config.json"].sort());
  assert.deepEqual(device.told, []);
});

test("a full device keeps no half of the app, and the page is told", async () => {
  const device = new Device();
  device.room = 100;
  const network = device.network;
  device.network = (path) => (FILES.has(path) ? sized(FILES.get(path), 40) : network(path));
  await assert.rejects(device.install(), { name: "QuotaExceededError" });
  assert.deepEqual(device.told.map(({ type }) => type), ["NO_ROOM"]);
  assert.deepEqual(device.paths(SHELL), []);
  // The app comes from the network all the same.
  const page = await device.ask("/orders", { mode: "navigate" });
  assert.equal(await page.text(), FILES.get("/index.html"));
});

test("pictures make room for the app", async () => {
  const device = new Device();
  const network = device.network;
  device.network = (path) =>
    path.startsWith("/api/media/") ? sized("picture", 90) : FILES.has(path) ? sized(FILES.get(path), 20) : network(path);
  await device.picture(1);
  assert.equal(device.paths(PICTURES).length, 1);
  device.room = 100;
  await device.install();
  assert.deepEqual(device.paths(PICTURES), []);
  assert.deepEqual(device.told, []);
});

test("no network is no reason to speak of room", async () => {
  const device = new Device();
  device.network = () => Promise.reject(new TypeError("Failed to fetch"));
  await assert.rejects(device.install());
  assert.deepEqual(device.told, []);
});

test("of more than three hundred pictures those that nobody looked at for longest go", async () => {
  const device = new Device();
  device.network = () => new Response("picture");
  for (let number = 0; number < 300; number += 1) {
    await device.picture(number);
  }
  const path = (number) => `/api/media/picture-${String(number).padStart(16, "0")}.webp`;
  // A new worker, which has seen nothing yet; somebody looks at the oldest.
  const later = new Device();
  later.stored = device.stored;
  later.network = device.network;
  await later.picture(0);
  await later.picture(300);
  await later.picture(301);
  const kept = later.paths(PICTURES);
  assert.equal(kept.length, 300);
  assert.ok(kept.includes(path(0)), "it was looked at");
  assert.ok(!kept.includes(path(1)) && !kept.includes(path(2)), "the oldest that nobody looked at went");
  assert.ok(kept.includes(path(301)));
});

test("on a full device half of the pictures go, and the one asked for is shown all the same", async () => {
  const device = new Device();
  device.network = () => sized("picture", 1);
  for (let number = 0; number < 200; number += 1) {
    await device.picture(number);
  }
  device.room = 200;
  const shown = await device.picture(200);
  assert.equal(await shown.text(), "picture");
  assert.equal(device.paths(PICTURES).length, 150);
});

test("settings that never come are those of last time, once the network had its time", async () => {
  const device = new Device();
  await device.install();
  device.network = never;
  const { answer } = device.begin("/config.json");
  let answered = false;
  const settings = answer.then((response) => {
    answered = true;
    return response.json();
  });
  while (device.timers.length === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(answered, false, "the network has its time");
  device.timers.forEach((act) => act());
  assert.deepEqual(await settings, { api_base: "/api" });
});

test("settings that are new count at once", async () => {
  const device = new Device();
  await device.install();
  device.network = () => device.settings("/backend");
  assert.deepEqual(await (await device.ask("/config.json")).json(), { api_base: "/backend" });
});

test("damaged settings on the device are not used", async () => {
  for (const damage of ["", "{", "null", '{"api_base":1}', "<html>Free Wi-Fi</html>"]) {
    const device = new Device();
    await device.install();
    await device.stored.get(SHELL).put("/config.json", new Response(damage));
    assert.deepEqual(await (await device.ask("/config.json")).json(), { api_base: "/api" }, damage);
    assert.equal(await (await device.stored.get(SHELL).match("/config.json")).text(), '{"api_base":"/api"}', damage);
  }
});

test("what a captive portal calls settings is not kept", async () => {
  const device = new Device();
  await device.install();
  device.network = () => new Response("<html>Free Wi-Fi</html>");
  assert.deepEqual(await (await device.ask("/config.json")).json(), { api_base: "/api" });
});

test("damaged settings and no network: the page hears that there is none", async () => {
  const device = new Device();
  await device.install();
  await device.stored.get(SHELL).put("/config.json", new Response("{"));
  device.network = () => Promise.reject(new TypeError("Failed to fetch"));
  await assert.rejects(device.ask("/config.json"), /Failed to fetch/);
});
