/**
 * What must be filled in before the archive's own check is worth its time: the record's JSON Schema, and days.
 *
 * @typedef {import("./storage.js").Draft} Draft
 * @typedef {{screen: string, ask: string, message: string, photo?: string}} Fault  photo: the id of the one at fault
 */
import { dayName, monthName } from "./days.js";
import { mainStaff, sendable, staffOf } from "./drafts.js";
import { line, partText, photoName } from "./record.js";
import { text } from "./strings.js";

const SCREENS = {
  title: "what", measure: "what", date: "when", plan: "when", partners: "way", direction: "way", sent: "numbers", received: "numbers",
  grades: "numbers", attendance: "numbers", place: "place", lead: "place", reported: "review",
};
const CHOSEN = new Set(["date", "measure", "partners", "direction", "sent", "received", "people"]);
const NUMBER = /(^|\D)(1[3-9]\d{9}|\d{17}[\dXx])(?!\d)/;

/** The record as the schema describes it; what is not filled in is left out. @param {Draft} draft @param {string} today */
const recordOf = (draft, today) => {
  const { fields } = draft;
  const filled = (value) => (value === null || value === "" ? undefined : value);
  return {
    title: filled(line(fields.title)),
    date: filled(fields.date),
    measure: filled(fields.measure),
    partners: fields.partners,
    direction: filled(fields.direction),
    staff: { sent: staffOf(draft, "sent") ?? undefined, received: staffOf(draft, "received") ?? undefined },
    grades: fields.grades,
    place: filled(line(fields.place)),
    attendance: filled(fields.attendance),
    lead: filled(line(fields.lead)),
    reported: today,
    plan: filled(fields.plan),
    photos: sendable(draft).map((photo, at) => ({ file: photoName(at), caption: filled(line(photo.caption)), taken: filled(photo.taken) })),
  };
};

/** Yields [path, fault, details] of what breaks a schema, as far as these records' schemas go. */
function* broken(schema, value, root, path = []) {
  const rule = schema.$ref ? root.$defs[schema.$ref.split("/").pop()] : schema;
  if (rule.type === "object") {
    for (const name of rule.required ?? []) if (value[name] === undefined) yield [[...path, name], "required"];
    for (const [name, inner] of Object.entries(rule.properties)) {
      if (value[name] !== undefined) yield* broken(inner, value[name], root, [...path, name]);
    }
  } else if (rule.type === "array") {
    if (value.length < (rule.minItems ?? 0)) yield [path, "required"];
    if (value.length > (rule.maxItems ?? Infinity)) yield [path, "many", rule.maxItems];
    for (const [at, item] of value.entries()) yield* broken(rule.items, item, root, [...path, at]);
  } else if (rule.type === "integer") {
    if (!Number.isInteger(value) || value < (rule.minimum ?? -Infinity) || value > (rule.maximum ?? Infinity)) yield [path, "range", rule];
  } else if (rule.type === "string") {
    if (value.length > (rule.maxLength ?? Infinity)) yield [path, "long", rule.maxLength, value.length];
    else if ((rule.enum && !rule.enum.includes(value)) || (rule.pattern && !new RegExp(rule.pattern, "u").test(value))) yield [path, "form"];
  }
}

const say = (ask, fault, one, two) => {
  const name = text.fields[ask];
  if (fault === "required") return (CHOSEN.has(ask) ? text.faults.unchosen : text.faults.missing)(name);
  if (fault === "long") return text.faults.long(name, one, two);
  if (fault === "range") return text.faults.range(name, one.minimum, one.maximum);
  if (fault === "many") return text.tooMany(one);
  return text.faults.form(name);
};

/**
 * @param {Draft} draft
 * @param {any} index   @param {any} school   @param {any} schema of activities
 * @param {string} today
 * @returns {Fault[]} in the order of the screens
 */
export const findFaults = (draft, index, school, schema, today) => {
  /** @type {Fault[]} */
  const found = [];
  const add = (ask, message, more = {}) => found.push({ screen: SCREENS[ask] ?? "photos", ask, message, ...more });
  const { fields } = draft;
  const photos = sendable(draft);
  for (const [path, fault, ...details] of broken(schema, recordOf(draft, today), schema)) {
    if (path[0] === "photos" && path.length > 1) {
      const photo = photos[path[1]];
      add(path[2], text.faults.photo(draft.photos.indexOf(photo) + 1, say(path[2], fault, ...details)), { photo: photo.id });
    } else {
      const ask = path[0] === "staff" ? path[1] : path[0];
      add(ask, say(ask, fault, ...details));
    }
  }
  if (fields.direction && staffOf(draft, mainStaff(draft)) === null) add(mainStaff(draft), say(mainStaff(draft), "required"));
  if (fields.date) found.push(...faultsOfDay(draft, index, school, today));
  const measure = index.measures.find(({ id }) => id === fields.measure);
  if (measure?.by_grade.includes(school.helper ? "helper" : "helped") && !fields.grades.length) add("grades", text.faults.grades(measure.name));
  Object.entries(draft.sections).forEach(([part, words], at) => {
    if (!partText(words).trim()) found.push({ screen: `part-${at + 1}`, ask: part, message: text.faults.empty(part) });
    if (NUMBER.test(words)) found.push({ screen: `part-${at + 1}`, ask: part, message: text.faults.number(`“${part}”`) });
  });
  for (const ask of ["title", "place", "lead"]) if (NUMBER.test(fields[ask])) add(ask, text.faults.number(text.fields[ask]));
  if (!photos.length) add("photos", text.faults.noPhoto);
  draft.photos.forEach((photo, at) => {
    if (!photo.bytes && photo.people !== "refused") add("people", text.faults.photo(at + 1, text.faults.lost), { photo: photo.id });
    if (!photo.people) add("people", text.faults.photo(at + 1, say("people", "required")), { photo: photo.id });
    else if (photo.people !== "refused" && NUMBER.test(photo.caption)) add("caption", text.faults.photo(at + 1, text.faults.number(text.fields.caption)), { photo: photo.id });
  });
  const order = ["what", "when", "way", "numbers", "place", ...Object.keys(draft.sections).map((_, at) => `part-${at + 1}`), "photos", "review"];
  return found.sort((one, other) => order.indexOf(one.screen) - order.indexOf(other.screen));
};

function* faultsOfDay(draft, index, school, today) {
  const day = /** @type {string} */ (draft.fields.date);
  const fault = (message) => ({ screen: "when", ask: "date", message });
  if (day > today) yield fault(text.faults.future(dayName(day)));
  if (!index.terms.some(({ starts, ends }) => starts <= day && day <= ends)) {
    const terms = index.terms.map(({ name, starts, ends }) => `${name}${dayName(starts)}至${dayName(ends)}`).join("，");
    yield fault(text.faults.term(dayName(day), terms));
  }
  const row = school.plan.find(({ id }) => id === draft.fields.plan);
  if (row && row.month !== day.slice(0, 7)) yield fault(text.faults.planMonth(monthName(row.month)));
}
