"""The lightbox: opened from a gallery, walked through by keyboard and by finger, closed where it began."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import DESKTOP, PHONE, OpenView
from tests.browser.kinds import sample
from tests.browser.test_pages import _violations

pytestmark = pytest.mark.browser

SHOWN = "document.querySelector('.lightbox[open] .lightbox__image')?.getAttribute('src') ?? null"
STYLED = """(() => {
  const dialog = document.querySelector(".lightbox[open]");
  return dialog && dialog.querySelector("img").complete && getComputedStyle(dialog).maxHeight === "none";
})()"""


def _until(page: Any, condition: str) -> None:
    """Wait for a condition; playwright's own way needs `eval`, which the site's policy forbids."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never came true: {condition}")


def _opened(
    view: OpenView, site: Path, width: int, kind: str = "gallery of a school"
) -> tuple[Any, list[str], Any]:
    opened = view(width)
    opened.open(sample(site, kind))
    links = opened.page.eval_on_selector_all("figure a.photo", "links => links.map(link => link.href)")
    assert len(links) > 1
    opened.page.locator("figure a.photo").nth(1).click()
    _until(opened.page, STYLED)
    return opened.page, links, opened


def test_keys_walk_through_all_photos_and_escape_returns(view: OpenView, built_site: Path) -> None:
    page, links, opened = _opened(view, built_site, DESKTOP)
    walked = [page.evaluate(SHOWN)]
    for key in ("ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowLeft", "Home", "End"):
        page.keyboard.press(key)
        walked.append(page.evaluate(SHOWN))
    assert walked == [links[i] for i in (1, 2, 1, 0, -1, 0, -1)]
    page.keyboard.press("Escape")
    assert page.evaluate(SHOWN) is None
    _until(page, f"document.activeElement.href === {links[-1]!r}")
    assert not opened.complaints
    assert not opened.foreign()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("kind", ["gallery of a month", "activity"])
def test_the_open_lightbox_is_accessible_and_fits(
    view: OpenView, built_site: Path, width: int, kind: str
) -> None:
    page, _, _ = _opened(view, built_site, width, kind)
    assert _violations(page) == []
    box = page.locator(".lightbox__image").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["width"] > 100
    assert page.locator(".lightbox__caption").bounding_box()["y"] >= box["y"] + box["height"]
    assert page.evaluate("document.activeElement.closest('.lightbox') !== null")


def test_a_swipe_turns_and_the_ground_closes(view: OpenView, built_site: Path) -> None:
    page, links, _ = _opened(view, built_site, PHONE)
    swipe = """([from, to]) => {
      const figure = document.querySelector('.lightbox__figure');
      const fire = (type, x) => figure.dispatchEvent(new PointerEvent(type, {
        pointerId: 7, isPrimary: true, pointerType: 'touch', clientX: x, clientY: 300, bubbles: true }));
      fire('pointerdown', from);
      fire('pointerup', to);
    }"""
    page.evaluate(swipe, [300, 100])
    assert page.evaluate(SHOWN) == links[2]
    page.evaluate(swipe, [100, 300])
    page.evaluate(swipe, [200, 180])
    assert page.evaluate(SHOWN) == links[1]
    page.mouse.click(5, 60)
    assert page.evaluate(SHOWN) is None


def test_a_modified_click_is_the_browsers(view: OpenView, built_site: Path) -> None:
    opened = view()
    opened.open(sample(built_site, "gallery of a school"))
    with opened.page.context.expect_page() as other:
        opened.page.locator("figure a.photo").first.click(modifiers=["ControlOrMeta"])
    assert other.value.url.endswith(".webp")
    assert opened.page.evaluate(SHOWN) is None
