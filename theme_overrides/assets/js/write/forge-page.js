/** Addresses of a forge's own page for a new file, filled in as far as an address may be long. */

const MOST = 7500; // characters; GitHub answers a longer address with 414

/** @param {any} index @returns {{kind: string, web: string, branch: string}|null} */
const forgeOf = ({ forge, repository }) => {
  if (forge) return { kind: forge.kind, web: `${forge.web}/${forge.repository}`, branch: forge.branch };
  return repository && new URL(repository).hostname === "github.com" ? { kind: "github", web: repository, branch: "HEAD" } : null;
};

/**
 * @param {any} index of the site
 * @param {string} path of the file
 * @param {string} words of the file
 * @returns {{url: string, whole: boolean}|null} whole: the words are in the address; null where there is no such page
 */
export const newFilePage = (index, path, words) => {
  const forge = forgeOf(index);
  if (!forge) return null;
  const at = path.lastIndexOf("/");
  const [folder, name] = [path.slice(0, at), path.slice(at + 1)];
  const pages = {
    github: [`${forge.web}/new/${forge.branch}/${folder}`, { filename: name, value: words }],
    gitea: [`${forge.web}/_new/${forge.branch}/${folder}`, { filename: name, value: words }],
    gitlab: [`${forge.web}/-/new/${forge.branch}`, { file_name: path }],
    gitee: [`${forge.web}/new/${forge.branch}/${folder}`, {}],
  };
  const [page, values] = pages[forge.kind];
  const filled = `${page}?${new URLSearchParams(values)}`;
  if ("value" in values && filled.length <= MOST) return { url: filled, whole: true };
  const { value, ...names } = values;
  return { url: Object.keys(names).length ? `${page}?${new URLSearchParams(names)}` : page, whole: false };
};
