// One spelling for what is written and what is looked for: generator/site/search_index/spelling.py folds the same way.

/** Returns what folds one character, by OpenCC's table: each traditional character, and behind it the simplified one. */
const makeFolding = (pairs) => {
  const characters = [...pairs.trim()];
  const simplified = new Map();
  for (let at = 0; at < characters.length; at += 2) simplified.set(characters[at], characters[at + 1]);
  const known = new Map();
  return (character) => {
    let plain = known.get(character);
    if (plain === undefined) {
      plain = [...character.normalize("NFKC").toLowerCase()]
        .map((one) => simplified.get(one) ?? one)
        .filter((one) => /[\p{L}\p{N}]/u.test(one))
        .join("");
      known.set(character, plain);
    }
    return plain;
  };
};

/** Returns functions that fold texts: to letters and figures alone, and with the place where each comes from. */
export const makeSpelling = (pairs) => {
  const folding = makeFolding(pairs);
  const fold = (text) => {
    let plain = "";
    for (const character of text) plain += folding(character);
    return plain;
  };
  /** Where the folded words stand in a text: [from, to], without overlaps, in order. */
  const findWords = (text, words) => {
    let plain = "";
    const places = [];
    let at = 0;
    for (const character of text) {
      const folded = folding(character);
      plain += folded;
      for (let unit = 0; unit < folded.length; unit += 1) places.push([at, at + character.length]);
      at += character.length;
    }
    const ranges = [];
    for (const word of words) {
      for (let from = plain.indexOf(word); from >= 0; from = plain.indexOf(word, from + word.length)) {
        ranges.push([places[from][0], places[from + word.length - 1][1]]);
      }
    }
    ranges.sort((one, other) => one[0] - other[0]);
    return ranges.filter((range, place) => place === 0 || range[0] >= ranges[place - 1][1]);
  };
  return { fold, findWords };
};
