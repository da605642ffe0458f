"""Search in Chinese: names and any piece of a word are found, what is typed stays text, nothing leads nowhere."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DESKTOP, PHONE, OpenView
from tests.browser.test_pages import _violations

pytestmark = pytest.mark.browser

SCRIPT = re.compile(r"/search\.js(\?|$)")
FOUND = re.compile(r"找到 [1-9]\d* 条")


def _results(page: Page) -> list[str]:
    expect(page.locator("#search-count")).to_have_text(re.compile("找到"))
    return page.locator("#search-results > li").all_inner_texts()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_school_is_found_from_any_page(view: OpenView, width: int) -> None:
    opened = view(width)
    opened.open("bulletins/")
    if width == PHONE:
        opened.page.locator(".tool--search").click()
        opened.page.locator("#search-query").fill("蕾梦幼儿园")
    else:
        opened.page.locator(".site-search input").fill("蕾梦幼儿园")
    opened.page.keyboard.press("Enter")
    first = opened.page.locator("#search-results a").first
    expect(first).to_have_text("蕾梦幼儿园")
    assert _violations(opened.page) == []
    first.click()
    expect(opened.page.locator("h1")).to_have_text("蕾梦幼儿园")
    assert opened.page.url == opened.base + "schools/leimeng/2020/"
    opened.page.go_back()
    expect(opened.page.locator("#search-count")).to_have_text(FOUND)
    assert not opened.complaints
    assert not opened.foreign()


def test_what_is_typed_before_the_script_has_come_stays_and_is_answered(view: OpenView) -> None:
    opened = view(PHONE)
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    opened.page.route(SCRIPT, hold)
    opened.page.goto(opened.base + "search/", wait_until="commit")
    opened.page.locator("#search-query").fill("蕾梦幼儿园")
    for _ in range(500):  # until the browser has asked for it
        if not waiting:
            opened.page.wait_for_timeout(20)
    waiting[0].continue_()
    expect(opened.page.locator("#search-count")).to_have_text(FOUND)
    assert opened.page.locator("#search-query").input_value() == "蕾梦幼儿园"
    expect(opened.page.locator("#search-results a").first).to_have_text("蕾梦幼儿园")
    assert not opened.complaints


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("区域活动", ["区域活动"]),
        ("域活", ["域活"]),  # two characters out of the middle of two words
        ("园", ["园"]),
        ("蕾梦 9月", ["蕾梦", "9月"]),
        ("九月 简报", ["九月", "简报"]),
        ("２０２０", ["2020"]),  # typed with a Chinese keyboard's wide figures
        ("四-（二）-1", ["四-（二）-1"]),
    ],
)
def test_any_piece_of_the_text_is_found(view: OpenView, query: str, words: list[str]) -> None:
    opened = view()
    opened.open(f"search/?q={quote(query)}")
    results = _results(opened.page)
    assert results
    # What holds the words as typed comes first.
    marks = opened.page.locator("#search-results > li").first.locator("mark").all_inner_texts()
    assert all(any(word in mark for mark in marks) for word in words) or all(w in results[0] for w in words)
    assert not opened.complaints


def test_a_month_in_characters_is_also_one_in_figures(view: OpenView) -> None:
    """And 五月 is no 十五月, 一月 no 11月."""
    opened = view()
    opened.open(f"search/?q={quote('蕾梦 五月')}")
    shown = _results(opened.page)
    assert len(shown) > 1
    metas = opened.page.locator(".search-meta").all_inner_texts()
    assert all("2020年5月" in meta or "五月" in text for meta, text in zip(metas, shown, strict=True))
    opened.open(f"search/?q={quote('蕾梦 一月')}")
    expect(opened.page.locator("#search-count")).to_have_text(re.compile("找到|没有"))
    assert not opened.page.locator(".search-meta", has_text="11月").count()
    assert not opened.complaints


def test_more_results_come_on_demand(view: OpenView) -> None:
    opened = view()
    opened.open(f"search/?q={quote('活动')}")
    assert len(_results(opened.page)) == 20
    opened.page.locator("#search-more").click()
    items = opened.page.locator("#search-results > li")
    expect(items).to_have_count(40)
    expect(items.nth(20).locator("a")).to_be_focused()


def test_nothing_found_says_so_and_shows_other_ways(view: OpenView) -> None:
    opened = view(PHONE)
    opened.open(f"search/?q={quote('火星基地')}")
    expect(opened.page.locator("#search-count")).to_have_text(re.compile("没有找到“火星基地”"))
    expect(opened.page.locator("#search-ways")).to_be_visible()
    opened.page.locator("#search-ways a").first.click()
    expect(opened.page.locator("h1")).to_be_visible()
    assert not opened.complaints


def test_what_is_typed_stays_text(view: OpenView) -> None:
    opened = view()
    opened.open(f"search/?q={quote('<img src=x onerror=document.title=1>')}")
    expect(opened.page.locator("#search-count")).to_contain_text("<img src=x")
    assert opened.page.locator("#search-count img, #search-results img").count() == 0
    assert not opened.complaints


def test_results_follow_the_typing(view: OpenView) -> None:
    opened = view()
    opened.open("search/")
    field = opened.page.locator("#search-query")
    expect(field).to_be_focused()
    field.press_sequentially("光彩")
    expect(opened.page.locator("#search-results a").first).to_contain_text("光彩")
    field.fill("")
    expect(opened.page.locator("#search-results > li")).to_have_count(0)
    expect(opened.page.locator("#search-ways")).to_be_visible()
