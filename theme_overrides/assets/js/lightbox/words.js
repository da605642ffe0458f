// The words around an open photo: its caption below, its number in the bar, both aloud.
import { element, figureOf, told } from "./photo.js";

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
export const captionHeights = (links) => {
  const { panel, fill } = captionPanel();
  const heights = new Map();
  panel.classList.add("lightbox__caption--measured");
  panel.inert = true;
  return {
    panel,
    of: (index, width) => {
      const key = `${figureOf(links[index]).id} ${width}`;
      if (!heights.has(key) && panel.isConnected) {
        fill(links[index]);
        heights.set(key, panel.offsetHeight);
      }
      return heights.get(key) ?? 0;
    },
  };
};

export const status = (className) => {
  const made = element("p", className);
  made.setAttribute("role", "status");
  return made;
};

// Says which photo is shown: in the caption, in the bar, aloud, and in what the slides are called.
export const addWords = (pswp, links, note, heights, wall) => {
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
