/**
 * GitLab's REST API: all files in one commit, which makes the branch; a merge request, its pipelines and notes.
 *
 * docs.gitlab.com/api: commits, branches, repositories, merge_requests, notes, users. The key goes in PRIVATE-TOKEN, as
 * docs.gitlab.com/api/rest/authentication says of personal and project access tokens.
 *
 * @typedef {import("./forges.js").Config} Config
 */
import { toBase64 } from "./forge-bytes.js";
import { makeCaller } from "./forge-calls.js";

const STATES = { success: "green", skipped: "green", failed: "red", canceled: "red" };

/** @param {any} merge @returns {import("./forges.js").Request} */
const asRequest = ({ iid, web_url: url, source_branch: branch, sha, state, author }) => ({
  number: iid,
  url,
  branch,
  head: sha,
  state: state === "merged" ? "merged" : state === "closed" ? "closed" : "open", // "locked" while it is being merged
  author: author?.username ?? "",
});

/** @param {Config} config @param {string} key @param {import("./forge-calls.js").Patience} [patience] @returns {import("./forges.js").Forge} */
export const connect = (config, key, patience) => {
  const call = makeCaller(config.api, { "PRIVATE-TOKEN": key }, patience);
  const project = `/projects/${encodeURIComponent(config.repository)}`;

  return {
    whoAmI: async (signal) => ({ name: (await call("GET", "/user", { signal })).data.username }),

    readBranch: async (branch, signal) => {
      const { status, data } = await call("GET", `${project}/repository/branches/${encodeURIComponent(branch)}`, { allow: [404], signal });
      return status === 404 ? null : data.commit.id;
    },

    listFolder: async (path, ref, signal) => {
      const { status, data } = await call("GET", `${project}/repository/tree`, { query: { path, ref, per_page: 100 }, allow: [404], signal });
      const files = status === 404 ? [] : data.filter(({ type }) => type === "blob");
      return new Map(files.map((file) => [file.path, file.id]));
    },

    commit: async ({ branch, head, changes, message, signal, onBytes }) => {
      const actions = [];
      for (const { path, bytes, was } of changes) {
        const action = bytes ? (was ? "update" : "create") : "delete";
        actions.push({ action, file_path: path, ...(bytes && { encoding: "base64", content: await toBase64(bytes) }) });
      }
      const all = changes.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);
      const body = { branch, ...(!head && { start_branch: config.branch }), commit_message: message, actions };
      const { data } = await call("POST", `${project}/repository/commits`, { body, onUpload: (part) => onBytes(part * all), signal });
      return data.id;
    },

    findRequest: async (branch, signal) => {
      const query = { source_branch: branch, state: "all", per_page: 1 };
      const { data } = await call("GET", `${project}/merge_requests`, { query, signal });
      const [newest] = data;
      return newest ? asRequest(newest) : null;
    },
    openRequest: async (branch, { title, body }, signal) => {
      const wanted = { source_branch: branch, target_branch: config.branch, title, description: body, remove_source_branch: true };
      return asRequest((await call("POST", `${project}/merge_requests`, { body: wanted, signal })).data);
    },
    closeRequest: (number, signal) => call("PUT", `${project}/merge_requests/${number}`, { body: { state_event: "close" }, repeat: true, signal }),
    dropBranch: (branch, signal) => call("DELETE", `${project}/repository/branches/${encodeURIComponent(branch)}`, { repeat: true, signal }),
    readRequest: async (number, signal) => asRequest((await call("GET", `${project}/merge_requests/${number}`, { signal })).data),

    listComments: async (number, signal) => {
      const query = { sort: "asc", order_by: "created_at", per_page: 100 };
      const { data } = await call("GET", `${project}/merge_requests/${number}/notes`, { query, signal });
      return data.filter(({ system }) => !system).map(({ body, author }) => ({ body, author: author?.username ?? "" }));
    },

    readChecks: async ({ number, head }, signal) => {
      const { status, data } = await call("GET", `${project}/merge_requests/${number}/pipelines`, { allow: [403, 404], signal });
      const newest = status === 200 ? data.find(({ sha }) => sha === head) : undefined; // the newest comes first
      return STATES[newest?.status] ?? "waiting";
    },
  };
};
