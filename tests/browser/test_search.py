"""Search in Chinese: names and any piece of a word are found, what is typed stays text, nothing leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DESKTOP, PHONE, OpenView
from tests.browser.search_pieces import ask, draw_pieces
from tests.browser.test_pages import _violations
from tests.browser.waiting import wait_until

pytestmark = pytest.mark.browser

SCRIPT = re.compile(r"/search\.js(\?|$)")
FOUND = re.compile(r"找到约? [1-9]\d* 条")


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
    assert opened.page.url.partition("#")[0] == opened.base + "schools/leimeng/2020/"
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


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("5月14日", ("五月十四日", "05月14日", "５月１４日")),
        ("2020年5月14日", ("2020-05-14", "2020/5/14", "2020.05.14", "二〇二〇年五月十四日")),
        ("光彩幼儿园", ("光彩幼兒園", "guangcaiyoueryuan", "GuangCai YouErYuan", "gcyey", "光彩，幼儿园")),
    ],
)
def test_other_spellings_find_the_same(view: OpenView, query: str, same: tuple[str, ...]) -> None:
    opened = view()
    for spelling in (query, *same):
        opened.open(f"search/?q={quote(spelling)}")
        text = " ".join(_results(opened.page))
        assert ("5月14日" in text or "2020-05-14" in text) if "5月" in query else "光彩幼儿园" in text
    assert not opened.complaints


def test_pieces_of_all_texts_are_found(view: OpenView, built_site: Path) -> None:
    """Any piece finds its activity; no page is shown that does not hold the piece."""
    opened = view()
    opened.open("search/")
    outcome = ask(opened.page, built_site, draw_pieces(built_site, 1000))
    assert outcome.missed == ()
    assert outcome.false == ()
    assert outcome.shown > 1000
    assert not opened.complaints


def test_guides_plan_and_rosters_are_found_at_their_place(view: OpenView) -> None:
    opened = view()
    for query, url in (
        ("四-（二）-1", "plan/"),
        ("怎样写记录", "guides/write-a-record/"),
        ("师徒结对花名册", ""),
    ):
        opened.open(f"search/?q={quote(query)}")
        _results(opened.page)
        links = opened.page.locator("#search-results a").evaluate_all("links => links.map(link => link.href)")
        assert any(link.startswith(opened.base + url) for link in links), (query, links)
    assert not opened.complaints


def test_nothing_is_fetched_before_somebody_searches(view: OpenView) -> None:
    opened = view()
    opened.open("search/")
    opened.page.locator("#search-query").click()
    opened.page.wait_for_timeout(300)
    assert [url for url in opened.requests if "/data/" in url or "worker" in url] == []


def test_filters_narrow_stay_in_the_address_and_can_be_shared(view: OpenView) -> None:
    opened = view(PHONE)
    opened.open(f"search/?q={quote('活动')}")
    _results(opened.page)
    opened.page.locator("[name=school]").select_option("光彩幼儿园")
    opened.page.locator("[name=month]").select_option("2020-05")
    opened.page.locator("[name=year]").select_option("2020")
    expect(opened.page.locator("#search-count")).to_have_text(FOUND)
    wait_until(
        opened.page,
        "document.querySelectorAll('.search-meta').length && [...document.querySelectorAll('.search-meta')].every(m => m.textContent.includes('2020-05'))",
    )
    metas = opened.page.locator(".search-meta").all_inner_texts()
    links = opened.page.locator("#search-results a").evaluate_all("links => links.map(link => link.href)")
    assert all("光彩幼儿园" in meta and "2020-05" in meta for meta in metas)
    shared = opened.page.url
    assert "month=2020-05" in shared
    assert "year=2020" in shared
    assert _violations(opened.page) == []
    other = view(DESKTOP)
    other.page.goto(shared)
    expect(other.page.locator("#search-results > li")).to_have_count(len(links))
    assert other.page.locator("[name=school]").input_value() == "光彩幼儿园"
    assert (
        other.page.locator("#search-results a").evaluate_all("links => links.map(link => link.href)") == links
    )
    opened.page.go_back()
    expect(opened.page.locator("[name=year]")).to_have_value("")
    assert not opened.complaints
    assert not other.complaints


def test_the_keyboard_is_enough(view: OpenView) -> None:
    opened = view()
    opened.open(f"search/?q={quote('蕾梦')}")
    _results(opened.page)
    opened.page.locator("#search-query").focus()
    links = opened.page.locator("#search-results a")
    opened.page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    opened.page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    opened.page.keyboard.press("ArrowUp")
    opened.page.keyboard.press("ArrowUp")
    expect(opened.page.locator("#search-query")).to_be_focused()
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Escape")
    expect(opened.page.locator("#search-query")).to_be_focused()
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Enter")
    expect(opened.page.locator("h1")).to_contain_text("蕾梦")
    assert not opened.complaints


def test_titles_come_before_names_and_names_before_texts_and_newer_first(view: OpenView) -> None:
    opened = view()
    opened.open(f"search/?q={quote('蕾梦幼儿园')}")
    _results(opened.page)
    metas = opened.page.locator(".search-meta").all_inner_texts()
    days = [meta.rpartition(" · ")[2] for meta in metas if meta.startswith("帮扶活动")]
    assert len(days) > 3
    assert days == sorted(days, reverse=True)
    expect(opened.page.locator("#search-results a").first).to_have_text("蕾梦幼儿园")


def test_an_old_browser_is_told_and_has_the_lists(view: OpenView) -> None:
    opened = view(PHONE)
    opened.page.add_init_script("delete window.DecompressionStream")
    opened.open(f"search/?q={quote('活动')}")
    expect(opened.page.locator("#search-count")).to_contain_text("版本太旧")
    expect(opened.page.locator("#search-ways")).to_be_visible()
    assert not opened.complaints


def test_a_line_that_broke_is_tried_again(view: OpenView) -> None:
    opened = view()
    opened.page.route("**/data/search.json", lambda route: route.fulfill(status=503))
    opened.open(f"search/?q={quote('活动')}")
    expect(opened.page.locator("#search-count")).to_contain_text("没有取到")
    expect(opened.page.locator("#search-ways")).to_be_visible()
    opened.page.unroute("**/data/search.json")
    opened.page.locator("#search-form button").click()
    expect(opened.page.locator("#search-count")).to_have_text(FOUND)


def test_without_scripts_there_are_full_lists(view: OpenView) -> None:
    opened = view(PHONE, javascript=False)
    opened.open("search/")
    lists = opened.page.locator("#search-ways ul")
    counts = [lists.nth(place).locator("li").count() for place in range(lists.count())]
    assert counts[0] == 18
    assert counts[1] == 8
    assert counts[2] >= 10
    for link in lists.locator("a").evaluate_all("links => links.map(link => link.href)"):
        assert opened.page.request.get(link).ok, link
    opened.page.locator("#search-ways a", has_text="光彩幼儿园").click()
    expect(opened.page.locator("h1")).to_have_text("光彩幼儿园")


def test_pages_of_results(view: OpenView) -> None:
    opened = view()
    opened.open(f"search/?q={quote('活动')}")
    first = _results(opened.page)
    assert len(first) == 10
    opened.page.locator("#search-pages a", has_text="下一页").click()
    expect(opened.page.locator("#search-pages")).to_contain_text("第 2 页")
    expect(opened.page.locator("#search-results a").first).to_be_focused()
    assert "page=2" in opened.page.url
    second = _results(opened.page)
    assert len(second) == 10
    assert not set(first) & set(second)
    opened.page.go_back()
    expect(opened.page.locator("#search-pages")).to_contain_text("第 1 页")
    assert not opened.complaints


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
