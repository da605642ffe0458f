/**
 * The page's service worker: once opened, 填报 works without a network.
 *
 * `self.SHELL` is {version, files: {address from the page: digest}}, written by generator/site/pages/write.py. Its files
 * are kept together under their version, so that scripts of two versions never meet. What schools' forms are filled in
 * with is asked of the network first. The archive's check and its runtime, large and named by their versions, are kept
 * when they have been fetched.
 */
"use strict";

const SHELL = `pairing-write ${self.SHELL.version}`;
const DATA = "pairing-write data";
const CHECKER = "pairing-write checker";
const HOME = self.registration.scope;
const WAIT = 4000;

const files = new Map(Object.entries(self.SHELL.files).map(([path, digest]) => [new URL(path, HOME).href, digest]));
const data = (url) => url.startsWith(HOME) && url.endsWith(".json") || url === new URL("../data/schema/activity.schema.json", HOME).href;
/** Scripts of the check's runtime. What else it fetches it keeps itself (checker-cache.js), and counts while it comes. */
const ofChecker = (url) => url.startsWith(new URL("../assets/vendor/pyodide-", HOME).href) && url.endsWith(".js");

const fetchWhole = async (request) => {
  const answer = await fetch(request);
  if (!answer.ok) throw new TypeError(`${answer.status} ${answer.url}`);
  return answer;
};

const install = async () => {
  const cache = await caches.open(SHELL);
  const keep = async (url, digest) => cache.put(url, await fetchWhole(new Request(url, { cache: "no-cache", ...(digest && { integrity: digest }) })));
  await Promise.all([keep(HOME), ...[...files].map(([url, digest]) => keep(url, digest))]);
  const lasting = await caches.open(DATA);
  await Promise.all(["index.json", "../data/schema/activity.schema.json"].map(async (path) => {
    const url = new URL(path, HOME).href;
    await lasting.put(url, await fetchWhole(new Request(url, { cache: "no-cache" })));
  }));
};

/** Of older versions nothing is left; other caches of this host are not ours to clear. */
const activate = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("pairing-write ") && ![SHELL, DATA, CHECKER].includes(name)).map((name) => caches.delete(name)));
  await self.clients.claim();
};

const kept = async (url, name) => (await caches.open(name)).match(url);

const fromNetworkFirst = async (request) => {
  const cache = await caches.open(DATA);
  const asked = fetchWhole(request).then((answer) => {
    cache.put(request.url, answer.clone());
    return answer;
  });
  const old = await cache.match(request.url);
  if (!old) return asked;
  return Promise.race([asked.catch(() => old), new Promise((resolve) => setTimeout(resolve, WAIT, old))]);
};

const onceFetched = async (request) => {
  const found = await kept(request.url, CHECKER);
  if (found) return found;
  const answer = await fetchWhole(request);
  await (await caches.open(CHECKER)).put(request.url, answer.clone());
  return answer;
};

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", ({ data: said }) => {
  if (said === "take over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = request.url.split(/[?#]/)[0];
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && url === HOME) event.respondWith(kept(HOME, SHELL).then((found) => found ?? fetch(request)));
  else if (files.has(url)) event.respondWith(kept(url, SHELL).then((found) => found ?? fetch(request)));
  else if (data(url)) event.respondWith(fromNetworkFirst(request));
  else if (ofChecker(url)) event.respondWith(onceFetched(request));
});
