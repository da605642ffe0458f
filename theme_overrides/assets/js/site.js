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
    root.dataset.theme = choice;
    try {
      localStorage.setItem("pairing-theme", choice);
    } catch {
      // The choice then holds for this page only.
    }
    show();
  });
  system.addEventListener("change", show);
  show();
  button.hidden = false;
})();
