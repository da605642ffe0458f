"""The README's screenshots: `python -m tests.browser.screenshots` draws them anew.

A test sees that they are current. Small on purpose: a palette of 128 colours is enough for a page of text.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import launch
from tests.browser.job_summary import lay_out, write_summary
from tests.browser.serving import served
from tests.conftest import PAIRING, REPO_URL, ROOT, SITE_URL

FOLDER = ROOT / ".github" / "screenshots"

# File name → (address, width, height, colour scheme).
SHOTS = {
    "home.png": ("", 1280, 860),
    "school.png": ("schools/leimeng/2020/", 1280, 860),
}
# Of a page that is no page of the site.
SUMMARY = "summary.png"
LARGEST = 200_000
# Measured: another day's date 1, every letter half a pixel aside 5, other titles of two activities 9, a box of the
# page missing 9 to 21.
TOLERANCE = 8
_TILES = (8, 8)


def draw(browser: Browser, address: str, url: str, width: int, height: int) -> bytes:
    """Return a PNG of the top of a page of the site."""
    with _page(browser, width, height) as page:
        page.goto(address + url, wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        return _small(page.screenshot())


def draw_summary(browser: Browser, scratch: Path) -> bytes:
    """Return a PNG of what the job summary says of a pull request."""
    with _page(browser, 1024, 600) as page:
        page.set_content(lay_out(write_summary(scratch)))
        return _small(page.screenshot(full_page=True))


@contextlib.contextmanager
def _page(browser: Browser, width: int, height: int) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="light",
        reduced_motion="reduce",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    yield context.new_page()
    context.close()


def _small(shot: bytes) -> bytes:
    with Image.open(io.BytesIO(shot)) as image:
        small = image.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    small.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def difference(one: bytes, other: bytes) -> int:
    """Return how much two pictures differ to the eye where they differ most: 0 not at all, 255 black and white.

    The mean difference of grey levels of the worst of 64 tiles, after blurring away how a machine draws its letters.
    A mean of the whole picture would not see one box of the page gone. Sizes must agree.
    """
    pictures = []
    for data in (one, other):
        with Image.open(io.BytesIO(data)) as image:
            pictures.append(image.convert("RGB").convert("L").filter(ImageFilter.GaussianBlur(8)))
    if pictures[0].size != pictures[1].size:
        return 255
    tiles = ImageChops.difference(*pictures).resize(_TILES, Image.Resampling.BOX)
    return max(tiles.tobytes())


def main() -> None:
    """Build the site and write the screenshots."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        site = Path(scratch) / "site"
        subprocess.run(
            [PAIRING, "build", "--site-dir", str(site)],
            cwd=ROOT,
            env={**os.environ, "PAIRING_SITE_URL": SITE_URL, "PAIRING_REPO_URL": REPO_URL},
            check=True,
        )
        with served(site, urlsplit(SITE_URL).path) as address, sync_playwright() as playwright:
            browser = launch(playwright)
            for name, shot in SHOTS.items():
                _keep(FOLDER / name, draw(browser, address, *shot))
            _keep(FOLDER / SUMMARY, draw_summary(browser, Path(scratch)))
            browser.close()


def _keep(target: Path, data: bytes) -> None:
    if target.exists() and difference(target.read_bytes(), data) <= 1:
        return  # only the day's date
    part = target.with_suffix(".part")
    part.write_bytes(data)
    part.replace(target)
    sys.stdout.write(f"{target.relative_to(ROOT).as_posix()}: {len(data) // 1000} KB\n")


if __name__ == "__main__":
    main()
