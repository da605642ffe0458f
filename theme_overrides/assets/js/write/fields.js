/**
 * The screens of single fields: what they show of a draft, and what a tap changes in it.
 *
 * @typedef {import("./report.js").Report} App
 */
import { showCalendar } from "./calendar.js";
import { dayName, monthName } from "./days.js";
import { mainStaff, setDay, staffOf } from "./drafts.js";
import { divide, pastedText } from "./paste.js";
import { screenNamed } from "./screens.js";
import { text } from "./strings.js";

const PLATFORMS = ["钉钉", "微信群"];
const ONLINE = [...PLATFORMS, "腾讯会议"];
const PLATFORM = /钉钉|微信|腾讯|会议|直播|群/;
const LEADS = ["业务园长", "保教主任", "教研组长", "大班组长"];

/** A chip that is on or off: a radio button or a check box with its words. */
const pick = (type, name, value, words, checked) => {
  const label = document.createElement("label");
  label.className = "pick";
  const input = Object.assign(document.createElement("input"), { type, name, value, checked });
  label.append(input, Object.assign(document.createElement("span"), { textContent: words }));
  return label;
};

const unique = (words) => [...new Set(words.filter(Boolean))];

/** @param {App} app */
const fillWhat = (app) => {
  const screen = screenNamed("what");
  const { fields } = app.draft;
  const list = screen.querySelector("[data-measures]");
  list.replaceChildren(...app.index.measures.map(({ id, name }) => pick("radio", "measure", id, name, id === fields.measure)));
  const row = app.school.plan.find(({ id }) => id === fields.plan);
  const note = screen.querySelector("[data-what-note]");
  note.textContent = "";
  list.onchange = ({ target }) => {
    fields.measure = target.value;
    // Back to the row's own measure, and it is that row's activity again.
    if (row) fields.plan = [null, fields.measure].includes(row.measure) ? row.id : null;
    note.textContent = row && !fields.plan ? text.notPlanMeasure(app.index.measures.find(({ id }) => id === row.measure)?.name) : "";
    app.save();
  };
  screen.querySelector("[data-field=title]").value = fields.title;
};

/** @param {App} app */
const fillWhen = (app) => {
  const screen = screenNamed("when");
  const { fields } = app.draft;
  const row = app.school.plan.find(({ id }) => id === fields.plan);
  screen.querySelector("[data-for]").textContent = fields.title;
  const today = app.today();
  const starts = app.index.terms.map((term) => term.starts).sort();
  const ends = app.index.terms.map((term) => term.ends).sort();
  const last = today < ends.at(-1) ? today : ends.at(-1);
  const within = (day) => day && day >= starts[0] && day <= last;
  const shot = unique(app.draft.photos.map(({ taken }) => taken)).filter(within);
  const note = screen.querySelector("[data-when-note]");
  note.textContent = [row?.date && text.planned(dayName(row.date)), shot.length && text.shot(shot.map(dayName))].filter(Boolean).join("");
  const wanted = fields.date ?? (row ? `${row.month}-01` : last);
  showCalendar(screen.querySelector("[data-calendar]"), {
    month: wanted.slice(0, 7) > last.slice(0, 7) ? last.slice(0, 7) : wanted.slice(0, 7),
    least: starts[0],
    most: last,
    chosen: fields.date,
    planned: row?.date ?? null,
    shot,
    choose: (day) => {
      const left = setDay(app.draft, day, app.school);
      app.save();
      if (!left) return app.next();
      fillWhen(app);
      note.textContent = text.notInPlanMonth(monthName(left.month));
    },
  });
};

/** @param {App} app */
const fillWay = (app) => {
  const screen = screenNamed("way");
  const { fields } = app.draft;
  screen
    .querySelector("[data-partners]")
    .replaceChildren(...app.school.partners.map(({ id, name }) => pick("checkbox", "partners", id, name, fields.partners.includes(id))));
  screen.querySelectorAll("[data-direction]").forEach((button) => {
    const { direction, platform } = button.dataset;
    const onPlatform = direction !== "online" || platform === (PLATFORMS.includes(fields.place) ? fields.place : "");
    button.setAttribute("aria-pressed", String(direction === fields.direction && onPlatform));
  });
};

/** @param {App} app */
const fillNumbers = (app) => {
  const screen = screenNamed("numbers");
  const { fields } = app.draft;
  const main = mainStaff(app.draft);
  const staff = screen.querySelector("[data-staff]");
  staff.prepend(staff.querySelector(`[data-ask=${main}]`));
  for (const side of ["sent", "received"]) {
    const number = staffOf(app.draft, side);
    const radios = [...screen.querySelectorAll(`input[name=${side}]`)];
    radios.forEach((radio) => {
      radio.checked = Number(radio.value) === number;
    });
    screen.querySelector(`[data-more=${side}]`).value = number !== null && number >= radios.length ? number : "";
  }
  screen.querySelectorAll("input[name=grades]").forEach((box) => {
    box.checked = fields.grades.includes(box.value);
  });
  screen.querySelector("[data-number]").value = fields.attendance ?? "";
};

/** @param {App} app @returns {string[]} places that are likely, the likeliest first */
const likelyPlaces = ({ draft, school }) => {
  const usual = school.places;
  if (draft.fields.direction === "online") return unique([...usual.filter((place) => PLATFORM.test(place)), ...ONLINE]).slice(0, 5);
  const partners = school.partners.filter(({ id }) => draft.fields.partners.includes(id)).map(({ name }) => name);
  const own = draft.fields.direction === "host" ? [school.name] : partners;
  return unique([...own, ...usual.filter((place) => !PLATFORM.test(place))]).slice(0, 5);
};

/** @param {App} app */
const fillPlace = (app) => {
  const screen = screenNamed("place");
  const { fields } = app.draft;
  const places = likelyPlaces(app);
  const certain = fields.direction === "host" || (fields.direction === "visit" && fields.partners.length === 1);
  if (!fields.place && certain) fields.place = places[0];
  suggest(app, screen, "place", places);
  suggest(app, screen, "lead", unique([fields.lead, ...app.school.leads, ...LEADS]).slice(0, 6));
};

/** Shows words as chips above a field: a tap writes them into it. */
const suggest = (app, screen, name, words) => {
  const field = screen.querySelector(`[data-field=${name}]`);
  field.value = app.draft.fields[name];
  const chips = words.map((each) => {
    const chip = Object.assign(document.createElement("button"), { type: "button", className: "pick pick--button", textContent: each });
    chip.addEventListener("click", () => {
      field.value = app.draft.fields[name] = each;
      app.save();
      press();
    });
    return chip;
  });
  const press = () => chips.forEach((chip) => chip.setAttribute("aria-pressed", String(chip.textContent === field.value)));
  field.oninput = () => {
    app.draft.fields[name] = field.value;
    app.save();
    press();
  };
  screen.querySelector(`[data-suggest=${name}]`).replaceChildren(...chips);
  press();
};

/** @param {App} app @param {string} name */
const fillPart = (app, name) => {
  const screen = screenNamed(name);
  const { part } = screen.dataset;
  const area = screen.querySelector("textarea");
  area.value = app.draft.sections[part];
  count(screen, area.value);
  screen.querySelector("[data-split]").hidden = true;
  const measure = app.index.measures.find(({ id }) => id === app.draft.fields.measure);
  const expects = measure?.expects[app.school.helper ? "helper" : "helped"] ?? [];
  screen.querySelector("[data-expects]").replaceChildren(...expects.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  const clause = screen.querySelector("[data-clause]");
  clause.hidden = !measure?.quote;
  if (!measure?.quote) return;
  clause.querySelector("summary").textContent = text.clause(measure.clause);
  clause.querySelector("blockquote").textContent = measure.quote;
};

const count = (screen, words) => {
  screen.querySelector("[data-count]").textContent = text.written([...words.replace(/\s/g, "")].length);
};

/** Puts pasted words into a part; a whole report into all the parts that it has, if they are still empty. */
const paste = (app, screen, words) => {
  const area = screen.querySelector("textarea");
  const { sections } = app.draft;
  const divided = divide(words, app.parts);
  const notice = screen.querySelector("[data-split]");
  notice.hidden = true;
  if (divided && Object.keys(divided).every((part) => !sections[part].trim())) {
    Object.assign(sections, divided);
    notice.querySelector("p").textContent = text.split(Object.keys(divided));
    notice.querySelector("[data-unsplit]").onclick = () => {
      for (const part of Object.keys(divided)) sections[part] = "";
      sections[screen.dataset.part] = area.value = words;
      notice.hidden = true;
      changed(app, screen, area);
    };
    notice.hidden = false;
    area.value = sections[screen.dataset.part];
  } else {
    area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
    sections[screen.dataset.part] = area.value;
  }
  changed(app, screen, area);
};

const changed = (app, screen, area) => {
  app.draft.sections[screen.dataset.part] = area.value;
  count(screen, area.value);
  app.save();
};

/** @param {DataTransfer} data */
const wordsOf = (data) => pastedText(data.getData("text/plain"), data.getData("text/html"));

/** @returns {Promise<string>} what the clipboard holds */
const readClipboard = async () => {
  if (!navigator.clipboard.read) return pastedText(await navigator.clipboard.readText(), "");
  const found = { "text/plain": "", "text/html": "" };
  for (const item of await navigator.clipboard.read()) {
    for (const type of Object.keys(found)) if (item.types.includes(type)) found[type] ||= await (await item.getType(type)).text();
  }
  return pastedText(found["text/plain"], found["text/html"]);
};

/** @param {App} app */
const bindParts = (app) => {
  document.querySelectorAll("[data-part]").forEach((screen) => {
    const area = screen.querySelector("textarea");
    area.addEventListener("input", () => changed(app, screen, area));
    area.addEventListener("paste", (event) => {
      if (!event.clipboardData) return;
      event.preventDefault();
      paste(app, screen, wordsOf(event.clipboardData));
    });
    const button = screen.querySelector("[data-paste]");
    button.hidden = !(navigator.clipboard?.read || navigator.clipboard?.readText);
    button.addEventListener("click", async () => {
      area.focus({ preventScroll: true });
      try {
        paste(app, screen, await readClipboard());
      } catch {
        button.hidden = true; // the browser keeps its clipboard to itself: a long tap still pastes
      }
    });
  });
};

/** @param {App} app */
const bindNumbers = (app) => {
  const screen = screenNamed("numbers");
  for (const side of ["sent", "received"]) {
    const more = screen.querySelector(`[data-more=${side}]`);
    const put = (value) => {
      app.draft.fields.staff[side] = value;
      app.save();
    };
    screen.querySelectorAll(`input[name=${side}]`).forEach((radio) => {
      radio.addEventListener("change", () => {
        more.value = "";
        put(Number(radio.value));
      });
    });
    more.addEventListener("input", () => {
      const number = numberIn(more);
      screen.querySelectorAll(`input[name=${side}]`).forEach((radio) => {
        radio.checked = Number(radio.value) === number;
      });
      put(number);
    });
  }
  const field = screen.querySelector("[data-number]");
  const put = () => {
    app.draft.fields.attendance = numberIn(field);
    app.save();
  };
  field.addEventListener("input", put);
  screen.querySelectorAll("[data-step]").forEach((button) => {
    button.addEventListener("click", () => {
      field.value = String(Math.max(0, (app.draft.fields.attendance ?? 0) + Number(button.dataset.step)));
      put();
    });
  });
  screen.querySelectorAll("input[name=grades]").forEach((box) => {
    box.addEventListener("change", () => {
      app.draft.fields.grades = [...screen.querySelectorAll("input[name=grades]:checked")].map(({ value }) => value);
      app.save();
    });
  });
};

/** @param {HTMLInputElement} field @returns {number|null} what it holds, wide figures too; all else is taken out of it */
const numberIn = (field) => {
  const figures = field.value.normalize("NFKC").replace(/\D/g, "");
  if (field.value !== figures) field.value = figures;
  return figures ? Number(figures) : null;
};

/** @param {App} app */
export const bindFields = (app) => {
  const what = screenNamed("what");
  what.querySelector("[data-field=title]").addEventListener("input", (event) => {
    app.draft.fields.title = event.target.value;
    app.save();
  });
  const way = screenNamed("way");
  way.querySelector("[data-partners]").addEventListener("change", () => {
    app.draft.fields.partners = [...way.querySelectorAll("[data-partners] input:checked")].map(({ value }) => value);
    app.save();
  });
  way.querySelectorAll("[data-direction]").forEach((button) => {
    button.addEventListener("click", () => {
      const { fields } = app.draft;
      const { direction, platform } = button.dataset;
      // What was filled in for another way is no place of this one.
      if (direction !== fields.direction || platform) fields.place = platform ?? "";
      fields.direction = direction;
      app.save();
      fillWay(app);
      app.next();
    });
  });
  bindNumbers(app);
  bindParts(app);
};

/** Shows a draft's values on a screen. @param {App} app @param {string} name @returns {HTMLElement|null} what is to have the focus */
export const fillFields = (app, name) => {
  const fill = { what: fillWhat, when: fillWhen, way: fillWay, numbers: fillNumbers, place: fillPlace }[name];
  if (fill) fill(app);
  if (!name.startsWith("part-")) return null;
  fillPart(app, name);
  const area = screenNamed(name).querySelector("textarea");
  return area.value ? null : area;
};
