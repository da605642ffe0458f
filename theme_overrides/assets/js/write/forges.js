/**
 * Handing in by a request on a forge, with the school's key: one branch, one request, whatever happens to the network.
 *
 * Each step asks first what is there already. After a lost answer or a closed tab, handing in again under the same
 * branch name goes on with what has arrived, and never makes a second branch or request.
 *
 * @typedef {{kind: "github"|"gitea"|"gitlab"|"gitee", api: string, repository: string, branch: string, web: string}} Config
 * @typedef {{path: string, bytes: Uint8Array}} File
 * @typedef {{number: number, url: string, branch: string, head: string, state: "open"|"merged"|"closed", author: string}} Request
 * @typedef {{path: string, bytes: Uint8Array|null, was: string|null}} Change  bytes: null to delete; was: the blob there now
 * @typedef {{branch: string, head: string|null, changes: Change[], message: string, signal?: AbortSignal, onBytes: (sent: number) => void}} Commit
 *   head: of the branch, null if it is to be made; onBytes: is told how many bytes of the changes have gone out
 * @typedef {object} Forge  one kind's API, made by its module's `connect`
 * @property {(signal?: AbortSignal) => Promise<{name: string}>} whoAmI
 * @property {(branch: string, signal?: AbortSignal) => Promise<string|null>} readBranch  its newest commit
 * @property {(folder: string, ref: string, signal?: AbortSignal) => Promise<Map<string, string>>} listFolder  path to blob
 * @property {(commit: Commit) => Promise<string>} commit  the new commit; not repeated by itself
 * @property {(branch: string, signal?: AbortSignal) => Promise<Request|null>} findRequest  the newest from this branch, in any state
 * @property {(branch: string, words: {title: string, body: string}, signal?: AbortSignal) => Promise<Request>} openRequest
 * @property {(number: number, signal?: AbortSignal) => Promise<Request>} readRequest
 * @property {(number: number, signal?: AbortSignal) => Promise<any>} closeRequest
 * @property {(branch: string, signal?: AbortSignal) => Promise<any>} [dropBranch]  deletes it; none where the API cannot
 * @property {(number: number, signal?: AbortSignal) => Promise<{body: string, author: string}[]>} listComments  the oldest first
 * @property {(request: Request, signal?: AbortSignal) => Promise<"red"|"green"|"waiting">} readChecks
 */
import { blobId } from "./forge-bytes.js";
import { pause } from "./forge-calls.js";
import { ForgeError } from "./forge-faults.js";
import { findReport } from "./forge-report.js";

const KINDS = {
  github: () => import("./forge-github.js"),
  gitea: () => import("./forge-gitea.js"),
  gitlab: () => import("./forge-gitlab.js"),
  gitee: () => import("./forge-gitee.js"),
};
const TURNS = 3;
const AGAIN = ["offline", "broken", "conflict"];

const folderOf = (path) => path.slice(0, path.lastIndexOf("/"));

/** What differs between a commit and what is to be there. @returns {Promise<Change[]>} */
const listChanges = async (forge, ref, { files, removed, signal }) => {
  const folders = [...new Set([...files.map(({ path }) => path), ...removed].map(folderOf))];
  const there = new Map();
  for (const folder of folders) for (const [path, id] of await forge.listFolder(folder, ref, signal)) there.set(path, id);
  const changes = [];
  for (const { path, bytes } of files) {
    const was = there.get(path) ?? null;
    if (was !== (await blobId(bytes))) changes.push({ path, bytes, was });
  }
  for (const path of removed) if (there.has(path)) changes.push({ path, bytes: null, was: there.get(path) });
  return changes;
};

/**
 * Brings a branch to where it holds the files, making it from the main one unless that is forbidden.
 *
 * @returns {Promise<string>} its newest commit
 */
const bringBranch = async (forge, config, wait, { branch, isNew, message, onProgress, signal, ...wanted }) => {
  for (let turn = 1; ; turn += 1) {
    const head = await forge.readBranch(branch, signal);
    if (!head && !isNew) throw new ForgeError("gone");
    const fromMain = isNew ? await listChanges(forge, config.branch, { ...wanted, signal }) : [];
    // What is handed in is new: a folder of the archive is never written over.
    if (isNew && (fromMain.length < wanted.files.length || fromMain.some(({ was }) => was))) throw new ForgeError("exists");
    const changes = head ? await listChanges(forge, head, { ...wanted, signal }) : fromMain;
    if (!changes.length) return head;
    const all = changes.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);
    const onBytes = (sent) => onProgress?.(Math.min(all, Math.round(sent)), all);
    try {
      const made = await forge.commit({ branch, head, changes, message, signal, onBytes });
      onProgress?.(all, all);
      return made;
    } catch (error) {
      if (turn === TURNS || !AGAIN.includes(error.code)) throw error;
    }
    await pause(wait * turn, signal);
  }
};

/** Finds the request of a branch or opens it; an answer that was lost is asked for, not the request made twice. */
const bringRequest = async (forge, wait, branch, words, signal) => {
  for (let turn = 1; ; turn += 1) {
    const found = await forge.findRequest(branch, signal);
    if (found) return found;
    try {
      return await forge.openRequest(branch, words, signal);
    } catch (error) {
      if (turn === TURNS || !AGAIN.includes(error.code)) throw error;
    }
    await pause(wait * turn, signal);
  }
};

const asSent = ({ number, url, branch, head }) => ({ number, url, branch, head });

/**
 * @param {Config} config
 * @param {string} key
 * @param {import("./forge-calls.js").Patience} [patience] for tests
 */
export const openForge = (config, key, patience) => {
  if (!Object.hasOwn(KINDS, config.kind)) throw new ForgeError("strange");
  const [wait] = patience?.pauses ?? [500];
  /** @type {Promise<Forge>|undefined} */
  let connected;
  const connect = () => {
    connected ??= KINDS[config.kind]()
      .then((module) => module.connect(config, key, patience))
      .catch(() => {
        connected = undefined; // the module did not arrive: fetch it again next time
        throw new ForgeError("offline");
      });
    return connected;
  };
  /** Runs with the forge; an answer in which something documented is missing is no answer of a forge. */
  const ask = async (act) => {
    const forge = await connect();
    try {
      return await act(forge);
    } catch (error) {
      throw error instanceof TypeError ? new ForgeError("strange", { said: error.message }) : error;
    }
  };
  return {
    /** @param {{signal?: AbortSignal}} [how] @returns {Promise<{name: string}>} whose key it is; throws ForgeError if it is none */
    whoAmI: ({ signal } = {}) => ask((forge) => forge.whoAmI(signal)),

    /**
     * Hands in. Called again with the same branch, it goes on.
     *
     * @param {{branch: string, title: string, body: string, files: File[], onProgress?: (done: number, all: number) => void,
     *   signal?: AbortSignal}} wanted onProgress: is told bytes of the files
     * @returns {Promise<{number: number, url: string, branch: string, head: string}>}
     */
    submit: ({ branch, title, body, files, onProgress, signal }) =>
      ask(async (forge) => {
        const before = await forge.findRequest(branch, signal);
        if (before && before.state !== "open") return asSent(before);
        const wanted = { branch, isNew: !before, message: title, files, removed: [], onProgress, signal };
        const head = await bringBranch(forge, config, wait, wanted);
        const request = before ?? (await bringRequest(forge, wait, branch, { title, body }, signal));
        return { ...asSent(request), head };
      }),

    /**
     * Changes what a request holds, by one more commit on its branch; none if nothing differs.
     *
     * @param {{number: number, url: string, branch: string}} request
     * @param {{files: File[], removed?: string[], message: string, onProgress?: (done: number, all: number) => void,
     *   signal?: AbortSignal}} wanted removed: paths that are to go
     * @returns {Promise<{number: number, url: string, branch: string, head: string}>}
     */
    update: ({ number, url, branch }, { files, removed = [], message, onProgress, signal }) =>
      ask(async (forge) => {
        const { state } = await forge.readRequest(number, signal);
        if (state !== "open") throw new ForgeError("gone");
        const wanted = { branch, isNew: false, message, files, removed, onProgress, signal };
        return { number, url, branch, head: await bringBranch(forge, config, wait, wanted) };
      }),

    /**
     * Closes a request that is not to be taken any more, and deletes its branch. The forge may still show what it held.
     *
     * @param {{number: number|null, branch: string}} request  number: null where it is not known whether there is one
     * @param {{signal?: AbortSignal}} [how]
     * @returns {Promise<boolean>} whether the branch is gone
     */
    withdraw: ({ number, branch }, { signal } = {}) =>
      ask(async (forge) => {
        const request = await (number ? forge.readRequest(number, signal) : forge.findRequest(branch, signal));
        if (request?.state === "merged") throw new ForgeError("gone");
        if (request?.state === "open") await forge.closeRequest(request.number, signal);
        // Refusals do not tell a branch that is protected from one that is gone: it is looked for.
        await forge.dropBranch?.(branch, signal).catch(() => {});
        return !(await forge.readBranch(branch, signal));
      }),

    /**
     * How a request stands. The gate's report on its newest commit counts before the forge's own lists of checks.
     *
     * @param {{number: number}} request
     * @param {{signal?: AbortSignal}} [how]
     * @returns {Promise<{state: "waiting"|"red"|"green"|"merged"|"closed", url: string, report: any}>}
     */
    state: ({ number }, { signal } = {}) =>
      ask(async (forge) => {
        const request = await forge.readRequest(number, signal);
        const report = findReport(await forge.listComments(number, signal), request);
        const judge = async () => report?.verdict ?? (await forge.readChecks(request, signal));
        return { state: request.state === "open" ? await judge() : request.state, url: request.url, report };
      }),
  };
};
