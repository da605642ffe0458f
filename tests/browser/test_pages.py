"""Each kind of page, on a phone and a desktop, in light and dark: accessible, quiet, within its width."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import DESKTOP, PHONE, OpenView, Scheme, Tab
from tests.browser.kinds import KINDS, page_urls, sample

pytestmark = pytest.mark.browser

AXE = Path(__file__).with_name("axe.min.js")


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def _violations(page: Any, *, colours_only: bool = False) -> list[str]:
    """Run axe with all its rules, or those about colours, and return a line for each element that breaks one."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    rules = "runOnly: ['color-contrast', 'link-in-text-block']," if colours_only else ""
    violations = page.evaluate(
        f"axe.run(document, {{{rules} preload: false, resultTypes: ['violations']}}).then((found) => found.violations)"
    )
    return [
        f"{violation['id']} ({violation['impact']}): {' '.join(node['target'])}\n    {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]


# Whether a page's own styles, not those of the shell, give or hide colours by the window's width.
COLOURED_BY_WIDTH = """() => {
  const own = [...document.styleSheets].filter((sheet) => !sheet.href.endsWith("/shell.css"));
  const rules = own.flatMap((sheet) => [...sheet.cssRules]).filter((rule) => /width/.test(rule.conditionText));
  const given = ["color", "background-color", "border-color", "fill", "opacity", "visibility"];
  return rules.flatMap((rule) => [...rule.cssRules]).some(({ style }) =>
    style?.display === "none" || given.some((name) => style?.getPropertyValue(name)));
}"""


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_accessible_and_quiet(tab: Tab, built_site: Path, kind: str, width: int) -> None:
    """All rules at both widths, of which one is light and the other dark, by turns from kind to kind.

    So each kind and all of the shell is seen in both. Only where a page's own colours hang on the width it is looked at
    in both at both.
    """
    opened = tab(width, True)
    opened.open(sample(built_site, kind))
    assert not opened.complaints
    assert not opened.foreign()
    wide, room = opened.page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= room, f"{wide}px of content in {room}px"
    # In the dark the same page has other colours, and nothing else.
    ink = "getComputedStyle(document.body).color"
    light = opened.page.evaluate(ink)
    opened.page.emulate_media(color_scheme="dark")
    assert opened.page.evaluate(ink) != light
    first, second = _schemes(kind, width)
    opened.page.emulate_media(color_scheme=first)
    violations = _violations(opened.page)
    assert not violations, "\n".join(violations)
    if opened.page.evaluate(COLOURED_BY_WIDTH):
        opened.page.emulate_media(color_scheme=second)
        violations = _violations(opened.page, colours_only=True)
        assert not violations, "\n".join(violations)
    assert not opened.complaints


def _schemes(kind: str, width: int) -> tuple[Scheme, Scheme]:
    is_light = [*KINDS].index(kind) % 2 == (width == PHONE)
    return ("light", "dark") if is_light else ("dark", "light")


def test_pages_whose_colours_hang_on_the_width_are_told(tab: Tab, built_site: Path) -> None:
    opened = tab(PHONE, True)
    told = {}
    for kind in ("school", "plan", "calendar", "guide", "search"):
        opened.open(sample(built_site, kind))
        told[kind] = opened.page.evaluate(COLOURED_BY_WIDTH)
    assert told == {"school": True, "plan": True, "calendar": True, "guide": False, "search": False}


def test_axe_is_awake(view: OpenView) -> None:
    opened = view()
    opened.page.set_content("<!doctype html><html><title>x</title><body><img src='data:,'></body></html>")
    assert any(line.startswith("image-alt") for line in _violations(opened.page))
    opened.page.set_content("<p style='color: #ccc; background: #ddd'>too pale</p>")
    assert [line.partition(" ")[0] for line in _violations(opened.page, colours_only=True)] == [
        "color-contrast"
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_works_without_javascript(tab: Tab, built_site: Path, kind: str) -> None:
    opened = tab(PHONE, False)
    opened.open(sample(built_site, kind))
    assert opened.page.locator("h1").is_visible()
    if kind != "search":  # a search needs it, says so, and says where else to look
        assert "JavaScript" not in opened.page.locator("body").inner_text()
    assert not opened.complaints


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_matrix_works_without_javascript(view: OpenView, built_site: Path, width: int) -> None:
    """Every school has a cell for every month, visible, named, and leading to that month of that school."""
    opened = view(width, javascript=False)
    opened.open("")
    schools = [url for url in page_urls(built_site) if re.fullmatch(r"schools/[^/]+/\d{4}/", url)]
    cells = opened.page.locator("main table a[href*='#m']")
    assert cells.count() == len(schools) * 8
    # A symbol and "1/1" say nothing by ear: each cell names its school, month and status.
    labels = cells.evaluate_all("cells => cells.map(cell => cell.getAttribute('aria-label') ?? '')")
    assert all(re.fullmatch(r"\S+ \S*月 \S+ \d+/\d+.*", label) for label in labels), labels
    assert len(set(labels)) == len(labels)
    for index in range(0, cells.count(), 7):
        assert cells.nth(index).is_visible()
    last = cells.last
    href = last.get_attribute("href")
    last.click()
    assert href is not None
    assert opened.page.url.endswith(href)
    target = opened.page.locator(f"[id='{href.partition('#')[2]}']")
    assert target.count() == 1


def test_the_reader_can_choose_dark_and_it_is_kept(view: OpenView) -> None:
    opened = view(DESKTOP, "light")
    opened.open("")
    colour = "getComputedStyle(document.body).color"
    light = opened.page.evaluate(colour)
    switch = opened.page.locator("#theme-switch")
    switch.click()
    assert switch.get_attribute("aria-pressed") == "true"
    assert opened.page.evaluate(colour) != light
    opened.open("schools/")
    assert opened.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert opened.page.evaluate(colour) != light
    # Back to what the system has is back to following it.
    opened.page.locator("#theme-switch").click()
    assert opened.page.evaluate("localStorage.getItem('pairing-theme')") is None
    opened.page.emulate_media(color_scheme="dark")
    assert opened.page.evaluate(colour) != light
    assert opened.page.locator("#theme-switch").get_attribute("aria-pressed") == "true"


@pytest.mark.slow
def test_no_page_asks_another_host_or_fails(view: OpenView, built_site: Path) -> None:
    """Page by page: every request stays inside, nothing is missing, no script complains.

    Of a kind with many pages, which are alike, every some: `test_site` reads the addresses in all of them.
    """
    opened = view(PHONE)
    urls = page_urls(built_site)
    alike = [[url for url in urls if re.fullmatch(pattern, url)] for pattern in KINDS.values()]
    assert sum(map(len, alike)) > 80
    some = {url for pages in alike for url in pages[:: 1 + len(pages) // 12]}
    for url in sorted(some | set(urls).difference(*alike)):
        opened.open(url)
    assert not opened.foreign()
    assert not opened.complaints


def test_a_missing_page_finds_its_way_back(view: OpenView) -> None:
    opened = view(PHONE)
    response = opened.page.goto(opened.base + "schools/leimeng/2020/13/gone/")
    assert response is not None
    assert response.status == 404
    opened.page.locator("main a").first.click()
    assert opened.page.url.startswith(opened.base)
    assert opened.page.locator("h1").is_visible()
    assert not opened.foreign()


@pytest.mark.parametrize("kind", ["bulletin", "activity", "school", "guide"])
def test_paper_gets_the_page_without_its_shell(view: OpenView, built_site: Path, kind: str) -> None:
    opened = view(DESKTOP, "dark")
    opened.open(sample(built_site, kind))
    opened.page.emulate_media(media="print")
    for shell in (".site-bar", ".site-nav", ".site-footer", ".skip-link"):
        assert not opened.page.locator(shell).first.is_visible(), shell
    assert opened.page.locator("h1").is_visible()
    assert opened.page.locator(".sample-note").is_visible()  # a printed sample must not be taken for a record
    # Black on white, whatever the screen shows.
    assert opened.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("size", [32])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "url", ["", "schools/leimeng/2020/", "bulletins/2020-05/", "pairings/diyi/2020/", "privacy/"]
)
def test_letters_of_twice_the_size_need_no_sideways_scrolling(
    view: OpenView, url: str, width: int, size: int
) -> None:
    """Of the page; a wide table scrolls in its own frame (WCAG 1.4.4, 1.4.10). Nothing in the head is on another thing."""
    opened = view(width)
    opened.page.add_init_script(
        f"document.addEventListener('DOMContentLoaded', () => {{ document.documentElement.style.fontSize = '{size}px' }})"
    )
    opened.open(url)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert opened.page.evaluate(wide) == 0
    boxes = [
        opened.page.locator(f".site-bar {each}").first.bounding_box() for each in (".brand", ".site-tools")
    ]
    brand, tools = boxes
    assert brand
    assert tools
    beside = brand["x"] + brand["width"] <= tools["x"] + 1
    below = brand["y"] + brand["height"] <= tools["y"] + 1
    assert beside or below
    name = opened.page.locator(".brand__name").bounding_box()
    assert name
    assert name["height"] < 2.2 * 1.35 * 1.25 * size, "the name stands in one line or two"


def test_months_do_not_run_into_each_other(view: OpenView) -> None:
    opened = view(320)
    opened.open("")
    gaps = """() => {
      const heads = [...document.querySelectorAll(".matrix__month span:first-child")].map((e) => e.getBoundingClientRect());
      return heads.slice(1).map((box, at) => Math.round(box.left - heads[at].right));
    }"""
    assert min(opened.page.evaluate(gaps)) >= 3
    assert opened.page.evaluate(
        "document.querySelector('.matrix-wrap').scrollWidth <= document.querySelector('.matrix-wrap').clientWidth"
    )
