/**
 * The screen after handing in: what became of it, what the check says, and the way back to mend it.
 *
 * @typedef {import("./report.js").Report} App
 */
import { showFindings } from "./findings.js";
import { canMend } from "./handin.js";
import { readKey } from "./key.js";
import { screenOf } from "./record.js";
import { draftHash, go, screenNamed } from "./screens.js";
import { text } from "./strings.js";

const PAUSE = 15_000;
const TONES = { red: "bad", green: "good", merged: "good", package: "good", sharePackage: "good", share: "good", closed: "warn", page: "warn", unknown: "warn" };

let timer = 0;

const say = (screen, state, more = "") => {
  const notice = screen.querySelector("[data-state]");
  const [title, words] = text.results[state];
  notice.className = `notice ${TONES[state] ? `notice--${TONES[state]}` : ""}`;
  const [first, second] = notice.querySelectorAll("p");
  if (first.textContent !== title) first.textContent = title;
  second.textContent = `${words}${more}`;
};

/** What is to be done about it: a closed request is handed in anew. */
const showMend = (button, { way, state }) => {
  button.hidden = way === "request" && state === "merged";
  button.textContent = way !== "request" ? text.otherWay : state === "closed" ? text.handInAgain : text.mendAgain;
};

/** @param {App} app */
export const fillResult = async (app) => {
  clearTimeout(timer);
  const screen = screenNamed("result");
  const { draft } = app;
  const { sent } = draft;
  screen.querySelector("[data-desk]").href = `#school=${app.school.id}`;
  screen.querySelector("[data-findings]").replaceChildren();
  screen.querySelector(".screen__title").textContent = text.resultTitles[sent.way];
  const line = screen.querySelector("[data-request]");
  line.hidden = !sent.url;
  line.replaceChildren();
  if (sent.url && /^https?:/.test(sent.url)) {
    line.append(Object.assign(document.createElement("a"), { href: sent.url, textContent: text.request(sent.number), target: "_blank", rel: "noopener" }));
  }
  const mend = screen.querySelector("[data-mend]");
  mend.className = `button${sent.way === "request" ? "" : " button--quiet"}`;
  showMend(mend, sent);
  const withdrawn = (draft.before ?? []).filter((each) => each.withdrawn);
  const left = screen.querySelector("[data-left]");
  left.hidden = !withdrawn.length;
  left.replaceChildren(...withdrawn.map((each) => Object.assign(document.createElement("p"), { textContent: text.left(each) })));
  mend.onclick = () => go(draftHash(draft.id, "review"));
  if (sent.way !== "request") return say(screen, sent.way, sent.name ? text.savedAs(sent.name, text.size(sent.size)) : "");
  say(screen, sent.state in text.results ? sent.state : "waiting");
  await follow(app, screen);
};

/** Asks how the request stands, now and every quarter of a minute while somebody looks. */
const follow = async (app, screen) => {
  const { draft } = app;
  const key = readKey(app.index.forge);
  if (!app.canRequest() || !key) return say(screen, "unknown");
  try {
    const { openForge } = await import("./forges.js");
    const found = await openForge(app.index.forge, key).state(draft.sent);
    if (app.draft !== draft || screen.hidden) return;
    await app.storage.note(draft, { sent: { ...draft.sent, state: found.state, head: found.report?.head ?? draft.sent.head } });
    say(screen, found.state);
    const { places, files } = await app.record();
    const folder = files[0].path.slice(0, files[0].path.lastIndexOf("/") + 1);
    const mend = (problem) => (problem.path.startsWith(folder) ? () => go(draftHash(draft.id, screenOf(problem, places))) : null);
    showFindings(screen.querySelector("[data-findings]"), found.report?.problems ?? [], mend);
    showMend(screen.querySelector("[data-mend]"), draft.sent);
  } catch (error) {
    console.warn(error);
    if (app.draft === draft) say(screen, "unknown");
  }
  if (canMend(draft.sent)) {
    timer = setTimeout(() => (screen.hidden || document.hidden ? undefined : follow(app, screen)), PAUSE);
  }
};

/** @param {App} app */
export const bindResult = (app) => {
  document.addEventListener("visibilitychange", () => {
    const screen = screenNamed("result");
    if (!document.hidden && !screen.hidden && app.draft?.sent?.way === "request") fillResult(app);
  });
};
