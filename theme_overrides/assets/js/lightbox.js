// Opens the photos of a page (`figure a.photo`) in PhotoSwipe. Without this script the links lead to the picture.
//
// The address of an open photo ends with its figure's id: `#photo=NUMBER` on an activity's page,
// `#photo=ACTIVITY/NUMBER` in a gallery. Going back closes it; whoever opens such an address sees the photo.
// What an open photo needs, the library and ./lightbox/, is fetched when a reader is about to open one.
"use strict";
(() => {
  const script = document.currentScript;
  // A gallery, whose further pages and filters are gallery.js's; an activity's page has none.
  const wall = document.querySelector(".wall[data-total]");
  const LINKS = "figure a.photo";
  if (!wall && !document.querySelector(LINKS)) return;

  const PREFIX = "photo=";
  const PLACE = /^photo=([a-z0-9-]+(?:\/[a-z0-9-]+){3})\/(\d+)$/;

  const sheet = (address) =>
    new Promise((resolve, reject) => {
      const link = document.createElement("link");
      Object.assign(link, { rel: "stylesheet", href: address, onload: resolve, onerror: reject });
      document.head.append(link);
    });

  let library;
  const load = () => {
    const at = (path) => new URL(path, script.src).href;
    library ??= Promise.all([
      import(at("../vendor/photoswipe-5.4.4/photoswipe.esm.min.js")),
      import(at("lightbox/viewer.js")),
      sheet(at("../vendor/photoswipe-5.4.4/photoswipe.css")).then(() => sheet(at("../css/lightbox.css"))),
    ]).then(([photoswipe, viewer]) => ({ PhotoSwipe: photoswipe.default, show: viewer.open }));
    library.catch(() => {
      library = undefined;
    });
    return library;
  };

  // A filtered gallery hides the photos that nobody asked for.
  const shown = () => [...document.querySelectorAll(LINKS)].filter((link) => !link.closest("[hidden]"));

  const inAddress = () => {
    try {
      const id = decodeURIComponent(location.hash.slice(1));
      return id.startsWith(PREFIX) ? id : "";
    } catch {
      return "";
    }
  };
  const linkOf = (id) => (id && document.getElementById(id)?.querySelector("a.photo")) || null;

  let current;

  const open = async (link, { push }) => {
    if (current) return;
    let loaded;
    try {
      loaded = await load();
    } catch {
      location.href = link.href;
      return;
    }
    if (current) return;
    // Whoever has a photo's address sees that photo, even one that the filters hide.
    if (link.closest("[hidden]")) document.querySelector(".filters")?.reset();
    const closed = () => {
      current = undefined;
    };
    current = loaded.show(loaded.PhotoSwipe, link, { page: { wall, shown, inAddress }, push, closed });
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
