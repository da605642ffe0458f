"""A site of two years: the switch between them by keyboard and touch, old links, terms in galleries, excused months."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, OpenView
from tests.browser.test_pages import _violations

pytestmark = pytest.mark.browser

YEARLY = (
    "",
    "schools/",
    "schools/jia/",
    "schools/bing/",
    "pairings/",
    "pairings/jia/",
    "calendar/",
    "assessment/",
    "plan/",
    "galleries/",
    "galleries/schools/jia/",
    "galleries/measures/visit/",
    "bulletins/",
    "inspections/",
    "surveys/",
    "events/",
)
"""Pages that each of the two years has, but those of 丙园, which took part in the first alone."""
BOTH = tuple(url for url in YEARLY if url != "schools/bing/")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_every_page_of_a_year_is_accessible_and_quiet(view: OpenView, years_address: str, width: int) -> None:
    opened = view(width, address=years_address)
    for number, url in enumerate(YEARLY):
        opened.open(f"{url}2020/")
        wide, room = opened.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= room, url
        opened.page.emulate_media(color_scheme="dark" if (number + (width == PHONE)) % 2 else "light")
        assert _violations(opened.page) == [], url
    assert not opened.complaints
    assert not opened.foreign()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("url", BOTH)
def test_the_switch_is_reached_and_used_by_keyboard(
    view: OpenView, years_address: str, url: str, width: int
) -> None:
    opened = view(width, address=years_address)
    opened.open(url)
    page = opened.page
    switch = page.get_by_role("navigation", name="年度")
    expect(switch.locator("[aria-current=page]")).to_have_text("2021年")
    other = switch.get_by_role("link", name="2020年", exact=True)
    for _ in range(60):
        page.keyboard.press("Tab")
        if other.evaluate("link => link === document.activeElement"):
            break
    expect(other).to_be_focused()
    outline = other.evaluate("link => getComputedStyle(link).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    expect(switch.locator("[aria-current=page]")).to_have_text("2020年")
    assert page.url == f"{years_address}{url}2020/"
    page.go_back()
    expect(switch.locator("[aria-current=page]")).to_have_text("2021年")
    assert not opened.complaints


@pytest.mark.parametrize("url", ["", "schools/jia/", "bulletins/", "galleries/schools/jia/"])
def test_the_switch_is_large_enough_for_a_finger(view: OpenView, years_address: str, url: str) -> None:
    opened = view(PHONE, address=years_address)
    opened.open(url)
    page = opened.page
    switch = page.get_by_role("navigation", name="年度")
    boxes = [link.bounding_box() for link in switch.get_by_role("link").all()]
    assert len(boxes) >= 2
    assert all(box and box["width"] >= 44 and box["height"] >= 44 for box in boxes)
    switch.get_by_role("link", name="2020年", exact=True).tap()
    expect(switch.locator("[aria-current=page]")).to_have_text("2020年")
    assert not opened.complaints


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("schools/jia/#m2020-09", "schools/jia/2020/#m2020-09"),
        ("pairings/jia/#m2020-02", "pairings/jia/2020/#m2020-02"),
        ("inspections/#m2020-02", "inspections/2020/#m2020-02"),
        ("schools/jia/#m2021-02", "schools/jia/#m2021-02"),
        ("schools/jia/#m2019-02", "schools/jia/#m2019-02"),  # of no year: it stays
        ("schools/jia/#m%E0%A4%A", "schools/jia/#m%E0%A4%A"),  # no text at all
    ],
)
def test_an_old_link_with_a_place_leads_to_its_year(
    view: OpenView, years_address: str, old: str, now: str, width: int
) -> None:
    opened = view(width, address=years_address)
    opened.open(old)
    opened.page.wait_for_url(years_address + now)
    assert not opened.complaints


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_terms_head_their_photos_and_go_with_them(view: OpenView, years_address: str, width: int) -> None:
    opened = view(width, address=years_address)
    opened.open("galleries/schools/jia/2020/")
    page = opened.page
    heads = page.locator(".wall__term:visible h2")
    expect(heads).to_have_text(["2020年秋学期", "2020年春学期"])
    rows = page.eval_on_selector_all(
        ".wall img", "all => all.map(each => Math.round(each.getBoundingClientRect().height))"
    )
    assert max(rows) - min(rows) <= 0.3 * max(rows)  # the row before a heading is as high as the others
    page.locator("select[name=measure]").select_option("care")
    expect(page.locator(".found")).to_have_text("找到3张，共18张")
    expect(heads).to_have_text(["2020年春学期"])
    page.locator("select[name=measure]").select_option("")
    expect(heads).to_have_text(["2020年秋学期", "2020年春学期"])
    assert _violations(page) == []
    assert not opened.complaints


def test_months_say_why_they_are_not_owed(view: OpenView, years_address: str) -> None:
    opened = view(DESKTOP, address=years_address)
    opened.open("2020/")
    page = opened.page
    for name in (
        "乙园 三月 免报（疫情防控） 1",
        "乙园 十月 免报（封控停园） 1",
        "丙园 九月 已退出",
        "丁园 二月 未加入",
    ):
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(1)
    late = page.get_by_role("link", name="甲园 九月 逾期 1/2，另逾期 1", exact=True)
    box, inner = late.bounding_box(), late.locator(".sq__late").bounding_box()
    assert box is not None
    assert inner is not None
    assert box["x"] <= inner["x"]
    assert inner["x"] + inner["width"] <= box["x"] + box["width"]
    assert box["y"] <= inner["y"]
    assert inner["y"] + inner["height"] <= box["y"] + box["height"]
    opened.open("schools/yi/2020/")
    expect(page.get_by_text("本月免报：封控停园（学前股股长2020年10月12日决定）。")).to_be_visible()


def test_the_search_finds_who_left(view: OpenView, years_address: str) -> None:
    opened = view(PHONE, address=years_address)
    opened.open("search/?q=丙园第1次观摩")
    page = opened.page
    first = page.locator("#search-results a").first
    expect(first).to_have_text(re.compile("丙园第1次观摩"))
    expect(page.locator("select[name=school] option", has_text="丙园")).to_have_count(1)
    opened.open("search/")
    expect(page.locator("#search-ways").get_by_role("link", name="丙园")).to_have_attribute(
        "href", "../schools/bing/2020/"
    )
    assert not opened.complaints
    assert not opened.foreign()


def test_a_school_has_a_list_of_contents_on_a_phone(view: OpenView, years_address: str) -> None:
    opened = view(PHONE, address=years_address)
    opened.open("schools/jia/2020/")
    page = opened.page
    links = page.get_by_role("navigation", name="本页内容").get_by_role("link")
    expect(links).to_have_text(["各月活动", "频次要求", "督导互促", "图片"])
    for link in links.all():
        link.tap()
        place = (link.get_attribute("href") or "").removeprefix("#")
        expect(page.locator(f"[id='{place}']")).to_be_in_viewport()
