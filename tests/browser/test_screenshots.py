"""The README shows the site as it is now."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.screenshots import (
    FOLDER,
    LARGEST,
    SHOTS,
    SUMMARY,
    TOLERANCE,
    difference,
    draw,
    draw_summary,
)
from tests.conftest import ROOT

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", SHOTS)
def test_a_screenshot_is_current_and_small(browser: Browser, site_address: str, name: str) -> None:
    kept = (FOLDER / name).read_bytes()
    assert len(kept) <= LARGEST
    differs = difference(kept, draw(browser, site_address, *SHOTS[name]))
    assert differs <= TOLERANCE, f"{name} differs by {differs}: run make screenshots"


def test_the_summary_is_what_the_check_says_today(browser: Browser, tmp_path: Path) -> None:
    kept = (FOLDER / SUMMARY).read_bytes()
    assert len(kept) <= LARGEST
    differs = difference(kept, draw_summary(browser, tmp_path))
    assert differs <= TOLERANCE, f"{SUMMARY} differs by {differs}: run make screenshots"


FILM = "way-in.png"  # drawn by `make filmstrip`


def test_the_readme_shows_them_all() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"\.github/screenshots/([\w.-]+)", readme)
    assert (
        sorted(set(shown))
        == sorted([*SHOTS, SUMMARY, FILM])
        == sorted(path.name for path in FOLDER.glob("*.png"))
    )


def test_a_missing_box_is_seen() -> None:
    with Image.open(FOLDER / "home.png") as image:
        changed = image.convert("RGB")
    changed.paste((250, 247, 241), (920, 465, 1216, 615))
    buffer = io.BytesIO()
    changed.save(buffer, "PNG")
    assert difference((FOLDER / "home.png").read_bytes(), buffer.getvalue()) > TOLERANCE
