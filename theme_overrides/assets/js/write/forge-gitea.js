/**
 * The API of Gitea and Forgejo: all files in one commit, which makes the branch.
 *
 * docs.gitea.com/api: repoChangeFiles, repoGetContents, repoGetBranch, repoCreatePullRequest, repoListPullRequests,
 * repoGetPullRequest, repoEditPullRequest, repoDeleteBranch, issueGetComments, repoGetCombinedStatusByRef; forgejo.org/docs/latest/user/api-usage/. A browser is
 * answered only where the server's app.ini switches on `[cors]`.
 *
 * @typedef {import("./forges.js").Config} Config
 */
import { toBase64 } from "./forge-bytes.js";
import { encodePath, makeCaller } from "./forge-calls.js";

const STATES = { success: "green", warning: "green", failure: "red", error: "red" };
const NEWEST = 50; // the most that a server answers at once, unless it says otherwise

/** @param {any} pull @returns {import("./forges.js").Request} */
const asRequest = ({ number, html_url: url, state, merged, head, user }) => ({
  number,
  url,
  branch: head.ref,
  head: head.sha,
  state: merged ? "merged" : state === "closed" ? "closed" : "open",
  author: user?.login ?? "",
});

/** @param {Config} config @param {string} key @param {import("./forge-calls.js").Patience} [patience] @returns {import("./forges.js").Forge} */
export const connect = (config, key, patience) => {
  const call = makeCaller(config.api, { Authorization: `token ${key}` }, patience);
  const repo = `/repos/${encodePath(config.repository)}`;

  return {
    whoAmI: async (signal) => ({ name: (await call("GET", "/user", { signal })).data.login }),

    readBranch: async (branch, signal) => {
      const { status, data } = await call("GET", `${repo}/branches/${encodePath(branch)}`, { allow: [404], signal });
      return status === 404 ? null : data.commit.id;
    },

    listFolder: async (folder, ref, signal) => {
      const { status, data } = await call("GET", `${repo}/contents/${encodePath(folder)}`, { query: { ref }, allow: [404], signal });
      const files = status === 404 || !Array.isArray(data) ? [] : data.filter(({ type }) => type === "file");
      return new Map(files.map(({ path, sha }) => [path, sha]));
    },

    commit: async ({ branch, head, changes, message, signal, onBytes }) => {
      const files = [];
      for (const { path, bytes, was } of changes) {
        const operation = bytes ? (was ? "update" : "create") : "delete";
        files.push({ operation, path, ...(bytes && { content: await toBase64(bytes) }), ...(was && { sha: was }) });
      }
      const all = changes.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);
      const where = head ? { branch } : { branch: config.branch, new_branch: branch };
      const { data } = await call("POST", `${repo}/contents`, { body: { ...where, message, files }, onUpload: (part) => onBytes(part * all), signal });
      return data.commit.sha;
    },

    findRequest: async (branch, signal) => {
      const { data } = await call("GET", `${repo}/pulls`, { query: { state: "all", sort: "recentupdate", limit: NEWEST }, signal });
      const found = data.find(({ head }) => head.ref === branch);
      return found ? asRequest(found) : null;
    },
    openRequest: async (branch, { title, body }, signal) =>
      asRequest((await call("POST", `${repo}/pulls`, { body: { title, body, head: branch, base: config.branch }, signal })).data),
    closeRequest: (number, signal) => call("PATCH", `${repo}/pulls/${number}`, { body: { state: "closed" }, repeat: true, signal }),
    dropBranch: (branch, signal) => call("DELETE", `${repo}/branches/${encodePath(branch)}`, { repeat: true, signal }),
    readRequest: async (number, signal) => asRequest((await call("GET", `${repo}/pulls/${number}`, { signal })).data),

    listComments: async (number, signal) => {
      const { data } = await call("GET", `${repo}/issues/${number}/comments`, { signal });
      return data.map(({ body, user }) => ({ body, author: user?.login ?? "" }));
    },

    readChecks: async ({ head }, signal) => {
      const { status, data } = await call("GET", `${repo}/commits/${head}/status`, { allow: [403, 404], signal });
      return status === 200 && data.total_count ? (STATES[data.state] ?? "waiting") : "waiting";
    },
  };
};
