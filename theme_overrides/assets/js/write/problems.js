/**
 * What is wrong on a screen: a summary with links at its head, and each message at its field.
 *
 * @typedef {import("./checks.js").Fault} Fault
 */
import { text } from "./strings.js";

const askOf = (screen, fault) => {
  const within = fault.photo ? screen.querySelector(`[data-photo="${fault.photo}"]`) : screen;
  return within?.querySelector(`[data-ask="${CSS.escape(fault.ask)}"]`) ?? null;
};

const control = (ask) => ask?.querySelector("input:not(.visually-hidden), textarea, button:not([disabled])") ?? ask?.querySelector("input");

/** @param {HTMLElement} screen */
export const clearProblems = (screen) => {
  const box = screen.querySelector("[data-problems]");
  box.hidden = true;
  box.replaceChildren();
  screen.querySelectorAll(".fault").forEach((message) => message.remove());
  screen.querySelectorAll("[data-faulty]").forEach((ask) => {
    delete ask.dataset.faulty;
    const field = control(ask);
    field?.removeAttribute("aria-invalid");
    if (field?.dataset.described !== undefined) {
      field.setAttribute("aria-describedby", field.dataset.described);
      if (!field.dataset.described) field.removeAttribute("aria-describedby");
    }
  });
};

const markField = (screen, fault, number) => {
  const ask = askOf(screen, fault);
  if (!ask) return;
  const message = document.createElement("p");
  message.className = "fault";
  message.id = `fault-${screen.dataset.screen}-${number}`;
  message.textContent = fault.message;
  const label = ask.querySelector(":scope > legend, :scope > label, :scope > .ask__label, :scope > .screen__lede");
  label ? label.after(message) : ask.prepend(message);
  ask.dataset.faulty = "";
  const field = control(ask);
  if (!field) return;
  field.dataset.described ??= field.getAttribute("aria-describedby") ?? "";
  field.setAttribute("aria-describedby", `${field.dataset.described} ${message.id}`.trim());
  if (field.matches("input:not([type=radio], [type=checkbox], [type=file]), textarea")) field.setAttribute("aria-invalid", "true");
};

/**
 * @param {HTMLElement} screen
 * @param {Fault[]} faults
 * @param {{title: string, follow: (fault: Fault) => void, skip?: () => void}} ways follow: goes where a fault is mended
 */
export const showProblems = (screen, faults, { title, follow, skip }) => {
  clearProblems(screen);
  const box = screen.querySelector("[data-problems]");
  const heading = Object.assign(document.createElement("p"), { className: "problems__title", textContent: title });
  const list = document.createElement("ul");
  faults.forEach((fault, number) => {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: fault.message });
    button.addEventListener("click", () => follow(fault));
    item.append(button);
    list.append(item);
    markField(screen, fault, number);
  });
  box.append(heading, list);
  if (skip) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: text.faults.later });
    button.addEventListener("click", skip);
    const line = document.createElement("p");
    line.append(button);
    box.append(line);
  }
  box.hidden = false;
  box.tabIndex = -1;
  box.focus();
};

/** Puts the focus where a fault of this screen is mended. @param {HTMLElement} screen @param {Fault} fault */
export const focusFault = (screen, fault) => {
  const ask = askOf(screen, fault);
  ask?.scrollIntoView({ block: "center" });
  control(ask)?.focus({ preventScroll: true });
};
