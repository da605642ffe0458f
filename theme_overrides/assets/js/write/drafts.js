/**
 * Drafts as values: a new one, and what of it may leave this device.
 *
 * @typedef {import("./storage.js").Draft} Draft
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

/** The side of the staff that a way of holding the activity asks for. @param {Draft} draft @returns {"sent"|"received"} */
export const mainStaff = (draft) => (draft.fields.direction === "host" ? "received" : "sent");

/** @param {Draft} draft @param {"sent"|"received"} side @returns {number|null} its number; nobody, where it was not asked for */
export const staffOf = (draft, side) => draft.fields.staff[side] ?? (draft.fields.direction && side !== mainStaff(draft) ? 0 : null);
