/**
 * A draft as a file: what may leave this device and nothing else; and read again, whatever the file holds.
 *
 * @typedef {import("./storage.js").Draft} Draft
 */
import { stamp } from "./days.js";
import { MOST_PHOTOS, newId, sendable } from "./drafts.js";

const FORMAT = "pairing-draft/1";
const MOST_BYTES = 60_000_000;
const MOST_TEXT = 40_000;

const encode = (bytes) => {
  const view = new Uint8Array(bytes);
  let binary = "";
  for (let at = 0; at < view.length; at += 0x8000) binary += String.fromCharCode(...view.subarray(at, at + 0x8000));
  return btoa(binary);
};

const decode = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer;

/** @param {Draft} draft @returns {string} the draft's file: what may leave this device, and nothing else */
export const writeDraftFile = (draft) => {
  const photos = sendable(draft).filter(({ bytes }) => bytes).map(({ bytes, id, ...facts }) => ({ ...facts, jpeg: encode(bytes) }));
  return JSON.stringify({ format: FORMAT, draft: { ...draft, photos, sent: null } });
};

const words = (value, most = MOST_TEXT) => (typeof value === "string" ? value.slice(0, most) : "");
const choice = (value, among) => (among.includes(value) ? value : null);
const day = (value) => (/^\d{4}-\d\d-\d\d$/.test(value) ? value : null);
const number = (value) => (Number.isInteger(value) && value >= 0 && value <= 100_000 ? value : null);
const listed = (value, among) => (Array.isArray(value) ? among.filter((each) => value.includes(each)) : []);

/**
 * Reads a draft's file, which may hold anything: nothing is taken over that a form could not have made.
 *
 * @param {File} file
 * @param {string[]} parts
 * @param {any} index
 * @returns {Promise<{draft: Draft, pictures: {blob: Blob, facts: object}[]}>} photos are yet to be made anew
 * @throws {Error} with `cause` "school" where it is another school's, else "form"
 */
export const readDraftFile = async (file, parts, index) => {
  const wrong = (cause) => Object.assign(new Error("not a draft"), { cause });
  if (file.size > MOST_BYTES) throw wrong("form");
  let read;
  try {
    read = JSON.parse(await file.text());
  } catch {
    throw wrong("form");
  }
  const given = read?.draft;
  if (read?.format !== FORMAT || typeof given?.fields !== "object" || given.fields === null) throw wrong("form");
  const known = index.schools.find(({ id }) => id === given.school);
  if (!known) throw wrong("school");
  const { fields } = given;
  const now = stamp(new Date());
  const pictures = (Array.isArray(given.photos) ? given.photos : []).slice(0, MOST_PHOTOS).flatMap((photo) => {
    try {
      const facts = { caption: words(photo.caption, 200), people: choice(photo.people, ["none", "adults", "consented"]), taken: day(photo.taken) };
      return [{ blob: new Blob([decode(photo.jpeg)], { type: "image/jpeg" }), facts }];
    } catch {
      return [];
    }
  });
  const draft = {
    id: newId(),
    school: known.id,
    year: index.year,
    month: day(fields.date)?.slice(0, 7) ?? null,
    created: now,
    changed: now,
    step: "review",
    fields: {
      title: words(fields.title, 200),
      date: day(fields.date),
      measure: choice(fields.measure, index.measures.map(({ id }) => id)),
      partners: listed(fields.partners, index.schools.map(({ id }) => id)),
      direction: choice(fields.direction, ["host", "visit", "online"]),
      staff: { sent: number(fields.staff?.sent), received: number(fields.staff?.received) },
      grades: listed(fields.grades, ["大班", "中班", "小班"]),
      place: words(fields.place, 200),
      attendance: number(fields.attendance),
      lead: words(fields.lead, 200),
      plan: /^[a-z0-9-]{1,60}$/.test(fields.plan) ? fields.plan : null,
    },
    sections: Object.fromEntries(parts.map((part) => [part, words(given.sections?.[part])])),
    photos: [],
    sent: null,
  };
  return { draft, pictures };
};
