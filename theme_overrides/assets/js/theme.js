// Applies the reader's earlier choice of light or dark before the page is painted.
"use strict";
(() => {
  try {
    const choice = localStorage.getItem("pairing-theme");
    if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
  } catch {
    // Storage may be forbidden; then the system's setting holds.
  }
})();
