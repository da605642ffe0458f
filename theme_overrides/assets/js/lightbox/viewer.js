// Opens one photo of a page in PhotoSwipe, among all that are shown there.
import { figureOf, slide } from "./photo.js";
import { addButtons } from "./share.js";
import { icons } from "./icons.js";
import { addWords, captionHeights, status } from "./words.js";

const TOP_BAR = 56;

// Home and End; and a change of mind while it opens, when PhotoSwipe does not listen yet.
const addKeys = (pswp, links, { inAddress }) => {
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
const keepAddress = (pswp, links, { push, inAddress }) => {
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

const append = (pswp, links, later) => {
  const from = links.length;
  links.push(...later);
  pswp.options.dataSource.push(...later.map(slide));
  pswp.refreshSlideContent(from);
};

// Every slide gets another number, by which PhotoSwipe knows what it has loaded.
const prepend = (pswp, links, earlier) => {
  const count = earlier.length;
  for (const number of links.keys()) pswp.contentLoader.removeByIndex(number);
  links.unshift(...earlier);
  pswp.options.dataSource.unshift(...earlier.map(slide));
  pswp.currIndex += count;
  pswp.potentialIndex += count;
  for (const { slide: holds } of pswp.mainScroll.itemHolders) {
    if (!holds) continue;
    holds.index += count;
    holds.content.index += count;
  }
  pswp.refreshSlideContent(count - 1);
};

// More of the gallery's pages, when the reader comes near either end of what is loaded.
const addFurther = (pswp, links, { wall, shown }) => {
  const take = () => {
    if (pswp.isDestroying) return;
    const found = shown();
    const at = found.indexOf(links[0]);
    const later = found.slice(at + links.length);
    if (later.length) append(pswp, links, later);
    if (at > 0) prepend(pswp, links, found.slice(0, at));
  };
  const want = async (detail) => {
    const wanted = new CustomEvent("photos-wanted", { detail });
    wall.dispatchEvent(wanted);
    await wanted.detail.done;
    if (pswp.opener.isOpen) take();
    else pswp.on("openingAnimationEnd", take);
  };
  pswp.on("change", () => {
    if (!wall || wall.dataset.filtered) return;
    if (pswp.currIndex >= links.length - 2) want({});
    if (pswp.currIndex < 2 && Number(wall.dataset.before)) want({ before: true });
  });
};

// page: its gallery's wall if it has one, the links that are shown, the photo that its address names.
// push: whether the address becomes the photo's.   closed: called when all is as it was.
export const open = (PhotoSwipe, link, { page, push, closed }) => {
  const links = page.shown();
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
  // A thumbnail that is there already stands in for its photo.
  pswp.addFilter("placeholderSrc", (source, content) => content.data.msrc ?? source);
  addButtons(pswp, links, note);
  addWords(pswp, links, note, heights, page.wall);
  addKeys(pswp, links, page);
  keepAddress(pswp, links, { push, inAddress: page.inAddress });
  addFurther(pswp, links, page);

  const outside = [...document.body.children].filter((each) => !each.inert);
  pswp.on("destroy", () => {
    for (const each of outside) each.inert = false;
    closed();
    const last = links[pswp.currIndex];
    (last.closest("[hidden]") ? page.shown()[0] : last)?.focus({ preventScroll: true });
  });
  pswp.init();
  for (const each of outside) each.inert = true;
  return { pswp, links };
};
