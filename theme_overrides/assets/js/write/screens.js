/** One screen at a time: the address says which, going back goes back, and the focus follows. */
import { text } from "./strings.js";

const root = document.getElementById("write");
const site = document.title.replace(/^[^-]*-\s*/, "");

/** What offline.js keeps schools' data in. */
const DATA = "pairing-write data";

/** @param {string} address @param {Response} answer */
const keepAnswer = async (address, answer) => {
  try {
    await (await caches.open(DATA)).put(address, answer);
  } catch (error) {
    console.warn(error); // then the worker keeps it, on the next visit
  }
};

/** @param {string} address @returns {Promise<any>} */
export const fetchJson = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new TypeError(`${answer.status} ${address}`);
  // The service worker keeps what goes through it; on the first visit nothing does yet.
  if (navigator.serviceWorker?.controller === null) keepAnswer(address, answer.clone());
  return answer.json();
};

/** @typedef {{screen: string, school: string|null, draft: string|null}} Route */

/** @returns {Route} what the address asks for */
export const readRoute = () => {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (asked.has("draft")) return { screen: asked.get("step") ?? "", school: null, draft: asked.get("draft") };
  if (asked.has("screen")) return { screen: asked.get("screen") ?? "", school: asked.get("school"), draft: null };
  return { screen: asked.get("school") ? "desk" : "school", school: asked.get("school"), draft: null };
};

let shown = async () => {};

/** @param {() => Promise<void>} show is called whenever the address changes */
export const onRoute = (show) => {
  shown = show;
  addEventListener("popstate", show);
};

/** @param {string} hash @param {{instead?: boolean}} [how] instead: of the screen at hand, which going back then skips
 * @returns {Promise<void>} when the screen is there */
export const go = (hash, { instead = false } = {}) => {
  history[instead ? "replaceState" : "pushState"](null, "", hash);
  return shown();
};

/** @param {string} id @param {string} screen @returns {string} */
export const draftHash = (id, screen) => `#draft=${id}&step=${screen}`;

/** @param {string} name @returns {HTMLElement} */
export const screenNamed = (name) => /** @type {HTMLElement} */ (root.querySelector(`[data-screen="${CSS.escape(name)}"]`));

/** @returns {boolean} */
export const hasScreen = (name) => Boolean(screenNamed(name));

let first = true;

/**
 * @param {string} name
 * @param {{at: number, of: number}|null} progress
 * @param {HTMLElement|null} [focused] what has the focus, if not the heading
 */
export const showScreen = (name, progress, focused = null) => {
  const screen = screenNamed(name);
  root.querySelectorAll("[data-screen]").forEach((each) => {
    each.hidden = each !== screen;
  });
  const line = document.getElementById("progress");
  line.hidden = !progress;
  if (progress) {
    line.querySelector("p").textContent = text.step(progress.at, progress.of);
    line.querySelector("progress").value = progress.at / progress.of;
  }
  const heading = screen.querySelector(".screen__title");
  document.title = text.title(heading.textContent, site);
  if (first) {
    first = false;
    return;
  }
  scrollTo({ top: 0, behavior: "instant" });
  (focused ?? heading).focus({ preventScroll: true });
};
