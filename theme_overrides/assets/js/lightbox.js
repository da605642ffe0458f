// Opens the photos of a page (`a.photo` within a figure) in a dialog. Without this script the links lead to the picture.
"use strict";
(() => {
  const links = [...document.querySelectorAll("figure a.photo")];
  if (!links.length || typeof HTMLDialogElement === "undefined") return;

  const SWIPE = 48;
  const script = document.currentScript;
  let at = 0;
  let parts;
  let start;

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const button = (className, label, sign) => {
    const made = element("button", { type: "button", className: `lightbox__button ${className}`, title: label });
    made.setAttribute("aria-label", label);
    made.append(sign);
    return made;
  };

  const build = () => {
    document.head.append(
      element("link", { rel: "stylesheet", href: new URL("../css/lightbox.css", script.src).href }),
    );
    const image = element("img", { className: "lightbox__image", decoding: "async", draggable: false });
    const caption = element("figcaption", { className: "lightbox__caption" });
    const count = element("p", { className: "lightbox__count" });
    count.setAttribute("role", "status");
    const close = button("lightbox__close", "关闭", "✕");
    const before = button("lightbox__before", "上一张", "‹");
    const after = button("lightbox__after", "下一张", "›");
    const figure = element("figure", { className: "lightbox__figure" }, image, caption);
    const dialog = element("dialog", { className: "lightbox" }, close, before, after, figure, count);
    dialog.setAttribute("aria-label", "图片");
    before.hidden = after.hidden = links.length < 2;

    close.addEventListener("click", () => dialog.close());
    before.addEventListener("click", () => show(at - 1));
    after.addEventListener("click", () => show(at + 1));
    // The image's own area holds the picture; everything around it closes.
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target === figure) dialog.close();
    });
    dialog.addEventListener("close", () => {
      document.documentElement.classList.remove("has-lightbox");
      links[at].focus();
    });
    dialog.addEventListener("keydown", (event) => {
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: links.length - 1 }[event.key];
      if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      show(to);
    });
    figure.addEventListener("pointerdown", (event) => {
      start = event.isPrimary && event.pointerType !== "mouse" ? event : undefined;
    });
    figure.addEventListener("pointerup", (event) => {
      if (!start || start.pointerId !== event.pointerId) return;
      const [x, y] = [event.clientX - start.clientX, event.clientY - start.clientY];
      start = undefined;
      // While the reader has zoomed in, a drag moves the picture.
      if (Math.abs(x) < SWIPE || Math.abs(x) < 2 * Math.abs(y) || (window.visualViewport?.scale ?? 1) > 1.05) return;
      show(x < 0 ? at + 1 : at - 1);
    });
    figure.addEventListener("pointercancel", () => {
      start = undefined;
    });
    document.body.append(dialog);
    return { dialog, image, caption, count, close };
  };

  const sources = (image, link) => {
    const thumbnail = link.querySelector("img");
    image.sizes = "100vw";
    image.srcset = thumbnail.srcset;
    image.src = link.href;
    image.alt = thumbnail.alt;
    return thumbnail;
  };

  const show = (index) => {
    at = (index + links.length) % links.length;
    const { image, caption, count } = parts;
    const thumbnail = sources(image, links[at]);
    image.width = thumbnail.width && Number(thumbnail.getAttribute("width"));
    image.height = thumbnail.height && Number(thumbnail.getAttribute("height"));
    const text = links[at].closest("figure").querySelector("figcaption");
    caption.replaceChildren(...(text ? text.cloneNode(true).childNodes : []));
    count.textContent = links.length > 1 ? `第${at + 1}张，共${links.length}张` : "";
    // The neighbours come in the meantime.
    for (const step of [1, -1]) {
      const neighbour = links[at + step];
      if (neighbour) sources(new Image(), neighbour);
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("figure a.photo");
    const index = links.indexOf(link);
    if (index < 0 || event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    parts ??= build();
    show(index);
    document.documentElement.classList.add("has-lightbox");
    parts.dialog.showModal();
  });
})();
