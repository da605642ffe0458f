"""Find the machine's Chromium or Chrome and start it headless, with nothing of its own to say to the network."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Playwright

# The same browser without a window takes two thirds of the time, so it comes first.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)

ARGUMENTS = (
    "--no-sandbox",  # tests also run as root in a container, where the sandbox cannot start
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
    "--hide-scrollbars",
    # Whatever a page asks of another host fails at once, and is reported by the test as well.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class NoBrowserError(Exception):
    """There is no Chromium on this machine."""


def executable() -> str:
    """Return the browser's path: $CHROMIUM if set, else the first one found on PATH."""
    for name in (os.environ.get("CHROMIUM"), *NAMES):
        if name and (path := shutil.which(name)):
            return path
    raise NoBrowserError("the browser tests need Chromium: run make test, or set CHROMIUM to its path")


def launch(playwright: Playwright) -> Browser:
    """Start the browser headless."""
    return playwright.chromium.launch(executable_path=executable(), headless=True, args=list(ARGUMENTS))
