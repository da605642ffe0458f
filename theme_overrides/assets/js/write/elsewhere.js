/**
 * The question what is to become of a draft that another tab has changed or deleted. Fetched when it comes to that.
 *
 * @typedef {import("./start.js").App} App
 * @typedef {import("./storage.js").Draft} Draft
 */
import { draftHash, go } from "./screens.js";
import { text } from "./strings.js";

/** @param {App} app @param {Draft} draft of this tab @param {() => Promise<void>} show shows the screen at hand anew */
export const showElsewhere = async (app, draft, show) => {
  const { storage } = app;
  const isThere = (await storage.list()).some(({ id }) => id === draft.id);
  if (app.draft !== draft) return;
  const notice = document.getElementById("elsewhere");
  const [take, part] = notice.querySelectorAll("button");
  const [title, words] = notice.querySelectorAll("p");
  [title.textContent, words.textContent, take.textContent, part.textContent] = isThere ? text.elsewhere.changed : text.elsewhere.deleted;
  take.onclick = async () => {
    storage.drop(draft.id);
    app.draft = null;
    notice.hidden = true;
    await (isThere ? show() : go(`#school=${draft.school}`, { instead: true }));
  };
  part.onclick = async () => {
    notice.hidden = true;
    await storage.part(draft).catch(console.warn);
    await go(draftHash(draft.id, draft.step), { instead: true });
  };
  notice.hidden = false;
};
