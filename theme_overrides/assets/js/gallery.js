// A gallery's filters, and its further pages in place. Without this script there are numbered pages and no filters.
//
// The choice is in the address (`?measure=…&pairing=…&direction=…`). Filters ask all photos of the gallery: the
// pages that are not here yet are fetched first.
"use strict";
(() => {
  const wall = document.querySelector(".wall[data-total]");
  if (!wall) return;

  // Between the photos stand the names of terms, and what fills the row before such a name.
  const isPhoto = (each) => each.classList.contains("wall__item");
  const form = document.querySelector(".filters");
  const nav = document.querySelector(".pages");
  const total = Number(wall.dataset.total);
  const numbers = nav ? [...nav.querySelectorAll("a")] : [];
  const here = Math.max(0, numbers.findIndex((link) => link.hasAttribute("aria-current")));
  const chunks = numbers.length ? numbers.map(() => undefined) : [undefined];
  chunks[here] = [...wall.children];

  const photosOf = (number) => (chunks[number] ?? []).filter(isPhoto);

  // A term is named once, before the first of its photos that are shown.
  const nameTerms = () => {
    let name = "";
    let waiting = [];
    for (const each of wall.children) {
      if (each.classList.contains("wall__term")) {
        each.hidden = true;
        each.previousElementSibling?.classList.contains("wall__rest") && (each.previousElementSibling.hidden = true);
        if (each.textContent !== name) waiting = [each.previousElementSibling, each];
        name = each.textContent;
      } else if (isPhoto(each) && !each.hidden) {
        for (const one of waiting) if (one && !isPhoto(one)) one.hidden = false;
        waiting = [];
      }
    }
  };

  const skipped = Number(wall.dataset.before);
  // The first page of those before this one that are all here.
  const earliest = () => {
    let first = here;
    while (chunks[first - 1]) first -= 1;
    return first;
  };

  const fetched = new Map();
  const fetchPage = async (number) => {
    const answer = await fetch(numbers[number].href);
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = page.querySelector(".wall[data-total]");
    // Another page lies deeper or higher, so its addresses start otherwise.
    for (const each of there.querySelectorAll("[href], [src], [srcset]")) {
      for (const name of ["href", "src", "srcset"]) {
        const value = each.getAttribute(name);
        if (value !== null) each.setAttribute(name, value.replaceAll(there.dataset.base, wall.dataset.base));
      }
    }
    for (const image of there.querySelectorAll("img[fetchpriority]")) {
      image.removeAttribute("fetchpriority");
      image.loading = "lazy";
    }
    return [...there.children].map((each) => document.adoptNode(each));
  };
  const loadPage = (number) => {
    if (!fetched.has(number)) {
      const promise = fetchPage(number).then((items) => {
        chunks[number] = items;
        const next = chunks.slice(number + 1).find(Boolean)?.[0] ?? null;
        for (const each of items) wall.insertBefore(each, next);
        nameTerms();
        if (here) wall.dataset.before = String((skipped / here) * earliest());
      });
      fetched.set(number, promise);
      promise.catch(() => fetched.delete(number));
    }
    return fetched.get(number);
  };
  const loadAll = async () => {
    const outcomes = await Promise.allSettled(chunks.map((items, number) => items ?? loadPage(number)));
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (failed) throw failed.reason;
  };
  const items = () => chunks.flatMap((_, number) => photosOf(number));

  // Further pages: one button instead of the numbers.
  let more;
  const upcoming = () => chunks.findIndex((each, number) => number > here && !each);
  const showMore = () => {
    const filtered = Boolean(wall.dataset.filtered);
    if (nav) nav.hidden = Boolean(more) || filtered;
    if (!more) return;
    const next = upcoming();
    more.box.hidden = filtered || next < 0;
    const left = total - items().length;
    more.button.textContent = `再显示${next === chunks.length - 1 ? left : Math.min(photosOf(here).length, left)}张`;
    more.state.textContent = `已显示${items().length}张，共${total}张`;
  };
  const next = async () => {
    const number = upcoming();
    if (number < 0) return;
    if (more) more.button.disabled = true;
    try {
      await loadPage(number);
    } finally {
      if (more) more.button.disabled = false;
      showMore();
    }
  };
  if (nav && here === 0) {
    const box = document.createElement("div");
    const state = document.createElement("p");
    const button = document.createElement("button");
    box.className = "wall-more";
    button.type = "button";
    button.className = "button button--quiet";
    state.setAttribute("role", "status");
    box.append(button, state);
    nav.before(box);
    more = { box, button, state };
    button.addEventListener("click", async () => {
      const first = upcoming();
      try {
        await next();
        photosOf(first)[0]?.querySelector("a").focus({ preventScroll: true });
      } catch {
        state.textContent = "没有取到，请检查网络后再试。";
      }
    });
    showMore();
  }

  // The lightbox asks for the next page, the one before, or all that the address may mean.
  let applied = Promise.resolve();
  wall.addEventListener("photos-wanted", (event) => {
    const { all, before } = event.detail;
    const loading = all ? loadAll() : before ? loadPage(earliest() - 1) : next();
    event.detail.done = Promise.all([loading, applied]).catch(() => {}).finally(showMore);
  });

  if (!form) return;
  form.classList.add("is-ready");
  const selects = [...form.querySelectorAll("select")];
  const found = document.querySelector(".found");
  const everything = [...found.childNodes];
  const clear = document.querySelector(".found__all");

  const chosen = () => selects.filter((select) => select.value);
  const fits = (item, asked) => asked.every((select) => item.dataset[select.name] === select.value);

  // Each choice says how many photos it would leave.
  const count = () => {
    for (const select of selects) {
      const others = chosen().filter((other) => other !== select);
      const left = items().filter((item) => fits(item, others));
      for (const option of select.options) {
        if (!option.value) continue;
        const number = left.filter((item) => item.dataset[select.name] === option.value).length;
        option.textContent = `${option.dataset.name}（${number}）`;
        option.disabled = !number && !option.selected;
      }
    }
  };

  let turn = 0;
  const apply = async () => {
    const mine = ++turn;
    const asked = chosen();
    clear.hidden = !asked.length;
    let missing = "";
    if (asked.length) wall.dataset.filtered = "true";
    else delete wall.dataset.filtered;
    if (asked.length && chunks.includes(undefined)) {
      // Nothing is shown that would move or go at once.
      wall.classList.add("is-waiting");
      found.textContent = "正在取其余的图片……";
      try {
        await loadAll();
      } catch {
        missing = `（其余${total - items().length}张没有取到，请检查网络后再选）`;
      }
      if (mine !== turn) return;
    }
    wall.classList.remove("is-waiting");
    const held = document.activeElement;
    const shown = [];
    for (const item of items()) {
      item.hidden = !fits(item, asked);
      if (!item.hidden) shown.push(item);
    }
    nameTerms();
    const left = shown.length;
    // Whoever stood on a photo that goes, as after the lightbox closed and the address became the gallery's again.
    if (held?.closest(".wall [hidden]")) {
      (shown[0]?.querySelector("a.photo") ?? selects[0]).focus({ preventScroll: true });
    }
    if (!chunks.includes(undefined)) count();
    if (!asked.length) found.replaceChildren(...everything);
    else if (left) found.textContent = `找到${left}张，共${total}张${missing}`;
    else found.textContent = `没有这样的图片${missing}`;
    showMore();
  };

  const toAddress = () => {
    const query = new URLSearchParams(location.search);
    for (const select of selects) {
      if (select.value) query.set(select.name, select.value);
      else query.delete(select.name);
    }
    const text = query.toString();
    history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : "") + location.hash);
  };
  const fromAddress = () => {
    const query = new URLSearchParams(location.search);
    for (const select of selects) {
      const value = query.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
  };

  form.addEventListener("change", () => {
    toAddress();
    applied = apply();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const select of selects) select.value = "";
    selects[0].focus();
    toAddress();
    applied = apply();
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  // Going back or forth, the choice is the address's again.
  addEventListener("popstate", () => {
    const values = () => selects.map((select) => select.value).join();
    const before = values();
    fromAddress();
    if (values() !== before) applied = apply();
  });

  fromAddress();
  if (chosen().length) applied = apply();
})();
