/**
 * The screen on which a draft is read over, checked, saved as a file or deleted.
 *
 * @typedef {import("./report.js").Report} App
 */
import { longDayName } from "./days.js";
import { countRefused, sendable, staffOf } from "./drafts.js";
import { showFindings, verdictOf } from "./findings.js";
import { saveFile } from "./package.js";
import { plainText, screenOf } from "./record.js";
import { draftHash, go, screenNamed } from "./screens.js";
import { text } from "./strings.js";

/** @param {App} app @returns {[string, string, string][]} label, value and screen of each fact */
const facts = ({ draft, school, index }) => {
  const { fields } = draft;
  const measure = index.measures.find(({ id }) => id === fields.measure)?.name;
  const partners = school.partners.filter(({ id }) => fields.partners.includes(id)).map(({ name }) => name);
  const staff = text.staff(staffOf(draft, "sent") ?? "—", staffOf(draft, "received") ?? "—");
  const numbers = [staff, fields.attendance === null ? "" : text.people_(fields.attendance), fields.grades.join("、")];
  return [
    [text.labels.what, [fields.title, measure].filter(Boolean).join("（") + (fields.title && measure ? "）" : ""), "what"],
    [text.labels.when, fields.date ? longDayName(fields.date) : "", "when"],
    [text.labels.partners, partners.join("、"), "way"],
    [text.labels.way, text.directions[fields.direction] ?? "", "way"],
    [text.labels.numbers, fields.direction ? numbers.filter(Boolean).join("，") : "", "numbers"],
    [text.labels.place, fields.place.trim(), "place"],
    [text.labels.lead, fields.lead.trim(), "place"],
    ...Object.entries(draft.sections).map(([part, words], at) => [part, wordsOf(words), `part-${at + 1}`]),
    [text.labels.photos, draft.photos.length ? text.photosReady(sendable(draft).length, countRefused(draft)) : "", "photos"],
  ];
};

const wordsOf = (words) => {
  const plain = plainText(words).replace(/\s+/g, " ").trim();
  const shown = [...plain].slice(0, 60).join("");
  return plain ? `${shown}${shown.length < plain.length ? "……" : ""}（${text.partLength([...plain.replace(/\s/g, "")].length)}）` : "";
};

/** @param {App} app */
export const fillReview = (app) => {
  const screen = screenNamed("review");
  screen.querySelector("dl").replaceChildren(
    ...facts(app).map(([label, value, step]) => {
      const row = document.createElement("div");
      const edit = Object.assign(document.createElement("a"), { href: draftHash(app.draft.id, step), textContent: text.edit, className: "review__edit" });
      edit.setAttribute("aria-label", text.editOf(label));
      const words = Object.assign(document.createElement("dd"), { textContent: value || text.blank, className: value ? "" : "muted" });
      const end = Object.assign(document.createElement("dd"), { className: "review__end" });
      end.append(edit);
      row.append(Object.assign(document.createElement("dt"), { textContent: label }), words, end);
      return row;
    }),
  );
  screen.querySelector("[data-checker]").hidden = !app.index.modules.includes("checker");
  screen.querySelector("[data-findings]").replaceChildren();
  screen.querySelector("[data-preview]").hidden = true;
};

/** The archive's check, once it has been fetched. */
let checker = null;
let stopping = null;

/** Says the verdict. @param {App} app @returns {Promise<() => Promise<void>>} shows the preview, which takes longer */
const check = async (app) => {
  const screen = screenNamed("review");
  const faults = app.faults();
  let next = async () => {};
  if (faults.length) {
    app.showFaults(faults);
    return next;
  }
  const [box, button] = [screen.querySelector("[data-check-progress]"), screen.querySelector("[data-check]")];
  const [said, bar] = [box.querySelector("p"), box.querySelector("progress")];
  stopping = new AbortController();
  box.hidden = false;
  button.disabled = true;
  said.textContent = text.preparing;
  try {
    if (!checker) {
      const { loadChecker } = await import("./checker.js");
      const onProgress = (done, all, stage) => {
        said.textContent = text.downloading(done, all, stage);
        bar.value = all ? done / all : 0;
      };
      checker = await loadChecker({ base: app.base, onProgress, signal: stopping.signal });
    }
    said.textContent = text.checking;
    bar.removeAttribute("value");
    const { files, places } = await app.record();
    const { problems } = await checker.check(files, { asOf: app.today(), preview: false });
    said.textContent = verdictOf(problems);
    showFindings(screen.querySelector("[data-findings]"), problems, (problem) => () => go(draftHash(app.draft.id, screenOf(problem, places))));
    next = () => preview(app, files);
  } catch (error) {
    checker = null; // what was stopped or has failed is started anew
    said.textContent = stopping.signal.aborted ? "" : text.checkFailed;
    if (!stopping.signal.aborted) console.warn(error);
  } finally {
    bar.hidden = true;
    box.querySelector("[data-check-stop]").hidden = true;
    button.disabled = false;
  }
  return next;
};

/** Shows the record as the site would: in a frame of its own that runs no scripts. */
const preview = async (app, files) => {
  const { draft } = app;
  const { previews } = await checker.check(files, { asOf: app.today(), preview: true });
  const box = screenNamed("review").querySelector("[data-preview]");
  if (app.draft !== draft || !previews.length) return;
  box.hidden = false;
  box.querySelector("iframe")?.remove();
  const frame = Object.assign(document.createElement("iframe"), { title: text.preview, srcdoc: previews[0].html });
  frame.setAttribute("sandbox", "");
  box.append(frame);
};

/** @param {App} app */
export const bindReview = (app) => {
  const screen = screenNamed("review");
  screen.querySelector("[data-check]").addEventListener("click", () => {
    screen.querySelector("[data-check-progress] progress").hidden = screen.querySelector("[data-check-stop]").hidden = false;
    screen.querySelector("[data-preview]").hidden = true;
    check(app).then((next) => next()).catch(console.warn); // without a preview the verdict stands
  });
  screen.querySelector("[data-check-stop]").addEventListener("click", () => stopping?.abort());
  screen.querySelector("[data-save-draft]").addEventListener("click", async () => {
    const { writeDraftFile } = await import("./draft-file.js");
    const name = text.draftName(app.school.short, app.draft.fields.date);
    saveFile(new Blob([writeDraftFile(app.draft)], { type: "application/json" }), name);
  });
  screen.querySelector("[data-delete]").addEventListener("click", async () => {
    if (!(await app.confirm(text.deleteTitle, text.deleteText(app.draft.photos.length)))) return;
    await app.remove(app.draft);
    go(`#school=${app.school.id}`, { instead: true });
  });
};
