/**
 * Gitee's API v5: the branch first, then all files in one commit.
 *
 * gitee.com/api/v5/swagger: postV5ReposOwnerRepoBranches, postV5ReposOwnerRepoCommits (提交多个文件变更),
 * getV5ReposOwnerRepoContents(Path), the Pulls and Checks of a repository. It has no call that deletes a branch. The key goes in `Authorization: Bearer`, as Gitee's
 * own client sends it (oschina/mcp-gitee, utils/gitee_client.go), never as the parameter `access_token`, which of a GET would
 * stand in the address.
 *
 * @typedef {import("./forges.js").Config} Config
 */
import { toBase64 } from "./forge-bytes.js";
import { encodePath, makeCaller } from "./forge-calls.js";
import { judgeRuns } from "./forge-github.js";

/** @param {any} pull @returns {import("./forges.js").Request} */
const asRequest = ({ number, html_url: url, state, head, user }) => ({
  number,
  url,
  branch: head.ref,
  head: head.sha,
  state: state === "merged" ? "merged" : state === "closed" ? "closed" : "open",
  author: user?.login ?? "",
});

/** @param {Config} config @param {string} key @param {import("./forge-calls.js").Patience} [patience] @returns {import("./forges.js").Forge} */
export const connect = (config, key, patience) => {
  const call = makeCaller(config.api, { Authorization: `Bearer ${key}` }, patience);
  const repo = `/repos/${encodePath(config.repository)}`;

  return {
    whoAmI: async (signal) => ({ name: (await call("GET", "/user", { signal })).data.login }),

    readBranch: async (branch, signal) => {
      const { status, data } = await call("GET", `${repo}/branches/${encodeURIComponent(branch)}`, { allow: [404], signal });
      return status === 404 ? null : data.commit.sha;
    },

    listFolder: async (folder, ref, signal) => {
      const { status, data } = await call("GET", `${repo}/contents/${encodePath(folder)}`, { query: { ref }, allow: [404], signal });
      const files = status === 404 || !Array.isArray(data) ? [] : data.filter(({ type }) => type === "file");
      return new Map(files.map(({ path, sha }) => [path, sha]));
    },

    commit: async ({ branch, head, changes, message, signal, onBytes }) => {
      const actions = [];
      for (const { path, bytes, was } of changes) {
        const action = bytes ? (was ? "update" : "create") : "delete";
        actions.push({ action, path, ...(bytes && { encoding: "base64", content: await toBase64(bytes) }) });
      }
      const all = changes.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);
      // Left without a commit by a lost network, the branch is found there next time and goes on.
      if (!head) await call("POST", `${repo}/branches`, { body: { refs: config.branch, branch_name: branch }, signal });
      const { data } = await call("POST", `${repo}/commits`, { body: { branch, message, actions }, onUpload: (part) => onBytes(part * all), signal });
      return data.sha;
    },

    findRequest: async (branch, signal) => {
      const { data } = await call("GET", `${repo}/pulls`, { query: { head: branch, state: "all", sort: "created", direction: "desc", per_page: 20 }, signal });
      const found = data.find(({ head }) => head.ref === branch);
      return found ? asRequest(found) : null;
    },
    openRequest: async (branch, { title, body }, signal) =>
      asRequest((await call("POST", `${repo}/pulls`, { body: { title, body, head: branch, base: config.branch }, signal })).data),
    closeRequest: (number, signal) => call("PATCH", `${repo}/pulls/${number}`, { body: { state: "closed" }, repeat: true, signal }),
    readRequest: async (number, signal) => asRequest((await call("GET", `${repo}/pulls/${number}`, { signal })).data),

    listComments: async (number, signal) => {
      const { data } = await call("GET", `${repo}/pulls/${number}/comments`, { query: { per_page: 100, direction: "asc" }, signal });
      return data.map(({ body, user }) => ({ body, author: user?.login ?? "" }));
    },

    readChecks: async ({ head }, signal) => {
      const { status, data } = await call("GET", `${repo}/commits/${head}/check-runs`, { query: { per_page: 100 }, allow: [403, 404], signal });
      return status === 200 ? judgeRuns(data.check_runs) : "waiting";
    },
  };
};
