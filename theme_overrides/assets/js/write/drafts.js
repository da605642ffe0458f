/**
 * Drafts as values: a new one, and what of it may leave this device.
 *
 * @typedef {import("./storage.js").Draft} Draft
 * @typedef {import("./storage.js").Earlier} Earlier
 */
import { stamp } from "./days.js";

export const MOST_PHOTOS = 60;

/** @returns {string} a name that no other draft or photo has */
export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * @param {any} school of its JSON
 * @param {string[]} parts names of the written parts
 * @param {any} [row] of its plan
 * @returns {Draft} a draft with what a row of the plan tells
 */
export const newDraft = (school, parts, row) => {
  const now = stamp(new Date());
  return {
    id: newId(),
    school: school.id,
    year: school.year,
    month: row?.month ?? null,
    created: now,
    changed: now,
    step: row?.measure ? "when" : "what",
    fields: {
      title: row?.task ?? "",
      date: null,
      measure: row?.measure ?? null,
      partners: school.partners.length === 1 || (row && school.helper) ? school.partners.map(({ id }) => id) : [],
      direction: null,
      staff: { sent: null, received: null },
      grades: [],
      place: "",
      attendance: null,
      lead: row?.lead ?? "",
      plan: row?.id ?? null,
    },
    sections: Object.fromEntries(parts.map((part) => [part, ""])),
    photos: [],
    sent: null,
  };
};

/** @param {Draft} draft @returns {Draft["photos"]} the photos that may be handed in */
export const sendable = (draft) => draft.photos.filter(({ people }) => people !== "refused");

/** @param {Draft} draft @returns {number} how many photos stay on this device */
export const countRefused = (draft) => draft.photos.length - sendable(draft).length;

/** What was handed in and still stands; a request that was closed does not. @param {Draft} draft @returns {Draft["sent"]} */
export const standing = ({ sent }) => (sent?.state === "closed" ? null : sent);

/** Ids of all photos that have left this device, or may have in a try that failed. @param {Draft} draft */
export const idsSent = ({ sent, tried = [] }) => new Set([...(sent?.photos ?? []), ...tried]);

/** @param {Draft} draft @param {{id: string}} photo @returns {boolean} whether it has left this device */
export const wasSent = (draft, { id }) => idsSent(draft).has(id);

/** @param {Draft} draft @returns {number} how many photos have left this device that are not to be handed in any more */
export const countTakenBack = (draft) => [...idsSent(draft)].filter((id) => !sendable(draft).some((photo) => photo.id === id)).length;

/** All requests that were made of a draft. @param {Draft} draft @returns {Earlier[]} */
export const requestsOf = ({ sent, before = [] }) =>
  !sent?.number || before.some(({ number }) => number === sent.number) ? before : [...before, { number: sent.number, branch: sent.branch }];

/**
 * Sets the day of an activity; a row of the plan that is of another month is let go.
 *
 * @param {Draft} draft @param {string} day @param {any} school @returns {any} that row, or undefined
 */
export const setDay = (draft, day, school) => {
  const row = rowOfOtherMonth(draft, day, school);
  draft.fields.date = day;
  draft.month = day.slice(0, 7);
  if (row) draft.fields.plan = null;
  return row;
};

/** @param {Draft} draft @param {string} day @param {any} school @returns {any} the draft's row of the plan, if that is another month's */
export const rowOfOtherMonth = ({ fields }, day, { plan }) => plan.find(({ id, month }) => id === fields.plan && month !== day.slice(0, 7));

/** The side of the staff that a way of holding the activity asks for. @param {Draft} draft @returns {"sent"|"received"} */
export const mainStaff = (draft) => (draft.fields.direction === "host" ? "received" : "sent");

/** @param {Draft} draft @param {"sent"|"received"} side @returns {number|null} its number; nobody, where it was not asked for */
export const staffOf = (draft, side) => draft.fields.staff[side] ?? (draft.fields.direction && side !== mainStaff(draft) ? 0 : null);
