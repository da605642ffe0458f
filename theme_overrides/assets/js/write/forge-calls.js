/**
 * Calls to a forge's API: the key in a header, bytes counted, time limited, repeated only where that does no harm.
 *
 * The page's Content-Security-Policy names the API's host alone, for redirects too: a key goes nowhere else.
 *
 * @typedef {{pauses?: number[], stall?: number}} Patience  pauses: ms before each repetition; stall: ms without a byte
 * @typedef {{status: number, data: any}} Answer
 * @typedef {{query?: Record<string, string|number>, body?: any, allow?: number[], repeat?: boolean, signal?: AbortSignal,
 *   onUpload?: (part: number) => void}} Call
 *   allow: statuses that are answers, not faults; repeat: a call that may be made twice; onUpload: is told the part sent, 0 to 1
 */
import { ForgeError, faultOf } from "./forge-faults.js";

const PATIENCE = { pauses: [600, 1800, 4000], stall: 30_000 };

/** @param {number} time ms @param {AbortSignal} [signal] */
export const pause = (time, signal) =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve(undefined);
    }, time);
    signal?.addEventListener("abort", stop, { once: true });
  });

/** Sends one request by XMLHttpRequest: fetch does not tell how much of a body has gone out. */
const send = (method, url, { headers, text, stall, signal, onUpload }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    let timer = 0;
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(abort, stall);
    };
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.onprogress = watch;
    if (text !== null) {
      request.upload.onprogress = ({ loaded, total }) => {
        watch();
        onUpload?.(total ? loaded / total : 0);
      };
    }
    request.onloadend = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      if (signal?.aborted) reject(signal.reason);
      else if (request.status === 0) reject(new ForgeError("offline"));
      else resolve(request);
    };
    signal?.addEventListener("abort", abort, { once: true });
    watch();
    request.send(text);
  });

const parse = (text) => {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return undefined;
  }
};

/**
 * @param {string} api address of the API
 * @param {Record<string, string>} headers with the key
 * @param {Patience} [patience]
 * @returns {(method: string, path: string, call?: Call) => Promise<Answer>} throws ForgeError, or the signal's reason
 */
export const makeCaller = (api, headers, patience = {}) => {
  const { pauses, stall } = { ...PATIENCE, ...patience };
  const once = async (method, path, { query = {}, body, allow = [], signal, onUpload }) => {
    signal?.throwIfAborted();
    const asked = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
    const text = body === undefined ? null : JSON.stringify(body);
    const request = await send(method, `${api}${path}${asked && `?${asked}`}`, {
      headers: { Accept: "application/json", ...headers, ...(text !== null && { "Content-Type": "application/json" }) },
      text,
      stall,
      signal,
      onUpload,
    });
    const { status } = request;
    const data = parse(request.responseText);
    const isFine = status >= 200 && status < 300;
    if (isFine ? data !== undefined : allow.includes(status)) return { status, data };
    throw isFine ? new ForgeError("strange", { status }) : faultOf(status, data, (name) => request.getResponseHeader(name));
  };
  return async (method, path, call = {}) => {
    const most = call.repeat ?? method === "GET" ? pauses.length : 0;
    for (let turn = 0; ; turn += 1) {
      try {
        return await once(method, path, call);
      } catch (error) {
        if (turn === most || !["offline", "broken"].includes(error.code)) throw error;
      }
      await pause(pauses[turn], call.signal);
    }
  };
};

/** @param {string} path @returns {string} with each step encoded, the slashes kept */
export const encodePath = (path) => path.split("/").map(encodeURIComponent).join("/");
