"""The lightbox: opened, walked through by keyboard, button and finger, linked to, shared, closed where it began."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from generator.site.pages.galleries import PER_PAGE
from tests.browser.conftest import DESKTOP, PHONE, Motion, OpenView, View
from tests.browser.kinds import sample
from tests.browser.photo_archive import MANY
from tests.browser.test_pages import _violations

pytestmark = pytest.mark.browser

PHOTO = "figure a.photo"
BOX = ".pswp--open"
MONTH = "galleries/months/2021-03/"  # in the archive of photos
LARGE = "galleries/months/2021-02/"


def _open(opened: View, place: int = 1) -> Page:
    opened.page.locator(PHOTO).nth(place).click()
    expect(opened.page.locator(".pswp--ui-visible")).to_have_count(1)
    return opened.page


def _picture(address: str) -> str:
    """Return a picture's address without its size."""
    return address.rpartition("-")[0]


def _shown(page: Page) -> str:
    """Return the address of the picture that is in the middle."""
    return str(
        page.locator('.pswp__item[aria-hidden="false"] img.pswp__img').last.evaluate("image => image.src")
    )


def _links(page: Page) -> list[str]:
    return [str(each) for each in page.eval_on_selector_all(PHOTO, "links => links.map(link => link.href)")]


def _ids(page: Page) -> list[str]:
    return [str(each) for each in page.eval_on_selector_all("figure[id]", "all => all.map(each => each.id)")]


def test_keys_walk_through_all_photos_and_escape_returns(view: OpenView, photo_address: str) -> None:
    opened = view(DESKTOP, address=photo_address)
    opened.open(MONTH)
    links = _links(opened.page)
    page = _open(opened)
    walked = [_shown(page)]
    for key in ("ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowLeft", "End", "ArrowRight", "Home"):
        page.keyboard.press(key)
        walked.append(_shown(page))
    # There is no way round: the first has none before it. At the end the gallery's next page follows.
    assert walked[:5] == [links[i] for i in (1, 2, 1, 0, 0)]
    assert walked[5] == links[-1]
    assert walked[7] == links[0]
    page.keyboard.press("Escape")
    expect(page.locator(".pswp")).to_have_count(0)
    expect(page.locator(PHOTO).first).to_be_focused()
    assert not opened.complaints
    assert not opened.foreign()


def test_a_further_page_leads_on_to_the_next(view: OpenView, photo_address: str) -> None:
    opened = view(DESKTOP, address=photo_address)
    opened.open(f"{LARGE}3/")
    following = _links(opened.page)
    opened.open(f"{LARGE}2/")
    links = _links(opened.page)
    assert len(links) == PER_PAGE
    page = _open(opened)
    page.keyboard.press("End")
    expect(page.locator(PHOTO)).to_have_count(
        3 * PER_PAGE
    )  # and the page before, as the first photos were near
    expect(page.locator(".lightbox__count")).to_have_text(f"{2 * PER_PAGE} / {MANY}")
    assert _shown(page) == links[-1]
    page.keyboard.press("ArrowRight")
    expect(page.locator(".lightbox__count")).to_have_text(f"{2 * PER_PAGE + 1} / {MANY}")
    assert _shown(page) == following[0]
    assert not opened.complaints


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_further_page_leads_back_to_the_one_before(
    view: OpenView, photo_address: str, motion: Motion
) -> None:
    opened = view(DESKTOP, address=photo_address, motion=motion)
    opened.open(f"{LARGE}2/")
    before = _links(opened.page)
    opened.open(f"{LARGE}3/")
    links = _links(opened.page)
    pictures = [_picture(address) for address in before + links]
    page = _open(opened, 5)
    count = page.locator(".lightbox__count")
    page.wait_for_timeout(500)  # it opens for a third of a second, and hears no key before

    def go(key: str, at: int) -> None:
        page.keyboard.press(key)
        expect(count).to_have_text(f"{PER_PAGE + at + 1} / {MANY}")
        assert _picture(_shown(page)) == pictures[at]

    for at in (4, 3, 2, 1):
        go("ArrowLeft", PER_PAGE + at)
    expect(page.locator(PHOTO)).to_have_count(2 * PER_PAGE)
    expect(page.locator("[data-before]")).to_have_attribute("data-before", str(PER_PAGE))
    # To and fro over the seam, then where the numbers are that the first slides had before.
    for at in (0, -1, -2):
        go("ArrowLeft", PER_PAGE + at)
    for at in (-1, 0, 1):
        go("ArrowRight", PER_PAGE + at)
    page.keyboard.press("Home")
    expect(page.locator("[data-before]")).to_have_attribute("data-before", "0")
    for at in range(1, 7):
        go("ArrowRight", at)
    for at in range(5, -1, -1):
        go("ArrowLeft", at)
    page.keyboard.press("Escape")
    expect(page.locator(".pswp")).to_have_count(0)
    assert page.locator(PHOTO).nth(PER_PAGE).evaluate("link => link === document.activeElement")
    assert not opened.complaints


def test_focus_stays_inside_and_the_page_behind_is_out_of_reach(view: OpenView, photo_address: str) -> None:
    opened = view(DESKTOP, address=photo_address)
    opened.open("galleries/months/2021-02/")
    page = _open(opened)
    inside = "document.activeElement.closest('.pswp') !== null || document.activeElement === document.body"
    reached = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(inside)
        reached.add(
            page.evaluate(
                "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
            )
        )
    assert {
        "上一张",
        "下一张",
        "关闭",
        "放大或还原",
        "下载这张图片",
        "复制这张图片的链接",
        "看这项活动",
    } <= reached
    assert page.evaluate("[...document.body.children].filter(e => !e.inert).map(e => e.className)") == [
        page.locator(".pswp").get_attribute("class")
    ]
    page.get_by_role("button", name="关闭").click()
    assert page.evaluate("[...document.body.children].every(each => !each.inert)")


@pytest.mark.parametrize(
    ("width", "kind", "scheme"),
    [
        (PHONE, "gallery of a month", "light"),
        (PHONE, "activity", "dark"),
        (DESKTOP, "gallery of a month", "dark"),
        (DESKTOP, "activity", "light"),
    ],
)
def test_the_open_lightbox_is_accessible_and_fits(
    view: OpenView, built_site: Path, width: int, kind: str, scheme: str
) -> None:
    opened = view(width, scheme)
    opened.open(sample(built_site, kind))
    page = _open(opened, place=0)
    picture = page.locator('.pswp__item[aria-hidden="false"] img.pswp__img').last
    expect(picture).to_be_visible()
    assert _violations(page) == []
    box, caption = picture.bounding_box(), page.locator(".lightbox__caption").first.bounding_box()
    assert box is not None
    assert caption is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["width"] > 100
    assert caption["y"] >= box["y"] + box["height"] - 1
    assert page.evaluate("document.activeElement.closest('.pswp') !== null")
    assert not opened.complaints


def test_the_caption_says_what_when_where_and_leads_to_the_activity(
    view: OpenView, photo_address: str
) -> None:
    opened = view(PHONE, address=photo_address)
    opened.open(MONTH)
    place = opened.page.locator("figure").nth(1)
    caption = place.locator(".caption").inner_text()
    alt = place.locator("img").get_attribute("alt")
    assert alt == caption
    page = _open(opened)
    panel = page.locator(".lightbox__caption").first
    expect(panel.locator(".lightbox__title")).to_have_text(caption)
    assert re.fullmatch(
        r"2021年3月\d+日(丙园|乙园)(观摩|示范课|慰问)",
        panel.locator(".lightbox__facts").inner_text().replace("·", "").replace("\n", ""),
    )
    assert page.locator('.pswp__item[aria-hidden="false"] img.pswp__img').last.get_attribute("alt") == caption
    expect(page.locator(".pswp [role=status]").last).to_have_text(f"第2张，共61张：{caption}")
    panel.get_by_role("link", name="看这项活动").click()
    expect(page.locator("article.activity h1")).to_be_visible()
    # Back from there the photo is open again.
    page.go_back()
    expect(page.locator(BOX)).to_have_count(1)


def test_going_back_closes_and_the_address_follows_the_photo(view: OpenView, photo_address: str) -> None:
    opened = view(PHONE, address=photo_address)
    opened.open("galleries/")
    opened.open(MONTH)
    page = opened.page
    ids = _ids(page)
    place = page.url
    _open(opened, 3)
    assert page.url == f"{place}#{ids[3]}"
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    expect(page).to_have_url(f"{place}#{ids[23]}")
    page.go_back()
    expect(page.locator(".pswp")).to_have_count(0)
    assert page.url == place
    # The page now stands at the photo that was seen last.
    expect(page.locator(PHOTO).nth(23)).to_be_focused()
    page.wait_for_timeout(100)
    expect(page.locator("figure").nth(23)).to_be_in_viewport()
    page.go_forward()
    expect(page.locator(BOX)).to_have_count(1)
    assert page.url == f"{place}#{ids[23]}"
    page.get_by_role("button", name="关闭").click()
    expect(page.locator(".pswp")).to_have_count(0)
    expect(page).to_have_url(place)
    page.go_back()
    assert page.url == photo_address + "galleries/"
    assert not opened.complaints


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_an_address_opens_its_photo(view: OpenView, photo_address: str, motion: str) -> None:
    """On the page that has it, on a later page of the gallery, and on the activity's when the gallery has it not."""
    opened = view(PHONE, address=photo_address, motion=motion)
    opened.open(MONTH)
    page = opened.page
    first = _ids(page)[5]
    number = first.rpartition("/")[2]
    activity = page.locator("figure").nth(5).locator("a.caption__activity").evaluate("link => link.href")
    opened.open(MONTH + "2/")
    second = _ids(page)[4]
    for address, status in (
        (f"{MONTH}#{first}", "第6张，共61张"),
        (f"{MONTH}#{second}", f"第{PER_PAGE + 5}张，共61张"),
        (f"{MONTH}2/#{second}", f"第{PER_PAGE + 5}张，共61张"),
        (f"{activity.removeprefix(photo_address)}#photo={number}", f"第{number}张"),
        (f"galleries/schools/yi/#{first}", f"第{number}张"),
    ):
        page.goto("about:blank")
        opened.open(address)
        expect(page.locator(BOX)).to_have_count(1)
        expect(page.locator(".pswp [role=status]").last).to_contain_text(status)
    # From a gallery without this photo the way led to the activity.
    assert page.url == f"{activity}#photo={number}"
    page.keyboard.press("Escape")
    expect(page.locator(".pswp")).to_have_count(0)
    assert page.url == activity
    for nothing in (
        "#photo=999",
        "#photo=%E0%A4%A",
        "#photo=../../evil/1",
        "#photos",
        "#photo=//evil.example/a/b/c/1",
    ):
        page.goto("about:blank")
        opened.open(MONTH + nothing)
        page.wait_for_timeout(100)
        assert page.locator(".pswp").count() == 0
        assert page.url == photo_address + MONTH + nothing
    assert not opened.complaints


@pytest.mark.parametrize("wait", [0, 500])
def test_an_address_opens_its_photo_even_where_the_filters_hide_it(
    view: OpenView, photo_address: str, wait: int
) -> None:
    opened = view(DESKTOP, address=photo_address)
    page = opened.page
    # A browser may be back before the lightbox has closed, or after.
    page.add_init_script(
        f"const back = history.back.bind(history); history.back = () => setTimeout(back, {wait})"
    )
    opened.open(MONTH)
    mine = page.locator(".wall__item").first
    hidden, measure = mine.locator("figure").get_attribute("id"), mine.get_attribute("data-measure")
    other = page.locator(f".wall__item:not([data-measure={measure}])").first.get_attribute("data-measure")
    assert hidden
    assert other
    src = mine.locator(PHOTO).evaluate("link => link.href")

    # Going forth to it, after another choice.
    page.locator(PHOTO).first.click()
    expect(page.locator(".pswp--ui-visible")).to_have_count(1)
    page.keyboard.press("Escape")
    page.wait_for_url(photo_address + MONTH)
    page.locator("select[name=measure]").select_option(other)
    expect(page.locator(".found")).to_contain_text("找到")
    page.go_forward()
    expect(page.locator(".pswp--ui-visible")).to_have_count(1)
    assert _shown(page) == src
    # And back, where the choice holds again, and the focus is on what is shown.
    page.keyboard.press("Escape")
    page.wait_for_url(f"{photo_address}{MONTH}?measure={other}")
    expect(page.locator("select[name=measure]")).to_have_value(other)
    expect(mine).to_be_hidden()
    expect(page.locator(f".wall__item:not([hidden]) {PHOTO}").first).to_be_focused()

    # By an address that holds both.
    page.goto("about:blank")
    opened.open(f"{MONTH}?measure={other}#{hidden}")
    expect(page.locator(".pswp--ui-visible")).to_have_count(1)
    assert _shown(page) == src
    assert page.url == f"{photo_address}{MONTH}#{hidden}"
    assert not opened.complaints


def test_the_link_and_the_file_are_the_photos_own(view: OpenView, photo_address: str) -> None:
    opened = view(DESKTOP, address=photo_address)
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.open(MONTH)
    page = opened.page
    ids, links = _ids(page), _links(page)
    _open(opened, 2)
    page.get_by_role("button", name="复制这张图片的链接").click()
    expect(page.locator(".lightbox__note")).to_have_text("链接已复制")
    link = page.evaluate("navigator.clipboard.readText()")
    activity, _, number = ids[2].removeprefix("photo=").rpartition("/")
    assert link == f"{photo_address}schools/{activity}/#photo={number}"
    download = page.get_by_role("link", name="下载这张图片")
    assert download.evaluate("link => link.href") == links[2]
    with page.expect_download() as file:
        download.click()
    assert file.value.suggested_filename == f"{activity}-{number}.webp".replace("/", "-")
    page.goto("about:blank")
    opened.open(link.removeprefix(photo_address))
    expect(page.locator(BOX)).to_have_count(1)
    assert (
        page.get_by_role("link", name="下载这张图片").get_attribute("download")
        == file.value.suggested_filename
    )
    assert not opened.complaints


def test_a_phone_shares_by_its_own_means(view: OpenView, photo_address: str) -> None:
    opened = view(PHONE, address=photo_address)
    opened.page.add_init_script("navigator.share = async (what) => { window.shared = what; };")
    opened.open(MONTH)
    page = _open(opened)
    page.get_by_role("button", name="分享这张图片").click()
    shared = page.evaluate("window.shared")
    assert shared["title"] == page.locator(".lightbox__title").first.inner_text()
    assert urlsplit(shared["url"]).fragment.startswith("photo=")
    assert shared["text"].startswith(shared["title"] + "（2021年3月")


def test_a_swipe_turns_a_pinch_zooms_and_the_ground_closes(view: OpenView, photo_address: str) -> None:
    opened = view(PHONE, address=photo_address)
    opened.open("galleries/months/2021-02/")
    links = _links(opened.page)
    page = _open(opened, 4)
    touch = page.context.new_cdp_session(page)

    def fingers(*paths: list[tuple[int, int]]) -> None:
        for step in range(len(paths[0])):
            kind = "touchMove" if step else "touchStart"
            points = [{"x": path[step][0], "y": path[step][1], "id": i} for i, path in enumerate(paths)]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            page.wait_for_timeout(20)
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_timeout(700)

    fingers([(300 - 40 * step, 400) for step in range(7)])
    assert _shown(page) == links[5]
    fingers([(60 + 40 * step, 400) for step in range(7)])
    assert _shown(page) == links[4]
    width = "document.querySelector('.pswp__item[aria-hidden=false] .pswp__zoom-wrap').getBoundingClientRect().width"
    zoomed = "document.querySelector('.pswp').classList.contains('pswp--zoomed-in')"
    assert not page.evaluate(zoomed)
    fingers(
        [(195 - 12 * step, 400 - 12 * step) for step in range(8)],
        [(205 + 12 * step, 410 + 12 * step) for step in range(8)],
    )
    assert page.evaluate(zoomed)
    assert page.evaluate(width) is not None
    page.keyboard.press("z")
    page.wait_for_timeout(500)
    fingers([(195, 400 + 45 * step) for step in range(8)])
    expect(page.locator(".pswp")).to_have_count(0)
    assert not opened.complaints


def test_a_modified_click_is_the_browsers(view: OpenView, built_site: Path) -> None:
    opened = view()
    opened.open(sample(built_site, "gallery of a school"))
    with opened.page.context.expect_page() as other:
        opened.page.locator(PHOTO).first.click(modifiers=["ControlOrMeta"])
    other.value.wait_for_url("**/*.webp")
    assert opened.page.locator(".pswp").count() == 0


def test_without_the_library_a_photo_is_a_plain_link(view: OpenView, photo_address: str) -> None:
    opened = view(PHONE, address=photo_address)
    opened.page.route("**/photoswipe.esm.min.js", lambda route: route.abort())
    opened.open(MONTH)
    links = _links(opened.page)
    opened.page.locator(PHOTO).first.click()
    expect(opened.page).to_have_url(links[0])


def test_without_javascript_an_address_leads_to_the_photos_place(view: OpenView, photo_address: str) -> None:
    opened = view(PHONE, javascript=False, address=photo_address)
    opened.open(MONTH)
    # Without a script playwright can read, not run: the ids stand in the page's text.
    ids = re.findall(r'figure id="([^"]+)"', opened.page.content())
    opened.open(f"{MONTH}#{ids[30]}")
    expect(opened.page.locator("figure").nth(30)).to_be_in_viewport()
    assert not opened.page.locator(".filters").is_visible()
    assert opened.page.locator(".pages a").count() == 2
    assert not opened.complaints
    opened.page.locator(PHOTO).nth(30).click()
    assert opened.page.url.endswith(".webp")
