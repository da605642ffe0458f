/**
 * Taking back what was handed in with photos that are not to be any more. Fetched when it comes to that.
 *
 * @typedef {import("./report.js").Report} App
 * @typedef {import("./storage.js").Earlier} Earlier
 */
import { countTakenBack, idsSent, requestsOf } from "./drafts.js";
import { text } from "./strings.js";

/**
 * Closes the requests of a draft, and of a try that did not come to one, and deletes their branches.
 *
 * @param {App} app
 * @param {any} forge
 */
export const withdraw = async (app, forge) => {
  const { draft } = app;
  if (!countTakenBack(draft)) return; // done, before the network was lost
  /** @type {Earlier[]} */
  const before = [...requestsOf(draft), ...(draft.branch ? [{ number: null, branch: draft.branch }] : [])];
  for (const each of before.filter(({ dropped }) => !dropped)) {
    try {
      Object.assign(each, { withdrawn: true, dropped: await forge.withdraw(each) });
    } catch (error) {
      error.message = text.failed.withdraw(each) + error.message;
      throw error;
    }
  }
  const gone = [...(draft.gone ?? []), ...idsSent(draft)];
  if (draft.sent) draft.sent = { ...draft.sent, state: "closed", photos: [] };
  Object.assign(draft, { before, gone, branch: null, tried: [] });
  await app.save();
};
