/** Pasted texts as lines: from chat, Word and WPS, never as mark-up; a whole report is divided at its headings. */
import { BREAKS } from "./record.js";

const BLOCKS = new Set(["P", "DIV", "LI", "TR", "H1", "H2", "H3", "H4", "H5", "H6", "TABLE", "UL", "OL", "BLOCKQUOTE", "SECTION", "ARTICLE", "PRE", "DL", "DT", "DD"]);
const SKIPPED = new Set(["STYLE", "SCRIPT", "HEAD", "TITLE", "META", "LINK", "TEMPLATE", "NOSCRIPT"]);
/** Word breaks its source lines anywhere: between Han characters that is no space. */
const BROKEN = /([\p{Script=Han}，。、；：！？”（）])\s*[\r\n]\s*(?=[\p{Script=Han}，。、；：！？“（）])/gu;

/** Tags without attributes, and no styles: nothing is loaded, and the page's policy has nothing to complain of. */
const bare = (html) => html.replace(/<style\b[\s\S]*?<\/style\s*>/gi, "").replace(/<([a-z][\w:-]*)(?:"[^"]*"|'[^']*'|[^'">])*>/gi, "<$1>");

/** @param {string} html @returns {string} its text, a line a paragraph, list item or row of a table */
export const linesOfHtml = (html) => {
  const lines = [""];
  const end = () => {
    if (lines.at(-1)?.trim()) lines.push("");
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      lines[lines.length - 1] += node.data.replace(BROKEN, "$1").replace(/[\s\u00a0]+/g, " ");
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || SKIPPED.has(node.tagName)) return;
    if (node.tagName === "BR") {
      lines.push("");
      return;
    }
    const row = node.tagName === "TD" || node.tagName === "TH" ? node.closest("tr") : null;
    const block = BLOCKS.has(node.tagName) && !(node.closest("td, th") && node.tagName !== "TABLE");
    if (block) end();
    if (row && node !== row.cells[0]) lines[lines.length - 1] += "　";
    node.childNodes.forEach(walk);
    if (block) end();
  };
  walk(new DOMParser().parseFromString(bare(html), "text/html").body);
  return lines.map((line) => line.trim()).join("\n").replace(/\n{3,}/g, "\n\n").trim();
};

/** @param {string} plain @param {string} html @returns {string} whichever of the two keeps more lines */
export const pastedText = (plain, html) => {
  const lines = (words) => words.split("\n").filter((line) => line.trim()).length;
  const clean = plain.replace(BREAKS, "\n").replace(/\u00a0/g, " ");
  const read = html ? linesOfHtml(html) : "";
  return lines(read) > lines(clean) ? read : clean;
};

const HEADINGS = {
  方案: ["活动方案", "实施方案", "方案", "活动目的", "活动计划"],
  措施: ["主要措施", "具体措施", "活动措施", "工作措施", "措施"],
  记录: ["活动记录", "过程记录", "活动过程", "活动实录", "记录"],
  总结: ["活动总结", "活动小结", "总结", "小结", "活动反思"],
};
const NUMBERED = "(?:[#＃]{1,4}\\s*)?(?:[（(]?[一二三四五六七八九十\\d]{1,2}[）)]?[、.．]?\\s*)?";

/**
 * Divides a whole report at its headings.
 *
 * @param {string} words
 * @param {string[]} parts
 * @returns {Record<string, string>|null} the words of the parts that were found; null for fewer than two
 */
export const divide = (words, parts) => {
  const known = parts.flatMap((part) => (HEADINGS[part] ?? [part]).map((name) => [name, part]));
  const heading = new RegExp(`^\\s*${NUMBERED}[【\\[]?(${known.map(([name]) => name).join("|")})[】\\]]?\\s*(?:[:：]\\s*(.*))?$`);
  /** @type {Record<string, string[]>} */
  const found = {};
  let open = "";
  const before = [];
  for (const line of words.split("\n")) {
    const match = heading.exec(line);
    const part = match && known.find(([name]) => name === match[1])?.[1];
    if (part && !(part in found)) {
      found[part] = match[2] ? [match[2]] : [];
      open = part;
    } else (open ? found[open] : before).push(line);
  }
  const names = Object.keys(found);
  if (names.length < 2) return null;
  if (before.some((line) => line.trim())) found[names[0]].unshift(...before);
  return Object.fromEntries(Object.entries(found).map(([part, lines]) => [part, lines.join("\n").trim()]));
};
