/**
 * 填报: opens the site's data and this browser's drafts, and shows the screen that the address asks for.
 *
 * What a draft's screens need, report.js and all that it imports, is fetched when the first screen is there.
 *
 * @typedef {import("./storage.js").Draft} Draft
 * @typedef {{base: string, index: any, parts: string[], storage: Storage, school: any, draft: Draft|null,
 *   today: () => string, canRequest: () => boolean, openSchool: (id: string) => Promise<void>,
 *   save: (photos?: any[], draft?: Draft) => Promise<void>, removePhoto: (id: string) => Promise<void>, open: (draft: Draft) => Promise<void>,
 *   remove: (draft: Draft) => Promise<void>,
 *   confirm: (title: string, words: string) => Promise<boolean>}} App
 */
import { stamp, today } from "./days.js";
import { bindDesk, fillDesk, fillSchools } from "./desk.js";
import { inApp } from "./environment.js";
import { keepGivenKey, takeKeyFromAddress } from "./key.js";
import { fetchJson, go, onRoute, readRoute, showScreen } from "./screens.js";
import { Storage } from "./storage.js";
import { text } from "./strings.js";

const root = document.getElementById("write");
const SCHOOL = "pairing-write-school";
const LETTERS = "pairing-write-letters";

const remember = (name, value) => {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Then it is asked again the next time.
  }
};

const remembered = (name) => {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
};

/** Schools' data, asked for once. @type {Map<string, Promise<any>>} */
const schools = new Map();

const askFor = (id) => {
  if (!schools.has(id)) {
    const asked = fetchJson(`${id}.json`);
    asked.catch(() => schools.delete(id));
    schools.set(id, asked);
  }
  return schools.get(id);
};

/** @type {App} */
const app = {
  base: root.dataset.base,
  index: null,
  parts: [...document.querySelectorAll("[data-part]")].map((screen) => screen.dataset.part),
  storage: new Storage(null),
  school: null,
  draft: null,
  today,
  canRequest: () => Boolean(app.index.forge) && app.index.modules.includes("forges"),
  async openSchool(id) {
    app.school = await askFor(id);
    document.getElementById("write-school").textContent = text.schoolOf(app.school.name);
    remember(SCHOOL, id);
  },
  save: (photos = [], draft = app.draft) => keep(draft, () => app.storage.save(draft, photos)),
  removePhoto: (id) => keep(app.draft, () => app.storage.removePhoto(app.draft, id)),
  async remove(draft) {
    await app.storage.remove(draft);
    await app.storage.retry(); // there is more room now
    tellUnsaved();
  },
  async open(draft) {
    app.draft = draft;
    await app.save();
  },
  confirm(title, words) {
    const dialog = document.getElementById("confirm");
    const [heading, line] = dialog.querySelectorAll("p");
    heading.textContent = title;
    line.textContent = words;
    return new Promise((resolve) => {
      dialog.querySelector("[data-yes]").onclick = () => dialog.close("yes");
      dialog.querySelector("[data-no]").onclick = () => dialog.close("");
      dialog.onclose = () => resolve(dialog.returnValue === "yes");
      dialog.returnValue = "";
      dialog.showModal();
    });
  },
};

const tellUnsaved = () => {
  document.getElementById("unsaved").hidden = app.storage.lasting && !app.storage.unsaved.size;
};

/** Writes a draft; says so as long as this browser does not keep all that it was given. */
const keep = async (draft, write) => {
  const { storage } = app;
  draft.changed = stamp(new Date());
  try {
    await write();
    await storage.retry();
  } catch (error) {
    if (storage.stale.has(draft)) showElsewhere(draft);
    else console.warn(error);
  }
  tellUnsaved();
};

/** Asks what is to become of a draft that another tab has changed or deleted. */
const showElsewhere = async (draft) => {
  if (draft === app.draft) (await import("./elsewhere.js")).showElsewhere(app, draft, show);
};

let report;

/** @returns {Promise<{showDraft: Function, showKey: Function}>} the screens of a draft */
const openReport = () => {
  report ??= Promise.all([import("./report.js"), fetchJson(`${app.base}data/schema/activity.schema.json`)]).then(([{ bindReport }, schema]) =>
    bindReport(app, schema, back),
  );
  report.catch(() => {
    report = undefined;
  });
  return report;
};

let latest = 0;

const show = async () => {
  latest += 1;
  const turn = latest;
  const isCurrent = () => turn === latest;
  takeKeyFromAddress(); // also of a link that was opened in this tab
  keepGivenKey(app.index.forge);
  const { screen, school, draft } = readRoute();
  try {
    if (draft) await (await openReport()).showDraft(draft, screen, isCurrent);
    else if (screen === "key" && app.canRequest()) (await openReport()).showKey();
    else if (app.index.schools.some(({ id }) => id === school)) {
      await app.openSchool(school);
      app.draft = null;
      await fillDesk(app);
      if (isCurrent()) showScreen("desk", null);
    } else {
      app.school = app.draft = null;
      document.getElementById("write-school").textContent = "";
      fillSchools(app);
      showScreen("school", null);
    }
    document.getElementById("broken").hidden = true;
    document.getElementById("elsewhere").hidden = true;
    if (app.storage.stale.has(app.draft)) await showElsewhere(app.draft);
  } catch (error) {
    broken(error);
  }
};

const broken = (error) => {
  console.warn(error);
  document.getElementById("wait").hidden = true;
  document.getElementById("broken").hidden = false;
};

const back = () => go(`#school=${readRoute().school ?? app.school?.id ?? remembered(SCHOOL) ?? ""}`);

const bindLetters = () => {
  const button = document.getElementById("letters");
  const put = (large) => {
    document.documentElement.toggleAttribute("data-large-letters", large);
    button.setAttribute("aria-pressed", String(large));
  };
  put(remembered(LETTERS) === "large");
  button.hidden = false;
  button.addEventListener("click", () => {
    put(button.getAttribute("aria-pressed") !== "true");
    remember(LETTERS, button.getAttribute("aria-pressed") === "true" ? "large" : "plain");
  });
};

const bindInApp = () => {
  const name = inApp();
  const notice = document.getElementById("in-app");
  notice.hidden = !name;
  if (!name) return;
  notice.querySelector("[data-app]").textContent = text.apps[name];
  notice.querySelector("[data-copy-address]").addEventListener("click", async () => {
    const said = notice.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(location.href);
      said.textContent = text.copied;
    } catch {
      said.textContent = text.notCopied;
    }
  });
};

/** Without a network, from the second visit; a newer version takes over before anything has been typed. */
const workOffline = async () => {
  if (!navigator.serviceWorker) return;
  const registration = await navigator.serviceWorker.register("sw.js");
  if (!registration?.waiting || readRoute().draft) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  registration.waiting.postMessage("take over");
};

const start = async () => {
  takeKeyFromAddress();
  if (!location.hash && remembered(SCHOOL)) history.replaceState(null, "", `#school=${remembered(SCHOOL)}`);
  const { school } = readRoute();
  // Beside the index, to save a slow network a round; whether there is such a school is seen when both are there.
  if (/^[a-z0-9-]+$/.test(school ?? "")) askFor(school);
  document.getElementById("again").addEventListener("click", () => location.reload());
  document.getElementById("wait").hidden = false;
  bindLetters();
  bindInApp();
  try {
    [app.index, app.storage] = await Promise.all([fetchJson("index.json"), Storage.open()]);
  } catch (error) {
    return broken(error);
  }
  app.storage.onChange((id) => {
    if (app.draft?.id !== id) return;
    app.storage.stale.add(app.draft);
    showElsewhere(app.draft);
  });
  bindDesk(app);
  onRoute(show);
  await show();
  document.getElementById("wait").hidden = true;
  openReport().catch((error) => console.warn(error));
  workOffline().catch((error) => console.warn(error));
};

start();
