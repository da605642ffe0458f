/** What the archive's check found, each with the screen that mends it. */
import { text } from "./strings.js";

/**
 * @typedef {{path: string, line: number, severity: "error"|"warning", message: string, fix: string, clause?: string}} Problem
 *
 * @param {HTMLElement} box
 * @param {Problem[]} problems
 * @param {(problem: Problem) => (() => void)|null} mend goes where a problem is mended; null where this draft cannot
 */
export const showFindings = (box, problems, mend) => {
  const list = Object.assign(document.createElement("ol"), { className: "findings" });
  const sorted = [...problems].sort((one, other) => Number(one.severity === "warning") - Number(other.severity === "warning"));
  for (const problem of sorted) {
    const item = document.createElement("li");
    item.className = `finding finding--${problem.severity === "error" ? "error" : "warning"}`;
    const add = (tag, className, words) => item.append(Object.assign(document.createElement(tag), { className, textContent: words }));
    add("p", "finding__message", `${text.severity[problem.severity] ?? ""}：${problem.message}`);
    if (problem.fix) add("p", "finding__fix", text.fix(problem.fix));
    const go = mend(problem);
    if (go) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet", textContent: text.mendHere });
      button.addEventListener("click", go);
      item.append(button);
    }
    list.append(item);
  }
  box.replaceChildren(...(sorted.length ? [list] : []));
};

/** @param {Problem[]} problems @returns {string} how it stands in one sentence */
export const verdictOf = (problems) => {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (errors) return text.checkedBad(errors);
  return problems.length ? text.checkedWell(problems.length) : text.checkedFine;
};
