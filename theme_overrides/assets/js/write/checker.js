/**
 * The archive's own check, run in a worker of this browser. Nothing of a draft is sent anywhere.
 *
 * What a check cannot say here is said when the draft is handed in: whether each photo can really be decoded, and the
 * rules that `undecided` lists, which look at what other schools' records hold.
 *
 * @typedef {{path: string, line: number, column: number, severity: "error"|"warning", rule: string, clause: string,
 *            message: string, fix: string, page?: string}} Problem   as `pairing check --format json` gives it
 * @typedef {{path: string, html: string}} Preview   of the activity.md at `path`; html is a whole document, for the
 *            `srcdoc` of a frame with an empty `sandbox`
 * @typedef {{check: (files: {path: string, bytes: Uint8Array}[], options?: {asOf?: string, preview?: boolean}) =>
 *            Promise<{problems: Problem[], previews: Preview[]}>, undecided: string[], stop: () => void}} Checker
 */

const STAGES = { fetch: "下载检查程序", start: "启动检查程序" };

/**
 * Fetches and starts the check. It can be called again after it failed or was stopped: what was fetched is kept.
 *
 * Rejects with an AbortError when `signal` stops it, and with a TypeError without a network.
 *
 * @param {{base: string | URL, onProgress?: (loaded: number, total: number, stage: string) => void,
 *          signal?: AbortSignal}} options   base: address of the site's root, relative to the page or absolute
 * @returns {Promise<Checker>}
 */
export const loadChecker = async ({ base, onProgress = () => {}, signal }) => {
  signal?.throwIfAborted();
  const worker = new Worker(new URL("checker-worker.js", import.meta.url), { type: "module" });
  const waiting = new Map();
  let number = 0;
  const fail = (error) => {
    worker.terminate();
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.addEventListener("error", (event) => fail(new TypeError(event.message || "the worker did not start")));
  worker.addEventListener("message", ({ data }) => {
    if (data.progress) {
      const [loaded, total, stage] = data.progress;
      return onProgress(loaded, total, STAGES[stage]);
    }
    const { resolve, reject } = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error) reject(new (data.network ? TypeError : Error)(data.error));
    else resolve(data.answer);
  });
  const ask = (method, argument) =>
    new Promise((resolve, reject) => {
      number += 1;
      waiting.set(number, { resolve, reject });
      worker.postMessage({ id: number, method, argument });
    });
  const abort = () => fail(signal.reason);
  signal?.addEventListener("abort", abort);
  try {
    const undecided = await ask("start", new URL(base, document.baseURI).href);
    return {
      undecided,
      check: (files, { asOf = "", preview = true } = {}) => ask("check", { files, asOf, preview }),
      stop: () => fail(new DOMException("stopped", "AbortError")),
    };
  } catch (error) {
    fail(error);
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
};
