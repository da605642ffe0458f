/**
 * GitHub's REST API: files as blobs, one tree, one commit, and only then the branch, so that half a branch never shows.
 *
 * docs.github.com/en/rest: git/blobs, git/trees, git/commits, git/refs, pulls/pulls, issues/comments, checks/runs,
 * actions/workflow-runs. `X-GitHub-Api-Version` is left out: not every GitHub Enterprise lets a browser send it
 * (github/docs#24706).
 *
 * @typedef {import("./forges.js").Config} Config
 */
import { toBase64 } from "./forge-bytes.js";
import { encodePath, makeCaller } from "./forge-calls.js";

const GOOD = ["success", "neutral", "skipped"];

/** @param {any} pull @returns {import("./forges.js").Request} */
const asRequest = ({ number, html_url: url, state, merged_at: merged, head, user }) => ({
  number,
  url,
  branch: head.ref,
  head: head.sha,
  state: merged ? "merged" : state === "closed" ? "closed" : "open",
  author: user?.login ?? "",
});

/** @param {{status: string, conclusion: string|null}[]} runs @returns {"red"|"green"|"waiting"} */
export const judgeRuns = (runs) => {
  if (!runs.length || runs.some(({ status }) => status !== "completed")) return "waiting";
  return runs.every(({ conclusion }) => GOOD.includes(conclusion ?? "")) ? "green" : "red";
};

/** @param {Config} config @param {string} key @param {import("./forge-calls.js").Patience} [patience] @returns {import("./forges.js").Forge} */
export const connect = (config, key, patience) => {
  const call = makeCaller(config.api, { Accept: "application/vnd.github+json", Authorization: `Bearer ${key}` }, patience);
  const repo = `/repos/${encodePath(config.repository)}`;
  const owner = config.repository.split("/")[0];
  const refOf = (branch) => `${repo}/git/ref/heads/${encodePath(branch)}`;

  return {
    whoAmI: async (signal) => ({ name: (await call("GET", "/user", { signal })).data.login }),
    readBranch: async (branch, signal) => {
      const { status, data } = await call("GET", refOf(branch), { allow: [404], signal });
      return status === 404 ? null : data.object.sha;
    },

    listFolder: async (folder, ref, signal) => {
      const { status, data } = await call("GET", `${repo}/contents/${encodePath(folder)}`, { query: { ref }, allow: [404], signal });
      const files = status === 404 || !Array.isArray(data) ? [] : data.filter(({ type }) => type === "file");
      return new Map(files.map(({ path, sha }) => [path, sha]));
    },

    commit: async ({ branch, head, changes, message, signal, onBytes }) => {
      const parent = head ?? (await call("GET", refOf(config.branch), { signal })).data.object.sha;
      const { data: before } = await call("GET", `${repo}/git/commits/${parent}`, { signal });
      const tree = [];
      let sent = 0;
      for (const { path, bytes } of changes) {
        let sha = null; // deletes
        if (bytes) {
          const body = { content: await toBase64(bytes), encoding: "base64" };
          const onUpload = (part) => onBytes(sent + part * bytes.length);
          // A blob is named by its content: made twice, it is the same one.
          ({ data: { sha } } = await call("POST", `${repo}/git/blobs`, { body, repeat: true, onUpload, signal }));
          sent += bytes.length;
          onBytes(sent);
        }
        tree.push({ path, mode: "100644", type: "blob", sha });
      }
      const { data: after } = await call("POST", `${repo}/git/trees`, { body: { base_tree: before.tree.sha, tree }, repeat: true, signal });
      const made = await call("POST", `${repo}/git/commits`, { body: { message, tree: after.sha, parents: [parent] }, repeat: true, signal });
      const { sha } = made.data;
      if (head) await call("PATCH", `${repo}/git/refs/heads/${encodePath(branch)}`, { body: { sha, force: false }, signal });
      else await call("POST", `${repo}/git/refs`, { body: { ref: `refs/heads/${branch}`, sha }, signal });
      return sha;
    },

    findRequest: async (branch, signal) => {
      const query = { head: `${owner}:${branch}`, state: "all", per_page: 1 };
      const { data } = await call("GET", `${repo}/pulls`, { query, signal });
      const [newest] = data;
      return newest ? asRequest(newest) : null;
    },
    openRequest: async (branch, { title, body }, signal) =>
      asRequest((await call("POST", `${repo}/pulls`, { body: { title, body, head: branch, base: config.branch }, signal })).data),
    closeRequest: (number, signal) => call("PATCH", `${repo}/pulls/${number}`, { body: { state: "closed" }, repeat: true, signal }),
    dropBranch: (branch, signal) => call("DELETE", `${repo}/git/refs/heads/${encodePath(branch)}`, { repeat: true, signal }),
    readRequest: async (number, signal) => asRequest((await call("GET", `${repo}/pulls/${number}`, { signal })).data),

    listComments: async (number, signal) => {
      const { data } = await call("GET", `${repo}/issues/${number}/comments`, { query: { per_page: 100 }, signal });
      return data.map(({ body, user }) => ({ body, author: user?.login ?? "" }));
    },

    readChecks: async ({ head }, signal) => {
      // Fine-grained keys may not read check runs, but workflow runs with "Actions: read"; with neither, the report tells.
      const query = { per_page: 100 };
      const checks = await call("GET", `${repo}/commits/${head}/check-runs`, { query, allow: [403, 404], signal });
      if (checks.status === 200) return judgeRuns(checks.data.check_runs);
      const runs = await call("GET", `${repo}/actions/runs`, { query: { ...query, head_sha: head }, allow: [403, 404], signal });
      return runs.status === 200 ? judgeRuns(runs.data.workflow_runs) : "waiting";
    },
  };
};
