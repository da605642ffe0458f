// Search over data/search.json: [{u: url, t: title, k: kind, s: school, m: month, x: text}, …].
//
// Han text has no spaces, and a dictionary would miss names: every Han character and every pair of
// neighbours is a term, on both sides. A query of two or more characters is then found wherever it stands,
// because a text that holds it holds all its pairs; texts that hold it as it was typed come first.
"use strict";
(() => {
  const script = document.currentScript;
  const form = document.getElementById("search-form");
  const field = document.getElementById("search-query");
  const count = document.getElementById("search-count");
  const list = document.getElementById("search-results");
  const ways = document.getElementById("search-ways");
  if (!form || !list) return;

  const SHOWN = 20;
  const base = list.dataset.base;
  const han = /\p{Script=Han}/u;
  const runs = /\p{Script=Han}+|[\p{L}\p{N}]+/gu;

  // One spelling for full-width and plain letters and digits. Character by character, and only where the
  // length stays, so that a place in the folded text is the same place in the text itself.
  const folded = (text) =>
    text.replace(/[^\p{Script=Han}]/gu, (character) => {
      const plain = character.normalize("NFKC").toLowerCase();
      return plain.length === character.length ? plain : character;
    });

  // Characters and pairs of each Han run; words of other scripts whole.
  const terms = (text) => {
    const found = [];
    for (const [run] of folded(text).matchAll(runs)) {
      if (!han.test(run[0])) {
        found.push(run);
        continue;
      }
      const characters = [...run];
      characters.forEach((character, at) => {
        found.push(character);
        if (at + 1 < characters.length) found.push(character + characters[at + 1]);
      });
    }
    return found;
  };

  // A longer Han run is asked by its pairs alone: its single characters would only weigh the answer down.
  const asked = (text) => {
    const all = terms(text);
    const covered = new Set(all.filter((term) => [...term].length === 2 && han.test(term)).flatMap((term) => [...term]));
    return all.filter((term) => !covered.has(term));
  };

  const loadScript = (source) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = source;
      element.onload = resolve;
      element.onerror = () => reject(new Error(source));
      document.head.append(element);
    });

  let index;
  const ready = () => {
    index ??= (async () => {
      const [answer] = await Promise.all([
        fetch(`${base}data/search.json`),
        loadScript(new URL("../vendor/minisearch-7.2.0.js", script.src).href),
      ]);
      if (!answer.ok) throw new Error(`search.json: ${answer.status}`);
      const records = await answer.json();
      const engine = new MiniSearch({
        idField: "u",
        fields: ["t", "s", "k", "m", "x"],
        tokenize: terms,
        processTerm: (term) => term,
      });
      await engine.addAllAsync(records, { chunkSize: 100 });
      return { engine, records: new Map(records.map((record) => [record.u, record])) };
    })();
    return index;
  };

  const textOf = (record) => folded(`${record.t}\n${record.s}\n${record.k}\n${record.m}\n${record.x}`);

  const wordsOf = (query) => folded(query).split(/\s+/).filter(Boolean);

  // Records are of 2020年9月, bulletins of 九月 as well: who looks for 九月 wants both.
  const MONTHS = "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月".split(" ");
  const inFigures = (query) => query.replace(/十?[一二三四五六七八九]月|十月/gu, (month) => `年${MONTHS.indexOf(month) + 1}月`);

  const search = (index, query) => {
    const figures = inFigures(query);
    const others = figures === query ? [] : found(index, figures).filter(holds(wordsOf(figures)));
    return [...new Set([...found(index, query), ...others])];
  };

  const holds = (words) => (record) => words.every((word) => textOf(record).includes(word));

  const found = ({ engine, records }, query) => {
    const hits = engine
      .search(query, {
        tokenize: asked,
        combineWith: "AND",
        prefix: (term) => !han.test(term),
        boost: { t: 4, s: 3, k: 2, m: 2 },
      })
      .map((hit) => records.get(hit.id));
    const asTyped = holds(wordsOf(query));
    // A piece out of the middle of a Latin word or a number is no term: then the texts are read through.
    const all = hits.length ? hits : [...records.values()].filter(asTyped);
    return [...all.filter(asTyped), ...all.filter((record) => !asTyped(record))];
  };

  // Writes text into an element, with the words of the query marked.
  const marked = (element, text, words) => {
    const plain = folded(text);
    const ranges = [];
    for (const word of words) {
      for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length)) ranges.push([at, at + word.length]);
    }
    ranges.sort((one, other) => one[0] - other[0]);
    let done = 0;
    for (const [from, to] of ranges) {
      if (from < done) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, to);
      element.append(text.slice(done, from), mark);
      done = to;
    }
    element.append(text.slice(done));
    return element;
  };

  const snippet = (text, words) => {
    const plain = folded(text);
    const first = Math.min(...words.map((word) => plain.indexOf(word)).filter((at) => at >= 0));
    const from = Number.isFinite(first) ? Math.max(0, first - 24) : 0;
    return (from ? "…" : "") + text.slice(from, from + 96) + (from + 96 < text.length ? "…" : "");
  };

  const item = (record, words) => {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = base + record.u;
    const meta = document.createElement("p");
    meta.className = "search-meta";
    meta.textContent = [record.k, record.s === record.t ? "" : record.s, record.m].filter(Boolean).join(" · ");
    entry.append(marked(link, record.t, words), meta);
    if (record.x) entry.append(marked(document.createElement("p"), snippet(record.x, words), words));
    return entry;
  };

  const show = (results, words) => {
    document.getElementById("search-more")?.remove();
    list.replaceChildren(...results.slice(0, SHOWN).map((record) => item(record, words)));
    if (results.length <= SHOWN) return;
    const more = document.createElement("button");
    more.id = "search-more";
    more.type = "button";
    more.className = "button button--quiet search-more";
    more.textContent = `再显示 ${Math.min(SHOWN, results.length - SHOWN)} 条`;
    more.addEventListener("click", () => {
      const at = list.children.length;
      list.append(...results.slice(at, at + SHOWN).map((record) => item(record, words)));
      list.children[at].querySelector("a").focus();
      if (list.children.length >= results.length) more.remove();
      else more.textContent = `再显示 ${Math.min(SHOWN, results.length - list.children.length)} 条`;
    });
    list.after(more);
  };

  let latest = 0;
  const answer = async (query) => {
    const turn = ++latest;
    const words = wordsOf(query);
    ways.hidden = words.length > 0;
    if (!words.length) {
      count.textContent = "";
      show([], words);
      return;
    }
    if (!list.children.length) count.textContent = "正在查找……";
    try {
      const results = search(await ready(), query);
      if (turn !== latest) return;
      show(results, words);
      count.textContent = results.length ? `找到 ${results.length} 条` : `没有找到“${query}”。换一个词，或少写几个字再试。`;
      ways.hidden = results.length > 0;
    } catch (problem) {
      if (turn !== latest) return;
      count.textContent = "搜索数据没有取到，请检查网络后再试。";
      ways.hidden = false;
      index = undefined;
      throw problem;
    }
  };

  const fromAddress = () => new URLSearchParams(location.search).get("q")?.trim() ?? "";

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = field.value.trim();
    if (query !== fromAddress()) history.pushState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    answer(query);
  });
  let pause;
  field.addEventListener("input", (event) => {
    clearTimeout(pause);
    if (event.isComposing) return;
    pause = setTimeout(() => answer(field.value.trim()), 150);
  });
  field.addEventListener("compositionend", () => answer(field.value.trim()));
  field.addEventListener("focus", () => ready().catch(() => {}), { once: true });
  addEventListener("popstate", () => {
    field.value = fromAddress();
    answer(field.value);
  });

  // On a slow connection this runs when somebody has begun to type: what is typed counts, never what is not.
  field.value ||= fromAddress();
  if (field.value.trim()) answer(field.value.trim());
  else field.focus();
})();
