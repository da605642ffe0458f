/**
 * The first screens: which school, what it owes, its drafts and the rows of its plan.
 *
 * @typedef {import("./start.js").App} App
 */
import { dayName, daysBetween, today } from "./days.js";
import { newDraft, standing } from "./drafts.js";
import { forgetsInAWeek, isKept } from "./environment.js";
import { draftHash, go, screenNamed } from "./screens.js";
import { text } from "./strings.js";

const make = (tag, className, words = "") => Object.assign(document.createElement(tag), { className, textContent: words });

/** @param {App} app */
export const fillSchools = (app) => {
  const box = screenNamed("school").querySelector("[data-schools]");
  const groups = Map.groupBy ? Map.groupBy(app.index.schools, ({ kind }) => kind) : group(app.index.schools);
  box.replaceChildren(
    ...[...groups].map(([kind, schools]) => {
      const part = make("section", "schools");
      const list = make("ul", "schools__list");
      for (const { id, name } of schools) {
        const item = document.createElement("li");
        item.append(Object.assign(make("a", "choice", name), { href: `#school=${id}` }));
        list.append(item);
      }
      part.append(make("h3", "", kind), list);
      return part;
    }),
  );
  if (!app.index.schools.length) box.append(make("p", "notice notice--warn", text.noProgramme));
};

const group = (schools) => {
  const groups = new Map();
  for (const school of schools) groups.set(school.kind, [...(groups.get(school.kind) ?? []), school]);
  return groups;
};

/** @param {any} school @param {string} day @returns {any} the month whose material is due next, or undefined */
const dueMonth = (school, day) => school.months.find(({ deadline }) => deadline >= day);

const owedNotice = (school, day) => {
  const due = dueMonth(school, day);
  const begun = due && due.month <= day.slice(0, 7);
  const owed = begun ? Math.max(0, due.quota - due.on_time) : 0;
  const notice = make("div", `notice ${begun ? (owed ? "notice--warn" : "notice--good") : ""}`);
  if (!due) notice.append(make("p", "notice__title", text.over));
  else if (!begun) notice.append(make("p", "notice__title", text.next(due.name, dayName(due.deadline))));
  else {
    notice.append(make("p", "notice__title", text.owes(due.name, due.quota, due.on_time, owed)));
    notice.append(make("p", "", text.until(dayName(due.deadline), daysBetween(day, due.deadline))));
  }
  const missed = school.months.filter((month) => month.deadline < day && !month.closed && month.on_time < month.quota);
  if (missed.length) notice.append(make("p", "", text.missed(missed.map(({ name }) => name))));
  return notice;
};

const rowButton = (app, row, drafts) => {
  const mine = drafts.filter(({ fields }) => fields.plan === row.id);
  const draft = mine.find((each) => !standing(each));
  const button = Object.assign(make("button", "row"), { type: "button" });
  const facts = make("span", "row__facts num", row.date ? dayName(row.date) : text.undated);
  const state = row.done ? text.done : draft ? text.drafted : mine.length ? text.handedIn : "";
  if (state) facts.append(make("span", `tag${row.done ? " tag--done" : ""}`, state));
  button.append(make("span", "row__title", row.task), facts);
  button.addEventListener("click", () => (draft ? go(draftHash(draft.id, draft.step)) : begin(app, row)));
  const item = document.createElement("li");
  item.append(button);
  return item;
};

/** Begins a draft. @param {App} app @param {any} [row] of the plan */
const begin = async (app, row) => {
  const draft = newDraft(app.school, app.parts, row);
  await app.open(draft);
  go(draftHash(draft.id, draft.step));
};

/** @param {App} app @param {any} draft @param {HTMLElement} list */
const draftRow = (app, draft) => {
  const item = make("li", "rows__item");
  const link = Object.assign(make("a", "row"), { href: draftHash(draft.id, draft.sent ? "result" : draft.step) });
  const changed = `${dayName(draft.changed.slice(0, 10))} ${draft.changed.slice(11, 16)}`;
  const facts = draft.sent ? text.sentAs[standing(draft) ? draft.sent.way : "closed"](draft.sent.number) : text.draftFacts(draft.fields.date && dayName(draft.fields.date), draft.photos.length, changed);
  link.append(make("span", "row__title", draft.fields.title || text.untitled), make("span", "row__facts num", facts));
  const remove = Object.assign(make("button", "row__remove"), { type: "button" });
  remove.append(Object.assign(make("span", "", "✕"), { ariaHidden: "true" }), make("span", "visually-hidden", text.removeOf(draft.fields.title)));
  remove.addEventListener("click", async () => {
    if (!(await app.confirm(text.deleteTitle, text.deleteText(draft.photos.length)))) return;
    await app.remove(draft);
    await fillDesk(app);
    screenNamed("desk").querySelector(".screen__title").focus();
  });
  item.append(link, remove);
  return item;
};

/** @param {HTMLElement} part @param {HTMLElement[]} items */
const fillPart = (part, items) => {
  part.hidden = !items.length;
  part.querySelector(".rows").replaceChildren(...items);
};

/** @param {App} app */
export const fillDesk = async (app) => {
  const screen = screenNamed("desk");
  const { school } = app;
  const day = today();
  screen.querySelector("[data-owed]").replaceChildren(owedNotice(school, day));
  const drafts = (await app.storage.list()).filter((draft) => draft.school === school.id);
  const open = drafts.filter(({ sent }) => !sent);
  fillPart(screen.querySelector("[data-drafts]"), open.map((draft) => draftRow(app, draft)));
  fillPart(screen.querySelector("[data-sent]"), drafts.filter(({ sent }) => sent).map((draft) => draftRow(app, draft)));
  screen.querySelector("[data-kept]").textContent = (await isKept()) ? text.kept.persisted : forgetsInAWeek() ? text.kept.apple : text.kept.other;

  const begun = school.months.filter(({ month }) => month <= day.slice(0, 7));
  const due = dueMonth(school, day);
  const current = begun.includes(due) ? due : begun.at(-1);
  const rowsOf = ({ month }) => school.plan.filter((row) => row.month === month).sort((one, other) => Number(one.done) - Number(other.done));
  const part = screen.querySelector("[data-rows]");
  if (current) {
    const rows = rowsOf(current);
    fillPart(part, rows.map((row) => rowButton(app, row, drafts)));
    part.hidden = false;
    part.querySelector("h3").textContent = rows.length ? text.rowsOf(current.name) : text.noRows(current.name);
  } else part.hidden = true;
  fillMonths(app, screen, begun.filter((month) => month !== current).reverse(), rowsOf, drafts);
  const key = screen.querySelector("[data-key-link]");
  key.hidden = !app.canRequest();
  key.querySelector("a").href = `#screen=key&school=${school.id}`;
};

const fillMonths = (app, screen, months, rowsOf, drafts) => {
  const details = screen.querySelector("[data-months]");
  const shown = months.filter((month) => rowsOf(month).length);
  details.hidden = !shown.length;
  details.querySelector("div").replaceChildren(
    ...shown.flatMap((month) => {
      const list = make("ul", "rows");
      list.append(...rowsOf(month).map((row) => rowButton(app, row, drafts)));
      return [make("h3", "", month.name), list];
    }),
  );
};

/** @param {App} app */
export const bindDesk = (app) => {
  const screen = screenNamed("desk");
  screen.querySelector("[data-other]").addEventListener("click", () => begin(app));
  const said = screen.querySelector("[data-opened]");
  screen.querySelector("[data-open]").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    target.value = "";
    if (!file) return;
    try {
      const [{ readDraftFile }, { addPhotos }] = await Promise.all([import("./draft-file.js"), import("./photos.js")]);
      const { draft, pictures } = await readDraftFile(file, app.parts, app.index);
      await app.open(draft);
      await addPhotos(app, pictures.map(({ blob, facts }) => ({ blob, facts, name: file.name })));
      said.textContent = "";
      go(draftHash(draft.id, draft.step));
    } catch (error) {
      said.textContent = error.cause === "school" ? text.otherSchool : text.notADraft;
    }
  });
};
