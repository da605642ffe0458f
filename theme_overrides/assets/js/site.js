// The switch between light and dark; without this script the system's setting holds and no switch is shown.
"use strict";
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = document.getElementById("theme-switch");
  if (!button) return;

  const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const show = () => button.setAttribute("aria-pressed", String(isDark()));

  button.addEventListener("click", () => {
    const choice = isDark() ? "light" : "dark";
    // What the system has, too, is no choice: from then on the page follows it again.
    const follows = choice === (system.matches ? "dark" : "light");
    if (follows) delete root.dataset.theme;
    else root.dataset.theme = choice;
    try {
      if (follows) localStorage.removeItem("pairing-theme");
      else localStorage.setItem("pairing-theme", choice);
    } catch {
      // The choice then holds for this page only.
    }
    show();
  });
  system.addEventListener("change", show);
  show();
  button.hidden = false;
})();

// An old link with a place of another year, as `schools/ID/#m2020-05` once 2021 runs: to that year's page.
(() => {
  const go = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const [, year] = /(?:^|-|m)(\d{4})-\d\d/.exec(id) ?? [];
    if (!year || document.getElementById(id)) return;
    const links = [...document.querySelectorAll(".years a")];
    const link = links.find((each) => each.pathname.includes(`/${year}/`));
    if (link && !link.hasAttribute("aria-current")) location.replace(link.pathname + location.hash);
  };
  try {
    go();
    addEventListener("hashchange", go);
  } catch {
    // An address that no page can have.
  }
})();
