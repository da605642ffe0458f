// Answers the search page from the index, away from the page's own thread.
import { openIndex } from "./index-files.js";
import { makeSpelling } from "./spelling.js";

const SHOWN = 10;
const AT_ONCE = 10;
const AROUND = 28;
const LONGEST = 110;
const LABEL = 20;
const [TITLE, NAME, BODY] = [0, 1, 2];
const START = 0;

let opened;
const open = async ({ folder, bytes, pairs }) => ({ index: await openIndex({ folder, bytes }), ...makeSpelling(pairs) });

/** The rank of each page for a word: 1 is it the whole title, 2 in the title, 3 in a name, 4 anywhere, 0 nowhere. */
const rankWord = async (index, word) => {
  const characters = [...word].map((character) => character.codePointAt(0));
  const empty = () => [0, 1, 2].map(() => new Uint8Array(index.table.pages));
  const pairs = characters.length === 1 ? [[characters[0], undefined]] : characters.slice(1).map((second, at) => [characters[at], second]);
  const edges = [
    [START, characters[0]],
    [characters.at(-1), START],
  ];
  const marks = await Promise.all(
    [...pairs, ...edges].map(async ([first, second]) => {
      const found = empty();
      await index.markPages(first, second, found);
      return found;
    }),
  );
  const inside = marks.slice(0, pairs.length);
  const rank = new Uint8Array(index.table.pages);
  for (let page = 0; page < rank.length; page += 1) {
    if (!inside.every((found) => found[BODY][page])) continue;
    if (marks.every((found) => found[TITLE][page])) rank[page] = 1;
    else if (inside.every((found) => found[TITLE][page])) rank[page] = 2;
    else rank[page] = inside.every((found) => found[NAME][page]) ? 3 : 4;
  }
  return rank;
};

/** Returns the pages that hold all pairs of all words and pass the filters, the best first, and newer before older. */
const listCandidates = async (index, words, filters) => {
  const ranks = await Promise.all(words.map((word) => rankWord(index, word)));
  const { names, columns, pages } = index.table;
  const wanted = ["school", "month", "measure", "year"]
    .filter((key) => filters[key])
    .map((key) => [columns[key], names[key].indexOf(filters[key]) + 1 || -1]);
  const buckets = [];
  for (let page = 0; page < pages; page += 1) {
    if (!ranks.every((rank) => rank[page]) || !wanted.every(([column, value]) => column[page] === value)) continue;
    (buckets[Math.max(0, ...ranks.map((rank) => rank[page]))] ??= []).push(page);
  }
  return buckets.flat();
};

/** Cuts a text into [text, marked] around the first place of a word. */
const cut = (text, ranges, longest = Infinity) => {
  const from = longest === Infinity || !ranges.length ? 0 : Math.max(0, ranges[0][0] - AROUND);
  const to = Math.min(text.length, from + longest);
  const pieces = from ? [["…", false]] : [];
  let done = from;
  for (const [start, end] of ranges) {
    if (end > to) break;
    pieces.push([text.slice(done, start), false], [text.slice(start, end), true]);
    done = end;
  }
  pieces.push([text.slice(done, to) + (to < text.length ? "…" : ""), false]);
  return pieces.filter(([piece]) => piece);
};

const holds = (page, words, fold) => {
  const texts = [page.t, ...page.x, ...page.a].map(fold);
  return words.every((word) => texts.some((text) => text.includes(word)));
};

const describe = (page, words, findWords) => {
  const places = [];
  const missing = new Set(words);
  // A sentence tells more than a label.
  const lines = page.x.filter((line) => line !== page.t);
  for (const line of [...lines.filter((each) => each.length > LABEL), ...lines.filter((each) => each.length <= LABEL)]) {
    const here = [...missing].filter((word) => findWords(line, [word]).length);
    if (!here.length) continue;
    places.push(cut(line, findWords(line, words), LONGEST));
    for (const word of here) missing.delete(word);
    if (!missing.size || places.length === 2) break;
  }
  // Found by another spelling of a date or a name: then that is the place.
  for (const word of places.length ? [] : missing) {
    const other = page.a.find((alias) => findWords(alias, [word]).length);
    if (other && !findWords(page.t, [word]).length) places.push(cut(other, findWords(other, [word])));
  }
  if (!places.length) places.push(cut(lines.find((line) => line.length > LABEL) ?? "", [], LONGEST));
  const first = places.flat().find(([, marked]) => marked)?.[0] ?? "";
  return { url: page.u, title: cut(page.t, findWords(page.t, words)), kind: page.k, school: page.s, day: page.d, places, first };
};

const answer = async ({ query, filters, page }) => {
  const { index, fold, findWords } = await opened;
  const words = [...new Set(query.split(/\s+/u).map(fold).filter(Boolean))];
  const filtered = Object.values(filters).some(Boolean);
  if (!words.length && !filtered) return { items: [], total: 0, exact: true, names: index.table.names };
  const candidates = await listCandidates(index, words, filters);
  // Two neighbours are what the lists hold; of more, each page's text has the last word.
  const sure = words.every((word) => [...word].length <= 2);
  const wanted = page * SHOWN;
  const found = [];
  let at = sure ? Math.min(candidates.length, wanted - SHOWN) : 0;
  const skipped = at;
  let refused = 0;
  while (at < candidates.length && skipped + found.length < wanted) {
    const batch = candidates.slice(at, at + Math.min(AT_ONCE, sure ? wanted - skipped - found.length : AT_ONCE));
    const texts = await Promise.all(batch.map(index.readPage));
    for (const text of texts) {
      if (sure || holds(text, words, fold)) found.push(text);
      else refused += 1;
    }
    at += batch.length;
  }
  const exact = sure || at >= candidates.length;
  const items = found.slice(wanted - SHOWN - skipped, wanted - skipped).map((text) => describe(text, words, findWords));
  return { items, total: candidates.length - refused, exact, names: index.table.names };
};

// The first message holds the index; each other is a question.
addEventListener("message", async ({ data }) => {
  if (data.index) {
    opened = open(data.index);
    opened.catch(() => {}); // each question says so
    return;
  }
  try {
    postMessage({ turn: data.turn, ...(await answer(data)) });
  } catch (problem) {
    postMessage({ turn: data.turn, problem: String(problem) });
  }
});
