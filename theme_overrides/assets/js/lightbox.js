// Opens the photos of a page (`figure a.photo`) in PhotoSwipe. Without this script the links lead to the picture.
//
// The address of an open photo ends with its figure's id: `#photo=NUMBER` on an activity's page,
// `#photo=ACTIVITY/NUMBER` in a gallery. Going back closes it; whoever opens such an address sees the photo.
"use strict";
(() => {
  const script = document.currentScript;
  const vendor = new URL("../vendor/photoswipe-5.4.4/", script.src);
  // A gallery, whose further pages and filters are gallery.js's; an activity's page has none.
  const wall = document.querySelector(".wall[data-total]");
  const LINKS = "figure a.photo";
  if (!wall && !document.querySelector(LINKS)) return;

  const PREFIX = "photo=";
  const PLACE = /^photo=([a-z0-9-]+(?:\/[a-z0-9-]+){3})\/(\d+)$/;
  const TOP_BAR = 56;

  const icon = (path) =>
    `<svg class="lightbox__icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">${path}</svg>`;
  const icons = {
    close: icon('<path d="M5.5 5.5l13 13M18.5 5.5l-13 13"/>'),
    before: icon('<path d="M15 4.5L7.5 12l7.5 7.5"/>'),
    after: icon('<path d="M9 4.5l7.5 7.5L9 19.5"/>'),
    zoom: icon('<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5l5 5M7.5 10.5h6"/><path class="lightbox__plus" d="M10.5 7.5v6"/>'),
    share: icon('<path d="M12 15V3.5M7.5 8L12 3.5 16.5 8M6 11.5H4.5v9h15v-9H18"/>'),
    download: icon('<path d="M12 3.5V15M7.5 10.5L12 15l4.5-4.5M4.5 20.5h15"/>'),
  };

  const element = (name, className, text = "") => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  };

  // --- the library, fetched once, when a reader is about to need it

  const sheet = (address) =>
    new Promise((resolve, reject) => {
      const link = document.createElement("link");
      Object.assign(link, { rel: "stylesheet", href: address, onload: resolve, onerror: reject });
      document.head.append(link);
    });

  let library;
  const load = () => {
    library ??= Promise.all([
      import(new URL("photoswipe.esm.min.js", vendor).href),
      sheet(new URL("photoswipe.css", vendor).href).then(() => sheet(new URL("../css/lightbox.css", script.src).href)),
    ]).then(([module]) => module.default);
    library.catch(() => {
      library = undefined;
    });
    return library;
  };

  // --- what the page says of a photo

  // A filtered gallery hides the photos that nobody asked for.
  const shown = () => [...document.querySelectorAll(LINKS)].filter((link) => !link.closest("[hidden]"));
  const figureOf = (link) => link.closest("figure");

  const told = (link) => {
    const figure = figureOf(link);
    const page = link.closest("[data-school]")?.dataset;
    const text = (selector) => figure.querySelector(selector)?.textContent ?? "";
    const day = figure.querySelector("time")?.dateTime.split("-").map(Number);
    return {
      caption: text(".caption"),
      facts: [
        day ? `${day[0]}年${day[1]}月${day[2]}日` : "",
        text(".caption__school") || page?.school,
        text(".caption__measure") || page?.measure,
      ].filter(Boolean),
      activity: figure.querySelector("a.caption__activity")?.href,
      title: text(".caption__title"),
    };
  };

  // A photo's lasting address is on its activity's page: a gallery's pages move on as photos are added.
  const addressOf = (link) => {
    const { id } = figureOf(link);
    const { activity } = told(link);
    return activity ? `${activity}#${PREFIX}${PLACE.exec(id)[2]}` : new URL(`#${id}`, location.href).href;
  };

  const fileName = (link) => {
    const address = new URL(addressOf(link));
    const activity = address.pathname.split("/").filter(Boolean).slice(-4);
    return `${[...activity, address.hash.slice(PREFIX.length + 1)].join("-")}.webp`;
  };

  const slide = (link) => {
    const image = link.querySelector("img");
    return {
      element: link,
      src: link.href,
      srcset: link.querySelector("source:not([media])")?.srcset,
      width: Number(image.getAttribute("width")),
      height: Number(image.getAttribute("height")),
      alt: image.alt,
      msrc: image.complete && image.naturalWidth ? image.currentSrc : undefined,
      thumbCropped: true,
    };
  };

  // --- the page's address

  const inAddress = () => {
    try {
      const id = decodeURIComponent(location.hash.slice(1));
      return id.startsWith(PREFIX) ? id : "";
    } catch {
      return "";
    }
  };
  const linkOf = (id) => (id && document.getElementById(id)?.querySelector("a.photo")) || null;

  // --- parts of the lightbox

  const captionPanel = () => {
    const panel = element("div", "lightbox__caption");
    const words = element("div", "lightbox__words");
    const caption = element("p", "lightbox__title");
    const facts = element("p", "lightbox__facts");
    const way = element("a", "lightbox__activity", "看这项活动");
    words.append(caption, facts);
    panel.append(words, way);
    return {
      panel,
      fill: (link) => {
        const known = told(link);
        caption.textContent = known.caption;
        facts.replaceChildren(...known.facts.map((fact) => element("span", "", fact)));
        way.hidden = !known.activity;
        if (!known.activity) return;
        way.href = known.activity;
        way.title = known.title;
      },
    };
  };

  // How much room each caption takes below its photo, measured out of sight.
  const captionHeights = (links) => {
    const { panel, fill } = captionPanel();
    const heights = new Map();
    panel.classList.add("lightbox__caption--measured");
    panel.inert = true;
    return {
      panel,
      of: (index, width) => {
        const key = `${index} ${width}`;
        if (!heights.has(key) && panel.isConnected) {
          fill(links[index]);
          heights.set(key, panel.offsetHeight);
        }
        return heights.get(key) ?? 0;
      },
    };
  };

  const status = (className) => {
    const made = element("p", className);
    made.setAttribute("role", "status");
    return made;
  };

  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    // Without TLS a browser has no clipboard but this.
    const field = element("textarea", "visually-hidden");
    field.value = text;
    document.querySelector(".pswp").append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("not copied");
  };

  const share = async (link, note) => {
    const url = addressOf(link);
    const { caption, facts } = told(link);
    try {
      if (navigator.share) {
        await navigator.share({ title: caption, text: `${caption}（${facts.join("，")}）`, url });
      } else {
        await copy(url);
        note.textContent = "链接已复制";
      }
    } catch (problem) {
      // An abort is the reader's change of mind.
      if (problem.name !== "AbortError") note.textContent = `没有复制成功，链接是 ${url}`;
    }
  };

  const addButtons = (pswp, links, note) => {
    pswp.on("uiRegister", () => {
      pswp.ui.registerElement({
        name: "download",
        className: "lightbox__download",
        order: 8,
        isButton: true,
        tagName: "a",
        title: "下载这张图片",
        html: icons.download,
        onInit: (button) =>
          pswp.on("change", () => {
            button.href = links[pswp.currIndex].href;
            button.download = fileName(links[pswp.currIndex]);
          }),
      });
      pswp.ui.registerElement({
        name: "share",
        className: "lightbox__share",
        order: 9,
        isButton: true,
        title: navigator.share ? "分享这张图片" : "复制这张图片的链接",
        html: icons.share,
        onClick: () => share(links[pswp.currIndex], note),
      });
    });
  };

  // Says which photo is shown: in the caption, in the bar, aloud, and in what the slides are called.
  const addWords = (pswp, links, note, heights) => {
    const { panel, fill } = captionPanel();
    const count = element("p", "lightbox__count");
    const said = status("visually-hidden");
    const filtered = () => Boolean(wall?.dataset.filtered);
    const total = () => (filtered() ? links.length : Math.max(links.length, Number(wall?.dataset.total ?? 0)));
    const number = (index) => index + 1 + (filtered() ? 0 : Number(wall?.dataset.before ?? 0));
    pswp.on("firstUpdate", () => {
      pswp.element.setAttribute("aria-label", "图片");
      pswp.element.setAttribute("aria-modal", "true");
      pswp.scrollWrap.setAttribute("role", "group");
      pswp.scrollWrap.setAttribute("aria-roledescription", "图片浏览");
      pswp.scrollWrap.setAttribute("aria-label", "图片浏览");
      for (const { el } of pswp.mainScroll.itemHolders) el.setAttribute("aria-roledescription", "图片");
      panel.classList.add("pswp__hide-on-close");
      pswp.topBar.prepend(count);
      pswp.element.append(panel, heights.panel, note, said);
    });
    pswp.on("change", () => {
      const at = links[pswp.currIndex];
      fill(at);
      note.textContent = "";
      count.textContent = total() > 1 ? `${number(pswp.currIndex)} / ${total()}` : "";
      said.textContent = `第${number(pswp.currIndex)}张，共${total()}张：${told(at).caption}`;
      for (const { el, slide: holds } of pswp.mainScroll.itemHolders) {
        if (holds) el.setAttribute("aria-label", `第${number(holds.index)}张`);
      }
    });
  };

  // Home and End; and a change of mind while it opens, when PhotoSwipe does not listen yet.
  const addKeys = (pswp, links) => {
    pswp.on("keydown", (event) => {
      const key = event.originalEvent;
      const to = { Home: 0, End: links.length - 1 }[key.key];
      if (to === undefined || key.altKey || key.ctrlKey || key.metaKey) return;
      event.preventDefault();
      key.preventDefault();
      pswp.goTo(to);
    });
    let left = false;
    const early = (event) => {
      left ||= event.key === "Escape";
    };
    document.addEventListener("keydown", early);
    pswp.on("openingAnimationEnd", () => {
      document.removeEventListener("keydown", early);
      if (left || !inAddress()) pswp.close();
    });
  };

  // The address names the photo, and the page behind stands where the photo is.
  const keepAddress = (pswp, links, { push }) => {
    const here = () => figureOf(links[pswp.currIndex]);
    pswp.on("beforeOpen", () => {
      if (!push) return;
      // Going back must not scroll away from the photo that was seen last.
      history.scrollRestoration = "manual";
      history.pushState({ lightbox: true }, "", `#${figureOf(links[pswp.options.index]).id}`);
    });
    pswp.on("change", () => {
      if (!pswp.opener.isOpen) return;
      history.replaceState(history.state, "", `#${here().id}`);
      here().scrollIntoView({ block: "nearest", behavior: "instant" });
    });
    pswp.on("close", () => {
      here().scrollIntoView({ block: "nearest", behavior: "instant" });
      if (!inAddress()) return;
      if (history.state?.lightbox) history.back();
      else history.replaceState(null, "", location.pathname + location.search);
    });
  };

  // More of the gallery's pages, when the reader comes near the end of what is loaded.
  const addFurther = (pswp, links) => {
    pswp.on("change", async () => {
      if (pswp.currIndex < links.length - 2 || !wall || wall.dataset.filtered) return;
      const wanted = new CustomEvent("photos-wanted", { detail: {} });
      wall.dispatchEvent(wanted);
      await wanted.detail.done;
      const found = shown();
      if (current?.pswp !== pswp || pswp.isDestroying || found.length <= links.length) return;
      const from = links.length;
      links.push(...found.slice(from));
      pswp.options.dataSource.push(...links.slice(from).map(slide));
      pswp.refreshSlideContent(from);
    });
  };

  // --- opening and closing

  let current;

  const open = async (link, { push }) => {
    if (current) return;
    let PhotoSwipe;
    try {
      PhotoSwipe = await load();
    } catch {
      location.href = link.href;
      return;
    }
    if (current) return;
    const links = shown();
    const note = status("lightbox__note");
    const heights = captionHeights(links);
    const pswp = new PhotoSwipe({
      dataSource: links.map(slide),
      index: links.indexOf(link),
      mainClass: "lightbox",
      loop: false,
      counter: false,
      bgOpacity: 1,
      preload: [1, 1],
      returnFocus: false,
      closeTitle: "关闭",
      zoomTitle: "放大或还原",
      arrowPrevTitle: "上一张",
      arrowNextTitle: "下一张",
      errorMsg: "这张图片没有取到，请检查网络后再试。",
      closeSVG: icons.close,
      zoomSVG: icons.zoom,
      arrowPrevSVG: icons.before,
      arrowNextSVG: icons.after,
      paddingFn: (viewport, _, index) => {
        const side = viewport.x > 900 ? 72 : 0;
        return { top: TOP_BAR, bottom: heights.of(index, viewport.x), left: side, right: side };
      },
    });
    current = { pswp, links };
    // A thumbnail that is there already stands in for its photo.
    pswp.addFilter("placeholderSrc", (source, content) => content.data.msrc ?? source);
    addButtons(pswp, links, note);
    addWords(pswp, links, note, heights);
    addKeys(pswp, links);
    keepAddress(pswp, links, { push });
    addFurther(pswp, links);

    const outside = [...document.body.children].filter((each) => !each.inert);
    pswp.on("destroy", () => {
      for (const each of outside) each.inert = false;
      current = undefined;
      links[pswp.currIndex].focus({ preventScroll: true });
    });
    pswp.init();
    for (const each of outside) each.inert = true;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(LINKS);
    if (!link || event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link, { push: true });
  });

  for (const type of ["pointerover", "touchstart", "focusin"]) {
    document.addEventListener(type, (event) => event.target.closest?.(LINKS) && load(), { passive: true });
  }

  addEventListener("popstate", () => {
    const id = inAddress();
    const link = linkOf(id);
    // Only once the browser has done what it does on the way back.
    if (!id) setTimeout(() => (history.scrollRestoration = "auto"));
    if (!current) {
      if (link) open(link, { push: false });
    } else if (!id) {
      current.pswp.close();
    } else if (link && current.links.includes(link)) {
      current.pswp.goTo(current.links.indexOf(link));
    }
  });

  // An address of a photo that this page does not hold: further pages of the gallery may, its activity does.
  const arrive = async () => {
    const id = inAddress();
    if (!id) return;
    if (wall && (!linkOf(id) || location.search)) {
      const wanted = new CustomEvent("photos-wanted", { detail: { all: true } });
      wall.dispatchEvent(wanted);
      await wanted.detail.done;
    }
    const link = linkOf(id);
    if (link) open(link, { push: false });
    else if (wall && PLACE.test(id)) {
      const [, activity, number] = PLACE.exec(id);
      location.replace(`${wall.dataset.base}schools/${activity}/#${PREFIX}${number}`);
    }
  };
  arrive();
})();
