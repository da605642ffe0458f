/**
 * The screen on which a school's key is put in, shown as kept, and removed.
 *
 * @typedef {import("./start.js").App} App
 */
import { SHAPE, keepKey, readKey, removeKey } from "./key.js";
import { clearProblems, focusFault, showProblems } from "./problems.js";
import { screenNamed } from "./screens.js";
import { text } from "./strings.js";

/** @param {App} app */
export const fillKey = (app) => {
  const screen = screenNamed("key");
  const key = readKey(app.index.forge);
  screen.querySelector("[data-key-kept]").hidden = !key;
  screen.querySelectorAll("[data-key-none]").forEach((each) => {
    each.hidden = Boolean(key);
  });
  screen.querySelector("code").textContent = key ? text.keyHint(key) : "";
  screen.querySelector("input").value = "";
  clearProblems(screen);
};

/** @param {App} app */
export const bindKey = (app) => {
  const screen = screenNamed("key");
  screen.addEventListener("submit", (event) => {
    event.preventDefault();
    const key = screen.querySelector("input").value.trim();
    if (SHAPE.test(key) && keepKey(app.index.forge, key)) {
      fillKey(app);
      screen.querySelector(".screen__title").focus();
      return;
    }
    const fault = { screen: "key", ask: "key", message: key ? text.keyBad : text.keyMissing };
    showProblems(screen, [fault], { title: text.faults.title(1), follow: () => focusFault(screen, fault) });
  });
  screen.querySelector("[data-key-remove]").addEventListener("click", () => {
    removeKey(app.index.forge);
    fillKey(app);
    screen.querySelector(".screen__title").focus();
  });
};
