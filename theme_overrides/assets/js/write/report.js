/**
 * The screens of a draft, one after the other: what each shows, and whether it may be left.
 *
 * @typedef {import("./start.js").App} App
 * @typedef {import("./storage.js").Draft} Draft
 * @typedef {import("./checks.js").Fault} Fault
 * @typedef {App & {next: () => void, faults: () => Fault[], showFaults: (faults: Fault[]) => void, reported: () => string,
 *   record: () => Promise<{files: {path: string, bytes: Uint8Array}[], places: string[], folder: string, reported: string}>}} Report
 */
import { findFaults } from "./checks.js";
import { today } from "./days.js";
import { standing } from "./drafts.js";
import { bindFields, fillFields } from "./fields.js";
import { fillHandin } from "./handin.js";
import { bindKey, fillKey } from "./key-screen.js";
import { bindPhotos, fillPhotos, forgetPictures, making } from "./photos.js";
import { clearProblems, focusFault, showProblems } from "./problems.js";
import { recordFiles } from "./record.js";
import { bindResult, fillResult } from "./result.js";
import { bindReview, fillReview } from "./review.js";
import { draftHash, go, hasScreen, readRoute, screenNamed, showScreen } from "./screens.js";
import { text } from "./strings.js";

/** The screens in order; a draft that began with a row of the plan need not be asked what was done. @param {Draft} draft */
const stepsOf = (draft) => {
  const parts = Object.keys(draft.sections).map((_, at) => `part-${at + 1}`);
  return [...(draft.fields.plan ? [] : ["what"]), "when", "way", "numbers", "place", ...parts, "photos", "review", "handin"];
};

/** @param {Report} app @param {any} schema of activities */
const giveTools = (app, schema) => {
  Object.assign(app, {
    reported: () => standing(app.draft)?.reported ?? today(),
    next() {
      const steps = stepsOf(app.draft);
      const at = steps.indexOf(readRoute().screen);
      go(draftHash(app.draft.id, steps[at + 1] ?? "handin"));
    },
    faults: () => [
      ...findFaults(app.draft, app.index, app.school, schema, app.today()),
      ...(making.has(app.draft) ? [{ screen: "photos", ask: "photos", message: text.faults.making }] : []),
    ],
    showFaults(faults) {
      const follow = async (fault) => {
        await go(draftHash(app.draft.id, fault.screen));
        focusFault(screenNamed(fault.screen), fault);
      };
      showProblems(screenNamed("review"), faults, { title: text.faults.titleOfAll(faults.length), follow });
    },
    async record() {
      const { draft, school } = app;
      const month = draft.fields.date.slice(0, 7);
      const others = (await app.storage.list()).filter((each) => each.id !== draft.id && each.school === school.id && each.sent && each.fields.date?.startsWith(month));
      const reported = app.reported();
      return { ...recordFiles(draft, school, { reported, used: others.map(({ sent }) => sent.folder) }), reported };
    },
  });
};

/** A form's button: on to the next screen, once what this one asks is filled in or put off. @param {Report} app */
const bindForms = (app) => {
  document.querySelectorAll("form[data-screen]:not([data-screen=key])").forEach((screen) => {
    screen.addEventListener("submit", (event) => {
      event.preventDefault();
      const faults = app.faults();
      if (screen.dataset.screen === "review") return faults.length ? app.showFaults(faults) : app.next();
      const here = faults.filter((fault) => fault.screen === screen.dataset.screen);
      if (!here.length) return app.next();
      showProblems(screen, here, { title: text.faults.title(here.length), follow: (fault) => focusFault(screen, fault), skip: app.next });
    });
  });
};

/** @param {Report} app @param {() => void} leave to the school's desk */
const bindBack = (app, leave) => {
  document.querySelectorAll("#write [data-back]").forEach((button) => {
    button.addEventListener("click", () => {
      const { screen, draft } = readRoute();
      const steps = draft ? stepsOf(app.draft) : [];
      const at = steps.indexOf(screen);
      at > 0 ? go(draftHash(draft, steps[at - 1])) : leave();
    });
  });
};

/** Makes a draft the one that is open. @param {Report} app @returns {Promise<boolean>} whether there is such a draft */
const openDraft = async (app, id) => {
  if (app.draft?.id !== id) {
    app.draft = await app.storage.load(id);
    forgetPictures();
  }
  if (!app.index.schools.some((school) => school.id === app.draft?.school)) return false;
  await app.openSchool(app.draft.school);
  return true;
};

/** @param {Report} app @param {string} id @param {string} name of a screen @param {() => boolean} isCurrent false when another is asked for */
const showDraft = async (app, id, name, isCurrent) => {
  if (!(await openDraft(app, id))) return go("#school=", { instead: true });
  if (!isCurrent()) return undefined;
  const { draft } = app;
  const steps = stepsOf(draft);
  const screen = hasScreen(name) ? name : draft.step;
  if ((screen === "handin" && app.faults().length) || (screen === "result" && !draft.sent)) return go(draftHash(id, "review"), { instead: true });
  if (steps.includes(screen) && screen !== "handin" && draft.step !== screen) {
    app.storage.note(draft, { step: screen });
  }
  clearProblems(screenNamed(screen));
  const focused = fillFields(app, screen);
  if (screen === "photos") fillPhotos(app);
  if (screen === "review") fillReview(app);
  if (screen === "handin") await fillHandin(app);
  if (!isCurrent()) return undefined;
  if (screen === "result") fillResult(app);
  const at = steps.indexOf(screen);
  return showScreen(screen, at < 0 ? null : { at: at + 1, of: steps.length }, focused);
};

/**
 * @param {App} app
 * @param {any} schema of activities
 * @param {() => void} leave to the school's desk
 */
export const bindReport = (app, schema, leave) => {
  const report = /** @type {Report} */ (app);
  giveTools(report, schema);
  bindFields(report);
  bindPhotos(report);
  bindReview(report);
  bindResult(report);
  bindKey(report);
  bindForms(report);
  bindBack(report, leave);
  return {
    showDraft: (id, name, isCurrent) => showDraft(report, id, name, isCurrent),
    showKey() {
      fillKey(report);
      showScreen("key", null);
    },
  };
};
