/**
 * The screen of handing in: the best way that is open first, the others below it.
 *
 * @typedef {import("./report.js").Report} App
 * @typedef {{id: string, act: () => Promise<void>|void, words: {title: string, note: string, act: string}, href?: string}} Way
 */
import { monthName, stamp } from "./days.js";
import { countRefused, countTakenBack, idsSent, requestsOf, sendable, wasSent } from "./drafts.js";
import { inApp } from "./environment.js";
import { newFilePage } from "./forge-page.js";
import { readKey } from "./key.js";
import { canShare, canSharePackages, canShareParts, makePackage, partsToShare, saveFile, share } from "./package.js";
import { draftHash, go, screenNamed } from "./screens.js";
import { text } from "./strings.js";

/** @param {App} app @param {any} made a record, as of now @returns {Way[]} the best first */
const listWays = (app, made) => {
  /** @type {Way[]} */
  const ways = [];
  // Made anew once the day is another; else at hand, as browsers share and open only at once after a tap.
  const current = async () => (made.reported === app.reported() ? made : app.record());
  const add = (id, act, more = {}) => ways.push({ id, act: async () => act(app, await current(), id), words: text.ways[id], ...more });
  if (app.canRequest()) {
    const { sent } = app.draft;
    if (readKey(app.index.forge)) {
      const withdraws = countTakenBack(app.draft) && (app.draft.branch || (sent?.way === "request" && sent.state !== "merged"));
      if (withdraws) add("withdraw", request);
      if (canMend(sent)) add("mend", request);
      else if (!withdraws && sent?.state !== "merged") add("request", request);
    } else add("key", () => go(`#screen=key&school=${app.school.id}`));
  }
  if (!inApp()) {
    if (canSharePackages()) add("sharePackage", sharePackage);
    add("savePackage", savePackage);
  }
  if (canShareParts()) add("share", shareParts);
  const page = pageOf(app, made);
  if (page) add(page.whole ? "page" : "longPage", openPage);
  add("guide", () => {}, { href: `${app.base}guides/pull-request/` });
  // The key is asked for first only by who has none and nothing else: a school without one still hands in a package.
  return ways[0].id === "key" && ways.length > 2 ? [ways[1], ways[0], ...ways.slice(2)] : ways;
};

/** @param {any} sent @returns {boolean} whether there is a request that is still open */
export const canMend = (sent) => sent?.way === "request" && !["merged", "closed"].includes(sent.state);

const card = (app, way, isFirst) => {
  const box = document.createElement("section");
  box.className = `way${isFirst ? " way--first" : ""}`;
  const add = (tag, className, words) => box.appendChild(Object.assign(document.createElement(tag), { className, textContent: words }));
  add("h3", "way__title", way.words.title);
  add("p", "way__note", way.words.note);
  const className = `button${isFirst ? "" : " button--quiet"}`;
  if (way.href) {
    add("a", className, way.words.act).href = way.href;
    return box;
  }
  const button = add("button", className, way.words.act);
  button.type = "button";
  button.dataset.way = way.id;
  button.addEventListener("click", () => attempt(app, way, button));
  return box;
};

const SHOWN = 2;

/** @param {App} app */
export const fillHandin = async (app) => {
  const screen = screenNamed("handin");
  const record = await app.record();
  const kept = screen.querySelector("[data-kept-back]");
  const { draft } = app;
  const [stay, back] = [draft.photos.filter((photo) => photo.people === "refused" && !wasSent(draft, photo)).length, countTakenBack(draft)];
  kept.hidden = !(stay || back);
  kept.textContent = (stay ? text.keptBack(stay) : "") + (back ? text.takenBack(back, draft.sent) : "");
  screen.querySelector("[data-failed]").hidden = true;
  screen.querySelector("[data-handing]").textContent = "";
  const ways = listWays(app, record);
  screen.querySelector("[data-ways]").replaceChildren(...ways.slice(0, SHOWN).map((way, at) => card(app, way, at === 0)));
  const more = screen.querySelector("[data-more-ways]");
  more.hidden = ways.length <= SHOWN;
  more.querySelector(".ways").replaceChildren(...ways.slice(SHOWN).map((way) => card(app, way, false)));
};

/** Does what a way does, once at a time, and says why it failed. */
const attempt = async (app, way, button) => {
  const screen = screenNamed("handin");
  const [failed, state] = [screen.querySelector("[data-failed]"), screen.querySelector("[data-handing]")];
  failed.hidden = true;
  button.disabled = true;
  try {
    await app.save();
    if (app.storage.stale.has(app.draft)) return document.getElementById("elsewhere").scrollIntoView({ block: "center" });
    await way.act();
  } catch (error) {
    console.warn(error);
    failed.querySelector("p + p").textContent = said(error);
    failed.hidden = false;
    failed.scrollIntoView({ block: "center" });
    failed.focus({ preventScroll: true });
  } finally {
    button.disabled = false;
    state.textContent = "";
  }
};

/** @param {any} error @returns {string} the words of the forges' module, or ours */
const said = (error) => {
  if (error.name === "ForgeError") return error.message;
  if (error.name === "NotAllowedError") return text.failed.share;
  return error instanceof TypeError || !navigator.onLine ? text.failed.network : text.failed.other;
};

const idsOf = (photos) => photos.map(({ id }) => id);

/** Notes how a draft was handed in, and shows what follows. */
const finish = async (app, record, sent) => {
  const { draft } = app;
  const paths = record.files.map(({ path }) => path);
  const facts = {
    before: requestsOf(draft),
    sent: { at: stamp(new Date()), reported: record.reported, folder: record.folder, paths, photos: idsOf(sendable(draft)), ...sent },
    ...(sent.way === "request" && { branch: null, tried: [] }),
  };
  // Even if another tab has changed the draft meanwhile: what has gone out has gone out.
  await app.storage.note(draft, facts, { always: true });
  await app.save();
  go(draftHash(app.draft.id, "result"));
};

/** @param {App} app @param {any} record @param {"request"|"mend"|"withdraw"} how withdraw: a new one for all that were before */
const request = async (app, record, how) => {
  const { draft, school, index } = app;
  const state = screenNamed("handin").querySelector("[data-handing]");
  state.textContent = text.sending(0, 0);
  const { openForge } = await import("./forges.js");
  const forge = openForge(index.forge, /** @type {string} */ (readKey(index.forge)));
  const onProgress = (done, all) => {
    state.textContent = text.sending(done, all);
  };
  const month = monthName(draft.fields.date.slice(0, 7));
  const { title } = draft.fields;
  if (how === "withdraw") {
    await (await import("./withdraw.js")).withdraw(app, forge);
    record = await app.record();
  }
  // Kept before anything is sent: whoever tries again after a lost network goes on with the same branch.
  if (how !== "mend") draft.branch ??= branchName(draft, school);
  draft.tried = [...new Set([...(draft.tried ?? []), ...idsOf(sendable(draft))])];
  await app.save();
  if (how === "mend") {
    const paths = new Set(record.files.map(({ path }) => path));
    const removed = draft.sent.paths.filter((path) => !paths.has(path));
    const done = await forge.update(draft.sent, { files: record.files, removed, message: text.mendMessage(title), onProgress }).catch(async (error) => {
      if (error.code === "gone") {
        await app.storage.note(draft, { sent: { ...draft.sent, state: (await forge.state(draft.sent)).state } });
        await fillHandin(app); // with the ways that are left
      }
      throw error;
    });
    return finish(app, record, { ...draft.sent, ...done, way: "request", state: "waiting", paths: [...paths], folder: record.folder, photos: [...idsSent(draft)] });
  }
  const instead = requestsOf(draft).map(({ number }) => number).filter(Boolean);
  const facts = [
    [text.requestFacts.school, school.name],
    [text.requestFacts.month, month],
    [text.requestFacts.activity, title],
    [text.requestFacts.photos, text.photosReady(sendable(draft).length, 0)],
    ...(instead.length ? [[text.requestFacts.instead, text.instead(instead)]] : []),
  ];
  const vows = [...screenNamed("handin").querySelectorAll(".vows li")].map((vow) => vow.textContent);
  const words = { title: text.requestTitle(school.name, month, title), body: text.requestBody(facts, vows) };
  const { done, as } = await submitAsNew(app, record, (files) => forge.submit({ branch: draft.branch, ...words, files, onProgress }));
  return finish(app, as, { way: "request", state: "waiting", ...done });
};

const MOST_NAMES = 5;

/** Hands in under the next name where the archive has a folder of this one that the site does not show. */
const submitAsNew = async (app, record, submit) => {
  for (let names = 1, as = record; ; names += 1) {
    try {
      return { done: await submit(as.files), as };
    } catch (error) {
      if (error.code !== "exists" || names === MOST_NAMES) throw error;
      const month = app.draft.fields.date.slice(0, 7);
      app.school.taken[month] = [...(app.school.taken[month] ?? []), as.folder];
      as = await app.record();
    }
  }
};

const branchName = (draft, school) => {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => (byte % 36).toString(36)).join("");
  return `submit/${school.id}/${draft.fields.date.replaceAll("-", "")}-${draft.fields.measure}-${random}`;
};

const pack = async (app, record) => {
  const state = screenNamed("handin").querySelector("[data-handing]");
  state.textContent = text.packing;
  const { draft, school, index } = app;
  const blob = await makePackage(record.files, { school: school.id, kept_back: countRefused(draft) });
  const measure = index.measures.find(({ id }) => id === draft.fields.measure).name;
  return { blob, name: text.packageName(school.name, draft.fields.date, measure) };
};

const savePackage = async (app, record) => {
  const { blob, name } = await pack(app, record);
  saveFile(blob, name);
  return finish(app, record, { way: "package", name, size: blob.size });
};

const sharePackage = async (app, record) => {
  const { blob, name } = await pack(app, record);
  const file = new File([blob], name, { type: "application/zip" });
  if (!canShare([file])) return savePackage(app, record);
  if (await share([file], name)) await finish(app, record, { way: "sharePackage" });
};

const shareParts = async (app, record) => {
  const title = text.shareTitle(app.school.name, app.draft.fields.title);
  if (await share(partsToShare(record.files), title)) await finish(app, record, { way: "share" });
};

const wordsOf = (record) => new TextDecoder().decode(record.files[0].bytes);

const pageOf = (app, record) => newFilePage(app.index, record.files[0].path, wordsOf(record));

const openPage = async (app, record) => {
  const page = pageOf(app, record);
  if (!page.whole) await navigator.clipboard?.writeText(wordsOf(record)).catch(() => {});
  open(page.url, "_blank", "noopener");
  return finish(app, record, { way: "page", photos: app.draft.sent?.photos ?? [] });
};
