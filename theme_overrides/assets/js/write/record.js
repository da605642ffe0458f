/**
 * A draft as the files of a record: activity.md and its photos.
 *
 * @typedef {import("./storage.js").Draft} Draft
 */
import { sendable, staffOf, standing } from "./drafts.js";

/** What YAML reads as text without quotes; in an entry of one line, only what has no sign at all. `null` and `~` have no Han. */
const PLAIN = /^(?=.*\p{Script=Han})[\p{Script=Han}A-Za-z0-9《]([\p{Script=Han}A-Za-z0-9“”‘’《》（）、，。；：！？·… -]*[\p{Script=Han}A-Za-z0-9”’》）。！？…])?$/u;
const PLAIN_IN_ENTRY = /^(?=.*\p{Script=Han})[\p{Script=Han}A-Za-z0-9]+$/u;
/** Line breaks of all kinds: Word's within a paragraph is U+000B, and texts of the web have U+2028. */
export const BREAKS = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g;
/**
 * What no line of a record may hold: controls, signs that are not seen or turn the direction, halves of characters. In
 * group 1 the joiner that makes one picture of two; it stays in a part's words, but a value of one line may not hold it.
 */
const UNSEEN =
  /(\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]*\u200d(?=\p{Extended_Pictographic}))|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/gu;

/** @param {string} words @returns {string} in one line, without what is not seen */
export const line = (words) => words.replace(/[\s\u0085]+/g, " ").replace(UNSEEN, "$1").replaceAll("\u200d", "").trim();

/** @param {string} words @param {RegExp} plain @returns {string} as a YAML value */
const scalar = (words, plain = PLAIN) => (plain.test(line(words)) ? line(words) : JSON.stringify(line(words)));

/** @param {string} words of a part @returns {string} as they are read: every line is kept */
export const plainText = (words) =>
  words
    .replace(BREAKS, "\n")
    .replace(/\t/g, "　")
    .replace(UNSEEN, "$1")
    .replace(/[^\S\n]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^\n+|\n+$/g, "");

/** A part's words as Markdown: what would begin another part, or hide the next one, stays a sign. @param {string} words @returns {string} */
export const partText = (words) => plainText(words).replace(/^( {0,3})(?=[#＃]{2}(?![#＃])|`{3})/gm, "$1\\");

/**
 * The folder of a draft's record: the one that it was handed in with, or the first free name of its day and measure.
 *
 * @param {Draft} draft
 * @param {any} school of its JSON
 * @param {string[]} [used] further names of that month
 * @returns {string} 14-area-observation
 */
export const folderOf = (draft, school, used = []) => {
  const date = /** @type {string} */ (draft.fields.date);
  const name = `${date.slice(8)}-${draft.fields.measure}`;
  const mine = standing(draft)?.folder;
  if (mine === name || (mine?.startsWith(`${name}-`) && /^\d+$/.test(mine.slice(name.length + 1)))) return mine;
  const taken = new Set([...(school.taken[date.slice(0, 7)] ?? []), ...used]);
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
  return free;
};

/** @param {Draft["photos"][number]} photo @param {number} at @returns {string} its entry in the front matter */
const photoEntry = (photo, at) => {
  const people = photo.people === "consented" ? "children, consent: true" : photo.people;
  const taken = photo.taken ? `, taken: ${photo.taken}` : "";
  return `  - {file: ${photoName(at)}, caption: ${scalar(photo.caption, PLAIN_IN_ENTRY)}, people: ${people}${taken}}`;
};

/** @param {number} at from 0 @returns {string} 01.jpg */
export const photoName = (at) => `${String(at + 1).padStart(2, "0")}.jpg`;

/**
 * @param {Draft} draft a complete one
 * @param {any} school
 * @param {string} reported the day on which it is handed in
 * @returns {{text: string, places: string[]}} activity.md, and of each of its lines the screen that mends it
 */
export const writeRecord = (draft, school, reported) => {
  const { fields } = draft;
  /** @type {[string, string][]} */
  const lines = [["---", "review"]];
  const put = (words, screen) => lines.push([words, screen]);
  put(`title: ${scalar(fields.title)}`, "what");
  put(`date: ${fields.date}`, "when");
  put(`measure: ${fields.measure}`, "what");
  put(`partners: [${fields.partners.join(", ")}]`, "way");
  put(`direction: ${fields.direction}`, "way");
  put(`staff: {sent: ${staffOf(draft, "sent") ?? 0}, received: ${staffOf(draft, "received") ?? 0}}`, "numbers");
  if (fields.grades.length) put(`grades: [${fields.grades.join(", ")}]`, "numbers");
  if (line(fields.place)) put(`place: ${scalar(fields.place)}`, "place");
  if (fields.attendance !== null) put(`attendance: ${fields.attendance}`, "numbers");
  put(`lead: ${scalar(fields.lead)}`, "place");
  put(`reported: ${reported}`, "review");
  if (fields.plan) put(`plan: ${fields.plan}`, "when");
  put("photos:", "photos");
  sendable(draft).forEach((photo, at) => put(photoEntry(photo, at), "photos"));
  if (school.sample) put("sample: true", "review");
  put("---", "review");
  Object.entries(draft.sections).forEach(([part, words], at) => {
    for (const each of ["", `## ${part}`, "", ...partText(words).split("\n")]) put(each, `part-${at + 1}`);
  });
  return { text: `${lines.map(([words]) => words).join("\n")}\n`, places: lines.map(([, screen]) => screen) };
};

/**
 * @param {Draft} draft
 * @param {any} school
 * @param {{reported: string, used?: string[]}} facts the day of handing in; names of that month that other drafts have
 * @returns {{folder: string, files: {path: string, bytes: Uint8Array}[], places: string[]}}
 */
export const recordFiles = (draft, school, { reported, used = [] }) => {
  const folder = folderOf(draft, school, used);
  const at = `records/${school.id}/${fieldsPath(draft)}/${folder}`;
  const { text, places } = writeRecord(draft, school, reported);
  const photos = sendable(draft).map((photo, index) => ({ path: `${at}/${photoName(index)}`, bytes: new Uint8Array(photo.bytes) }));
  return { folder, places, files: [{ path: `${at}/activity.md`, bytes: new TextEncoder().encode(text) }, ...photos] };
};

/** @param {Draft} draft @returns {string} 2020/05 */
const fieldsPath = (draft) => /** @type {string} */ (draft.fields.date).slice(0, 7).replace("-", "/");

/**
 * The screen on which a problem of the archive's check is mended.
 *
 * @param {{path: string, line: number}} problem
 * @param {string[]} places of the record, by line
 * @returns {string}
 */
export const screenOf = (problem, places) => (problem.path.endsWith("/activity.md") ? (places[problem.line - 1] ?? "review") : "photos");
