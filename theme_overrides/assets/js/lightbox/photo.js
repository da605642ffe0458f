// What a page says of a photo, a link `figure a.photo`: its words, its lasting address, its place among the slides.

export const element = (name, className, text = "") => {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
};

export const figureOf = (link) => link.closest("figure");

export const told = (link) => {
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
export const addressOf = (link) => {
  const { id } = figureOf(link);
  const { activity } = told(link);
  return activity ? `${activity}#photo=${id.split("/").at(-1)}` : new URL(`#${id}`, location.href).href;
};

export const fileName = (link) => {
  const address = new URL(addressOf(link));
  const activity = address.pathname.split("/").filter(Boolean).slice(-4);
  return `${[...activity, address.hash.slice("#photo=".length)].join("-")}.webp`;
};

export const slide = (link) => {
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
