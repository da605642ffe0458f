/**
 * The screen of photos: chosen or taken, made small, asked who is in them; the refused ones stay on the device.
 *
 * @typedef {import("./report.js").Report} App
 */
import { develop } from "./darkroom.js";
import { dayName, monthName } from "./days.js";
import { MOST_PHOTOS, countRefused, newId, rowOfOtherMonth, sendable, setDay, wasSent } from "./drafts.js";
import { askToKeep } from "./environment.js";
import { screenNamed } from "./screens.js";
import { text } from "./strings.js";

/** Addresses of the pictures in memory, by the photo's id. */
const addresses = new Map();

const addressOf = (photo) => {
  if (!addresses.has(photo.id)) addresses.set(photo.id, URL.createObjectURL(new Blob([photo.bytes], { type: "image/jpeg" })));
  return addresses.get(photo.id);
};

/** @param {Iterable<string>} [kept] ids of photos that are still shown */
export const forgetPictures = (kept = []) => {
  const keep = new Set(kept);
  for (const [id, address] of addresses) {
    if (keep.has(id)) continue;
    URL.revokeObjectURL(address);
    addresses.delete(id);
  }
};

/** @param {App} app @param {any} photo @param {number} at */
const card = (app, photo, at) => {
  const made = document.getElementById("photo-card").content.firstElementChild.cloneNode(true);
  made.dataset.photo = photo.id;
  const picture = { className: "photo-card__picture", src: photo.bytes && addressOf(photo), alt: text.photoAlt(at + 1), width: photo.width, height: photo.height };
  const lost = { className: "notice notice--bad", textContent: text.photoLost };
  made.prepend(photo.bytes ? Object.assign(document.createElement("img"), picture) : Object.assign(document.createElement("p"), lost));
  made.querySelector("legend").textContent = text.photoWho(at + 1);
  const refused = made.querySelector("[data-refused]");
  const caption = made.querySelector("[data-ask=caption]");
  const showPeople = () => {
    refused.hidden = photo.people !== "refused";
    refused.textContent = wasSent(app.draft, photo) ? text.sentAlready(app.draft.sent) : app.draft.gone?.includes(photo.id) ? text.sentBefore : text.staysHere;
    caption.hidden = photo.people === "refused";
    made.classList.toggle("photo-card--kept", photo.people === "refused");
  };
  made.querySelectorAll("input[type=radio]").forEach((radio) => {
    radio.name = `people-${photo.id}`;
    radio.checked = radio.value === photo.people;
    radio.addEventListener("change", () => {
      photo.people = radio.value;
      app.save();
      showPeople();
      showCount(app);
    });
  });
  const words = caption.querySelector("input");
  words.value = photo.caption;
  words.addEventListener("input", () => {
    photo.caption = words.value;
    app.save();
  });
  made.querySelector("[data-taken]").textContent = photo.taken ? text.takenOn(dayName(photo.taken)) : "";
  const earlier = made.querySelector("[data-earlier]");
  earlier.disabled = at === 0;
  earlier.addEventListener("click", () => {
    app.draft.photos.splice(at, 1);
    app.draft.photos.splice(at - 1, 0, photo);
    app.save();
    fillPhotos(app);
    screenNamed("photos").querySelector(`[data-photo="${photo.id}"] [data-earlier]`).focus();
  });
  made.querySelector("[data-remove]").addEventListener("click", async () => {
    if (!(await app.confirm(text.deletePhotoTitle, text.deletePhotoText + (wasSent(app.draft, photo) ? text.sentAlready(app.draft.sent) : "")))) return;
    app.draft.photos.splice(app.draft.photos.indexOf(photo), 1);
    await app.removePhoto(photo.id);
    fillPhotos(app);
    screenNamed("photos").querySelector(".screen__title").focus();
  });
  showPeople();
  return made;
};

const showCount = ({ draft }) => {
  screenNamed("photos").querySelector("[data-photo-state]").textContent = draft.photos.length ? text.added(draft.photos.length, countRefused(draft)) : "";
};

/** Offers the day of the photos as the activity's, where they all agree on another one. */
const offerDay = (app) => {
  const notice = screenNamed("photos").querySelector("[data-photo-day]");
  const days = new Set(sendable(app.draft).map(({ taken }) => taken).filter(Boolean));
  const [day] = days;
  const { fields } = app.draft;
  const isOfTerm = app.index.terms.some(({ starts, ends }) => starts <= day && day <= ends);
  const wrong = days.size === 1 && fields.date && day !== fields.date && day <= app.today() && isOfTerm;
  notice.hidden = !wrong;
  if (!wrong) return;
  const row = rowOfOtherMonth(app.draft, day, app.school);
  notice.querySelector("p").textContent = text.otherDay(dayName(day), dayName(fields.date)) + (row ? text.notInPlanMonth(monthName(row.month)) : "");
  const take = notice.querySelector("[data-take-day]");
  take.textContent = text.takeDay(dayName(day));
  take.onclick = () => {
    setDay(app.draft, day, app.school);
    app.save();
    offerDay(app);
    screenNamed("photos").querySelector(".screen__title").focus();
  };
};

/** @param {App} app */
export const fillPhotos = (app) => {
  const screen = screenNamed("photos");
  screen.querySelector(".photo-list").replaceChildren(...app.draft.photos.map((photo, at) => card(app, photo, at)));
  showFileFaults(app);
  showCount(app);
  offerDay(app);
  forgetPictures(app.draft.photos.map(({ id }) => id));
};

/**
 * Makes pictures of files and adds them to the draft, one after the other, so that a phone holds one at a time.
 *
 * @param {App} app
 * @param {{blob: Blob, name: string, facts?: object}[]} files
 */
export const addPhotos = async (app, files) => {
  const screen = screenNamed("photos");
  const { draft } = app; // another may be opened before all of them are made
  const faults = [];
  faultsOf.set(draft, faults);
  for (const [at, { blob, name, facts }] of files.entries()) {
    if (app.storage.dropped.has(draft)) return;
    if (draft.photos.length >= MOST_PHOTOS) {
      faults.push(text.tooMany(MOST_PHOTOS));
      break;
    }
    if (app.draft === draft) screen.querySelector("[data-photo-state]").textContent = text.working(at + 1, files.length);
    making.add(draft);
    try {
      const photo = { id: newId(), caption: "", people: null, ...(await develop(blob)) };
      Object.assign(photo, facts);
      draft.photos.push(photo);
      await app.save([photo], draft);
      if (app.draft === draft) screen.querySelector(".photo-list").append(card(app, photo, draft.photos.length - 1));
    } catch (error) {
      faults.push(`${name}：${error.name === "heic" ? text.heic : text.unreadable}`);
    }
  }
  making.delete(draft);
  if (app.draft !== draft) return;
  showCount(app);
  offerDay(app);
  showFileFaults(app);
};

/** Drafts whose photos are still being made. @type {WeakSet<object>} */
export const making = new WeakSet();

/** Files that could not be added, by draft: said when its photos are looked at again. @type {WeakMap<object, string[]>} */
const faultsOf = new WeakMap();

const showFileFaults = ({ draft }) => {
  const box = screenNamed("photos").querySelector("[data-photo-faults]");
  const faults = faultsOf.get(draft) ?? [];
  box.hidden = !faults.length;
  box.querySelector("ul").replaceChildren(...faults.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
};

/** @param {App} app */
export const bindPhotos = (app) => {
  const screen = screenNamed("photos");
  screen.querySelectorAll("[data-album], [data-camera]").forEach((input) => {
    input.addEventListener("change", async () => {
      const files = [...input.files].map((file) => ({ blob: file, name: file.name }));
      askToKeep();
      await addPhotos(app, files);
      input.value = "";
    });
  });
};
