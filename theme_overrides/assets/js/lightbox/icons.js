// The lightbox's icons, drawn like the site's: one line of even width.
const icon = (path) =>
  `<svg class="lightbox__icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">${path}</svg>`;
export const icons = {
  close: icon('<path d="M5.5 5.5l13 13M18.5 5.5l-13 13"/>'),
  before: icon('<path d="M15 4.5L7.5 12l7.5 7.5"/>'),
  after: icon('<path d="M9 4.5l7.5 7.5L9 19.5"/>'),
  zoom: icon('<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5l5 5M7.5 10.5h6"/><path class="lightbox__plus" d="M10.5 7.5v6"/>'),
  share: icon('<path d="M12 15V3.5M7.5 8L12 3.5 16.5 8M6 11.5H4.5v9h15v-9H18"/>'),
  download: icon('<path d="M12 3.5V15M7.5 10.5L12 15l4.5-4.5M4.5 20.5h15"/>'),
};
