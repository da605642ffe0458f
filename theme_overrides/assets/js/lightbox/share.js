// Sharing and downloading the photo that is open.
import { addressOf, element, fileName, told } from "./photo.js";
import { icons } from "./icons.js";

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

export const addButtons = (pswp, links, note) => {
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
