"""Galleries: rows that keep proportions and never jump, filters that ask all photos, pages that come on demand."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from generator.site.pages.galleries import PER_PAGE
from tests.browser.conftest import DESKTOP, PHONE, OpenView
from tests.browser.photo_archive import LONG, MANY, SIXTY
from tests.browser.test_pages import _violations

pytestmark = pytest.mark.browser

LARGE = "galleries/months/2021-02/"
ODD = "galleries/schools/bing/"
ITEM = ".wall__item:not([hidden])"

ROWS = """() => [...document.querySelectorAll('.wall img')].map(image => {
  const box = image.getBoundingClientRect();
  return [Math.round(box.left), Math.round(box.top + scrollY), box.width, box.height,
          image.getAttribute('width') / image.getAttribute('height')];
})"""


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("url", [LARGE, ODD])
def test_rows_are_filled_and_pictures_keep_their_proportions(
    view: OpenView, photo_address: str, url: str, width: int
) -> None:
    opened = view(width, address=photo_address)
    opened.open(url)
    boxes = opened.page.evaluate(ROWS)
    assert len(boxes) == PER_PAGE
    rows: dict[int, list[list[float]]] = {}
    for box in boxes:
        rows.setdefault(box[1], []).append(box)
    room = opened.page.locator(".wall").bounding_box()
    assert room is not None
    *full, _ = rows.values()
    for row in full:
        # Equal heights (to a pixel's rounding), and the row reaches from edge to edge; only what
        # stands upright and alone between panoramas is not made as wide as they are.
        heights = [box[3] for box in row]
        assert max(heights) - min(heights) < 1.5, row
        if sum(box[4] for box in row) < 1.3:
            continue
        assert row[-1][0] + row[-1][2] == pytest.approx(room["x"] + room["width"], abs=1.5)
    for _, _, across, down, ratio in boxes:
        if 0.51 < ratio < 3.9:
            assert across / down == pytest.approx(ratio, rel=0.026)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_browser_asks_for_the_size_that_is_shown(view: OpenView, photo_address: str, width: int) -> None:
    """Every picture that came late is the one that its true width asks for; the first row's is near to it."""
    opened = view(width, address=photo_address)
    opened.open(LARGE)
    opened.page.wait_for_load_state("networkidle")
    found = opened.page.evaluate(
        """async () => {
          const told = [];
          for (const image of document.querySelectorAll('.wall img')) {
            if (!image.currentSrc) continue;
            const exact = new Image();
            exact.sizes = `${image.getBoundingClientRect().width}px`;
            exact.srcset = image.parentElement.querySelector('source:not([media])').srcset;
            await exact.decode();
            told.push([image.loading, image.currentSrc === exact.currentSrc, image.currentSrc]);
          }
          return told;
        }"""
    )
    lazy = [each for each in found if each[0] == "lazy"]
    assert len(lazy) >= 4
    assert [each for each in lazy if not each[1]] == []
    assert all(each[2].endswith(".webp") for each in found)


def test_colours_stand_in_before_pictures_come(view: OpenView, photo_address: str) -> None:
    opened = view(PHONE, address=photo_address)
    opened.page.route("**/photos/**", lambda route: route.abort())
    opened.page.goto(photo_address + LARGE)
    colours = opened.page.eval_on_selector_all(
        ".wall img", "images => images.map(image => getComputedStyle(image).backgroundColor)"
    )
    assert len(set(colours)) > PER_PAGE // 2
    assert "rgba(0, 0, 0, 0)" not in colours


def _names(page: Page, select: str) -> list[str]:
    return page.locator(f"select[name={select}] option").all_inner_texts()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_filters_ask_the_whole_gallery(view: OpenView, photo_address: str, width: int) -> None:
    opened = view(width, address=photo_address)
    opened.open(LARGE)
    page = opened.page
    found = page.locator(".found")
    expect(found).to_have_text(f"26项活动，{MANY}张图片")
    names = _names(page, "measure")
    assert names[0] == "全部帮扶内容"
    assert sum(int(re.findall(r"\d+", name)[-1]) for name in names[1:]) == MANY
    # By keyboard alone.
    page.locator("select[name=measure]").focus()
    page.keyboard.press("ArrowDown")
    expect(found).to_have_text(f"找到{re.findall(r'[0-9]+', names[1])[-1]}张，共{MANY}张")
    assert found.get_attribute("role") == "status"
    assert page.locator(ITEM).count() == int(re.findall(r"\d+", names[1])[-1])
    assert page.url.endswith("?measure=visit")
    # What is left for the other question is counted anew.
    left = [int(re.findall(r"\d+", name)[-1]) for name in _names(page, "direction")[1:]]
    assert sum(left) == page.locator(ITEM).count()
    assert not page.locator(".wall-more").is_visible()
    assert _violations(page) == []
    page.get_by_role("button", name="显示全部").click()
    expect(found).to_have_text(f"26项活动，{MANY}张图片")
    assert page.locator(ITEM).count() == MANY
    assert page.url == photo_address + LARGE
    expect(page.locator("select[name=measure]")).to_be_focused()
    assert not opened.complaints
    assert not opened.foreign()


def test_an_address_holds_the_choice(view: OpenView, photo_address: str) -> None:
    """From any of the gallery's pages; what it does not know is passed over; the lightbox shows the chosen only."""
    opened = view(PHONE, address=photo_address)
    for url in (LARGE, LARGE + "2/", LARGE + "5/"):
        opened.open(f"{url}?direction=online&pairing=nobody&measure={quote('<b>')}")
        page = opened.page
        expect(page.locator(".found")).to_have_text(re.compile(rf"找到\d+张，共{MANY}张"))
        chosen = page.locator(ITEM)
        count = chosen.count()
        assert 0 < count < MANY
        assert page.eval_on_selector_all(
            ITEM, "all => all.every(each => each.dataset.direction === 'online')"
        )
        days = page.eval_on_selector_all(f"{ITEM} time", "all => all.map(each => each.dateTime)")
        assert days == sorted(days, reverse=True)
        chosen.first.locator("a.photo").click()
        expect(page.locator(".lightbox__count")).to_have_text(f"1 / {count}")
        assert "?direction=online" in page.url
        page.keyboard.press("Escape")
        expect(page.locator(".pswp")).to_have_count(0)
        links = page.eval_on_selector_all(".wall a", "all => all.map(each => each.href)")
        assert all(link.startswith((photo_address + "photos/", photo_address + "schools/")) for link in links)
    assert not opened.complaints


def test_nothing_found_says_so_and_a_failed_page_too(view: OpenView, photo_address: str) -> None:
    opened = view(PHONE, address=photo_address)
    page = opened.page
    page.route("**/2021-02/3/", lambda route: route.abort())
    opened.open(f"{LARGE}?measure=care")
    expect(page.locator(".found")).to_have_text(
        re.compile(rf"找到\d+张，共{MANY}张（其余{PER_PAGE}张没有取到，请检查网络后再选）")
    )
    page.unroute("**/2021-02/3/")
    page.locator("select[name=measure]").select_option("visit")
    expect(page.locator(".found")).to_have_text(re.compile(rf"找到\d+张，共{MANY}张$"))
    # In this archive one measure goes with one direction.
    disabled = page.locator("select[name=direction] option:disabled")
    assert disabled.count() == 2
    page.goto(f"{photo_address}{LARGE}?measure=visit&direction={disabled.first.get_attribute('value')}")
    expect(page.locator(".found")).to_have_text("没有这样的图片")
    assert page.get_by_role("button", name="显示全部").is_visible()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_further_photos_come_on_demand(view: OpenView, photo_address: str, width: int) -> None:
    opened = view(width, address=photo_address)
    opened.open(LARGE)
    page = opened.page
    assert page.locator(ITEM).count() == PER_PAGE
    assert not page.locator(".pages").is_visible()
    more = page.get_by_role("button", name=re.compile("再显示"))
    for number in range(2, 6):
        more.click()
        expect(page.locator(ITEM)).to_have_count(number * PER_PAGE)
        expect(page.locator(f"{ITEM} a.photo").nth((number - 1) * PER_PAGE)).to_be_focused()
        expect(page.locator(".wall-more p")).to_have_text(f"已显示{number * PER_PAGE}张，共{MANY}张")
    more.click()
    expect(page.locator(ITEM)).to_have_count(MANY)
    expect(page.locator(".wall-more")).to_be_hidden()
    ids = page.eval_on_selector_all(".wall figure", "all => all.map(each => each.id)")
    assert len(set(ids)) == MANY
    assert _violations(page) == []
    last = page.locator(f"{ITEM} a.photo").last
    last.scroll_into_view_if_needed()
    expect(last.locator("img")).to_have_js_property("complete", True)
    assert last.locator("img").evaluate("image => image.naturalWidth") > 0
    assert not opened.complaints


def test_without_javascript_there_are_pages_and_no_filters(view: OpenView, photo_address: str) -> None:
    opened = view(PHONE, javascript=False, address=photo_address)
    opened.open(LARGE)
    page = opened.page
    assert not page.locator(".filters").is_visible()
    assert page.locator(".pages a").count() == 6
    page.get_by_role("link", name="第6页").click()
    assert page.locator(".wall__item").count() == MANY - 5 * PER_PAGE
    assert "第6页" in page.locator(".lede").inner_text()
    assert not opened.complaints


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("url", [LARGE, ODD, "galleries/schools/yi/", "schools/bing/2021/03/01-visit/", "schools/yi/2021/03/10-some/", "schools/yi/2021/03/11-none/"])  # fmt: skip
def test_odd_photos_are_accessible_and_fit(view: OpenView, photo_address: str, url: str, width: int) -> None:
    opened = view(width, "dark", address=photo_address)
    opened.open(url)
    assert not opened.complaints
    wide, room = opened.page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= room
    assert _violations(opened.page) == []


def test_withheld_photos_say_why(view: OpenView, photo_address: str) -> None:
    opened = view(PHONE, address=photo_address)
    opened.open("schools/yi/2021/03/10-some/")
    assert opened.page.locator(".withheld").all_inner_texts() == [
        "图片中有幼儿，未取得监护人同意，不公开（2张）",
        "图片只存档，不公开",
        "图片已撤下",
    ]
    # Whoever was given the address of a photo that was withdrawn later comes to the reason.
    opened.open("schools/yi/2021/03/10-some/#photo=5")
    expect(opened.page.locator(".withheld").last).to_be_in_viewport()
    assert opened.page.locator(".pswp").count() == 0
    opened.open("schools/yi/2021/03/11-none/")
    expect(opened.page.locator(".withheld")).to_have_text("图片中有幼儿，未取得监护人同意，不公开")


def test_a_long_caption_is_whole_in_the_lightbox(view: OpenView, photo_address: str) -> None:
    assert len(LONG) == 40
    opened = view(PHONE, address=photo_address)
    opened.open(ODD)
    opened.page.locator("figure", has_text=LONG).first.locator("a.photo").click()
    title = opened.page.locator(".lightbox__title").first
    expect(title).to_have_text(LONG)
    assert title.evaluate("each => each.scrollHeight <= each.clientHeight")


@pytest.mark.parametrize("url", [LARGE, "schools/bing/2021/03/01-visit/"])
def test_paper_shows_photos_with_their_whole_captions(view: OpenView, photo_address: str, url: str) -> None:
    opened = view(DESKTOP, "dark", address=photo_address)
    opened.open(url)
    page = opened.page
    page.emulate_media(media="print")
    for away in (".filters", ".wall-more button", ".pages", ".site-bar", ".pager"):
        assert not page.locator(away).first.is_visible(), away
    captions = page.locator(".wall .caption")
    assert captions.first.is_visible()
    assert captions.evaluate_all("all => all.every(each => each.scrollHeight <= each.clientHeight + 1)")


def test_sixty_is_two_pages() -> None:
    assert PER_PAGE < SIXTY < 2 * PER_PAGE
