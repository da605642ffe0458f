"""The built site in a real headless Chromium, served from a sub-path as GitHub Pages does."""
