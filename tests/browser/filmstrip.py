"""The way in as one picture: `python -m tests.browser.filmstrip` lives through it at 1 Mbit/s and draws each step."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import launch
from tests.browser.screenshots import FOLDER
from tests.browser.way_in import Evening, founding, live_through

FILE = FOLDER / "way-in.png"
LARGEST = 400_000
_UPLOAD = 1_000_000  # bits a second: a telephone at a village's edge
_WIDTH, _HEIGHT, _GAP, _CAPTION, _ACROSS = 195, 422, 10, 20, 8


def lay_out(frames: list[tuple[str, bytes]]) -> bytes:
    """Return numbered frames with their captions as one PNG."""
    down = -(-len(frames) // _ACROSS)
    size = (_ACROSS * (_WIDTH + _GAP) + _GAP, down * (_HEIGHT + _CAPTION + _GAP) + _GAP)
    sheet = Image.new("RGB", size, "#d9d6cf")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=13)
    for number, (words, shot) in enumerate(frames):
        x = _GAP + number % _ACROSS * (_WIDTH + _GAP)
        y = _GAP + number // _ACROSS * (_HEIGHT + _CAPTION + _GAP)
        draw.text((x, y), f"{number + 1} {words}", fill="#222", font=font)
        with Image.open(io.BytesIO(shot)) as picture:
            small = picture.convert("RGB").resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS)
        sheet.paste(small, (x, y + _CAPTION))
    out = io.BytesIO()
    sheet.quantize(96, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Write the film strip and print what the evening came to."""
    frames: list[tuple[str, bytes]] = []

    def film(page: Page, words: str) -> None:
        page.evaluate("document.fonts.ready")
        frames.append((words, page.screenshot()))

    evening = Evening(film=film)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = launch(playwright)
        with founding(Path(scratch)) as county:
            live_through(browser, county, evening, upload=_UPLOAD)
        browser.close()
    content = lay_out(frames)
    FILE.write_bytes(content)
    print(f"{FILE.name}: {len(frames)} frames, {len(content) // 1000} KB")
    print(evening.sum_up(), end="")
    if len(content) > LARGEST:
        raise SystemExit(f"{FILE.name} is larger than {LARGEST // 1000} KB")


if __name__ == "__main__":
    main()
