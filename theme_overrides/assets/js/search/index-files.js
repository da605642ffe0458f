// Reads the index that generator/site/search_index/write_index.py writes; fetches each file once, and only when asked for.

const TEXTS_KEPT = 200;

/** Unpacks bytes, unless the server has unpacked them on the way. */
const unpack = async (bytes) => {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
};

const fetchPacked = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return unpack(new Uint8Array(await answer.arrayBuffer()));
};

const readJson = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

/** Returns an object that fetches by key what `load` loads, keeps the newest, and forgets what failed. */
const makeStore = (load, most = Infinity) => {
  const kept = new Map();
  return (key) => {
    if (!kept.has(key)) {
      const loading = load(key);
      kept.set(key, loading);
      loading.catch(() => kept.delete(key));
      if (kept.size > most) kept.delete(kept.keys().next().value);
    }
    return kept.get(key);
  };
};

/** Returns the last place in a sorted list whose item does not come after what `compare` looks for, or -1. */
const findLast = (count, isAfter) => {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(middle)) high = middle;
    else low = middle + 1;
  }
  return low - 1;
};

const readLists = (bytes) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(0, true);
  const number = (place) => view.getUint32(4 * place, true);
  const data = bytes.subarray(4 * (1 + 3 * count));
  const end = (list) => (list < 0 ? 0 : number(1 + 2 * count + list));
  return {
    count,
    first: (list) => number(1 + 2 * list),
    second: (list) => number(2 + 2 * list),
    /** Calls `visit` with each page of a list. */
    visit(list, visit) {
      let page = 0;
      for (let at = end(list - 1); at < end(list); ) {
        let gap = 0;
        for (let shift = 0; ; shift += 7) {
          const byte = data[at++];
          gap |= (byte & 0x7f) << shift;
          if (byte < 0x80) break;
        }
        page += gap;
        visit(page);
      }
    },
  };
};

/** Opens the index in a folder, by the bytes of its table, which the page fetches while this script is on its way. */
export const openIndex = async ({ folder, bytes }) => {
  const table = readJson(await unpack(new Uint8Array(bytes)));
  const name = (kind, number) => `${folder}${kind}${String(number).padStart(5, "0")}.gz`;
  const lists = makeStore(async (number) => readLists(await fetchPacked(name("p", number))));
  const texts = makeStore(async (number) => readJson(await fetchPacked(name("t", number))), TEXTS_KEPT);

  /** Marks in three arrays, by class of text, the pages that hold a pair; without a second character, any pair of the first. */
  const markPages = async (first, second, marks) => {
    const [low, high] = second === undefined ? [0, 0x1fffff] : [second, second];
    const compare = ([one, other], to) => one - first || other - to;
    // A file may begin with a later class of the very pair that the one before ends with.
    const from = Math.max(0, findLast(table.pairs.length, (at) => compare(table.pairs[at], low) >= 0));
    const last = findLast(table.pairs.length, (at) => compare(table.pairs[at], high) > 0);
    const files = [];
    for (let number = from; number <= last; number += 1) files.push(lists(number));
    for (const file of await Promise.all(files)) {
      const after = (list, wanted) => file.first(list) - first || (file.second(list) >> 2) - wanted;
      for (let list = findLast(file.count, (at) => after(at, low) >= 0) + 1; list < file.count && after(list, high) <= 0; list += 1) {
        const mark = marks[file.second(list) & 3];
        file.visit(list, (page) => (mark[page] = 1));
      }
    }
  };

  /** Returns a page's text, fetched with its neighbours'. */
  const readPage = async (number) => {
    const file = findLast(table.texts.length, (at) => table.texts[at] > number);
    return (await texts(file))[number - table.texts[file]];
  };
  return { table, markPages, readPage };
};
