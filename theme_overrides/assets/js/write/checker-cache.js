/**
 * Fetches what the check is made of, counts its bytes, and keeps it in this browser.
 *
 * What an address names never changes (its name has a digest or a version), so what is kept is never asked for again.
 * Without a Cache (a page that came without encryption, a private window) everything is fetched anew.
 *
 * @typedef {{path: string, bytes: number, sha256: string}} Piece
 */

/** Shared with the page's service worker (offline.js), which keeps the runtime's scripts in it. */
export const CHECKER = "pairing-write checker";

const open = async () => {
  try {
    return await globalThis.caches?.open(CHECKER);
  } catch {
    return undefined;
  }
};

/**
 * Returns the bytes of a piece, kept or fetched.
 *
 * Throws a TypeError when it cannot be fetched, or is not what the manifest says.
 *
 * @param {string} base address of the site   @param {Piece} piece
 * @param {(bytes: number) => void} onBytes how many more bytes are there
 */
export const getPiece = async (base, piece, onBytes) => {
  const url = new URL(piece.path, base).href;
  const cache = await open();
  const kept = await cache?.match(url);
  if (kept) {
    const bytes = new Uint8Array(await kept.arrayBuffer());
    if (bytes.length === piece.bytes) {
      onBytes(bytes.length);
      return bytes;
    }
  }
  const bytes = await readAll(await fetchWhole(url), onBytes);
  await verify(bytes, piece);
  await keep(cache, url, bytes, "application/octet-stream");
  return bytes;
};

const fetchWhole = async (url, options) => {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new TypeError(`${answer.status} ${url}`);
  return answer;
};

const readAll = async (answer, onBytes) => {
  const parts = [];
  for (const reader = answer.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    onBytes(value.length);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
};

/** A server that unpacks what it sends is no reason to fail; one that sends something else is. */
const verify = async (bytes, piece) => {
  if (!globalThis.crypto?.subtle || (bytes.length !== piece.bytes && piece.path.endsWith(".gz") && !isPacked(bytes))) return;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== piece.sha256) throw new TypeError(`not what the manifest says: ${piece.path}`);
};

const isPacked = (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Returns a stream of the bytes, unpacked where they are packed. @param {Uint8Array} bytes */
export const unpack = (bytes) => {
  const stream = new Blob([bytes]).stream();
  return isPacked(bytes) ? stream.pipeThrough(new DecompressionStream("gzip")) : stream;
};

/** Returns the manifest: today's where there is a network, else the last one. @param {string} base */
export const getManifest = async (base) => {
  const url = new URL("write/checker/manifest.json", base).href;
  const cache = await open();
  let bytes;
  try {
    bytes = new Uint8Array(await (await fetchWhole(url, { cache: "no-cache" })).arrayBuffer());
    await keep(cache, url, bytes, "application/json");
  } catch (error) {
    const kept = await cache?.match(url);
    if (!kept) throw error;
    bytes = new Uint8Array(await kept.arrayBuffer());
  }
  return JSON.parse(new TextDecoder().decode(bytes));
};

/** Returns what was kept under an address that only this browser knows, or undefined. @param {string} url */
export const getKept = async (url) => {
  const kept = await (await open())?.match(url);
  return kept && new Uint8Array(await kept.arrayBuffer());
};

/** @param {string} url   @param {Uint8Array} bytes */
export const putKept = async (url, bytes) => keep(await open(), url, bytes, "application/octet-stream");

/** Removes what was kept of other versions. @param {string[]} urls what this version has */
export const clearOthers = async (urls) => {
  const cache = await open();
  for (const request of (await cache?.keys()) ?? []) if (!urls.includes(request.url)) await cache.delete(request);
};

/** A full disk must not keep anybody from checking. */
const keep = async (cache, url, bytes, type) => {
  try {
    await cache?.put(url, new Response(bytes, { headers: { "Content-Type": type, "Content-Length": String(bytes.length) } }));
  } catch {
    await cache?.delete(url).catch(() => false);
  }
};
