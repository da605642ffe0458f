"""填报 loses nothing: without a network, with a key that came at a bad moment, in two tabs, on a full telephone."""

from __future__ import annotations

import re
import zipfile
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import _violations
from tests.browser.waiting import wait_until
from tests.browser.write_form import ROW, TEXTS, Form, OpenForm, guangcai_photos, name_forge

pytestmark = pytest.mark.browser

KEPT_KEY = "localStorage['pairing-write-key https://git.example.cn/api/v1 county/archive']"
KEY = "k_3f9aQ2x7.secret"


HELD_WORKER = """
  const container = navigator.serviceWorker;  // none on about:blank
  const register = container?.register.bind(container);
  if (container) container.register = async (...asked) => {
    await new Promise((resolve) => { window.letWorkerCome = resolve; });
    return register(...asked);
  };
"""
"""The page's requests are not answered by the service worker until the test lets it come, as on a slow network."""


@pytest.mark.parametrize("way", ["by its link", "by its name"])
def test_opened_once_it_works_without_a_network(form: OpenForm, way: str) -> None:
    """No second visit is needed: opened anew, a photo made small and the package packed, with nothing fetched."""
    opened = form(script=HELD_WORKER)
    opened.open("#school=guangcai" if way == "by its link" else "#school=")
    if way == "by its name":
        opened.page.get_by_role("link", name="光彩幼儿园", exact=True).click()
    opened.screen("desk")
    wait_until(opened.page, "Boolean(window.letWorkerCome)")
    opened.page.evaluate("window.letWorkerCome()")
    wait_until(opened.page, "navigator.serviceWorker.controller !== null")
    opened.page.context.set_offline(True)
    opened.open("")
    opened.begin()
    opened.fill_facts()
    opened.fill_parts(TEXTS)
    opened.add_photos(guangcai_photos()[0])
    opened.describe_photo(0, "adults", "泡沫箱")
    opened.onward()
    opened.screen("review")
    opened.onward()
    with opened.page.expect_download() as download:
        opened.tap(opened.screen("handin").locator("[data-way=savePackage]"))
    with zipfile.ZipFile(download.value.path()) as package:
        assert len(package.namelist()) == 3
    # A school whose data was never fetched cannot be opened; the page says so.
    opened.open("#school=")
    opened.page.get_by_role("link", name="蕾梦幼儿园", exact=True).click()
    expect(opened.page.locator("#broken")).to_contain_text("没有打开")
    assert {said.partition(":")[0] for said in opened.complaints} <= {"TypeError", "Failed to load resource"}


def test_a_key_outlives_a_first_visit_that_failed(form: OpenForm) -> None:
    opened = form(service_workers="block")
    page = opened.page
    page.route("**/write/index.json", lambda route: route.abort())
    page.goto(f"{opened.base}write/#school=guangcai&key={KEY}")
    expect(page.locator("#broken")).to_be_visible()
    assert page.url == f"{opened.base}write/#school=guangcai"
    page.unroute("**/write/index.json")
    name_forge(opened)
    opened.tap(page.locator("#again"))
    opened.screen("desk")
    assert page.evaluate(KEPT_KEY) == KEY
    assert page.evaluate("JSON.stringify(localStorage)").count(KEY) == 1
    page.unroute("**/write/index.json")


def test_a_links_key_is_taken_in_a_tab_that_is_open_already(form: OpenForm) -> None:
    opened = form(service_workers="block")
    name_forge(opened)
    opened.open("#school=heiquan")
    opened.screen("desk")
    # As by the address bar: the same page, another fragment.
    opened.page.evaluate("key => { location.hash = `school=guangcai&key=${key}`; }", KEY)
    expect(opened.page.locator("#write-school")).to_have_text(" · 光彩幼儿园")
    assert opened.page.url == f"{opened.base}write/#school=guangcai"
    assert opened.page.evaluate(KEPT_KEY) == KEY
    assert not opened.complaints


STORED = """() => new Promise((resolve) => {
  indexedDB.open("pairing-write").onsuccess = ({ target }) => {
    const reading = target.result.transaction(["drafts", "photos"]);
    const [drafts, keys] = [reading.objectStore("drafts").getAll(), reading.objectStore("photos").getAllKeys()];
    reading.oncomplete = () => {
      target.result.close();
      const facts = ({ fields, sections, photos }) => [fields.title, sections["方案"], photos.map(({ id }) => keys.result.includes(id))];
      resolve([drafts.result.map(facts).sort(), keys.result.length]);
    };
  };
})"""
"""Evaluates to [drafts, number of photos]; of each draft its title, first part and of each photo whether it is there."""

TITLE = f"区域活动专题讲座：{ROW}"


def _step(opened: Form, name: str) -> None:
    """Go to a screen of the open draft, as a link of the page does."""
    opened.page.evaluate(
        "name => { location.hash = location.hash.replace(/step=.*/, `step=${name}`); }", name
    )
    opened.screen(name)


def test_photos_come_into_their_draft_whatever_is_opened_meanwhile(form: OpenForm) -> None:
    opened = form()
    page = opened.page
    opened.open()
    opened.begin()
    draft = page.url
    _step(opened, "photos")
    files: list[Any] = [
        {"name": name, "mimeType": "image/jpeg", "buffer": photo} for name, photo in guangcai_photos() * 2
    ]
    album = page.locator("[data-album]")
    album.set_input_files([*files, {"name": "坏.jpg", "mimeType": "image/jpeg", "buffer": b"x"}])
    # While they are made: to the desk, and into another draft's photos.
    page.evaluate("() => { location.hash = '#school=guangcai'; }")
    opened.tap(opened.screen("desk").locator("[data-other]"))
    opened.screen("what")
    _step(opened, "photos")
    wait_until(page, f"async () => (await ({STORED})())[1] === 6")
    page.wait_for_timeout(300)  # the bad one
    assert page.evaluate(STORED) == [[["", "", []], [TITLE, "", [True] * 6]], 6]
    cards = page.locator(".photo-card")
    expect(cards).to_have_count(0)
    expect(page.locator("[data-photo-state]")).to_have_text("")
    expect(page.locator("[data-photo-faults]")).to_be_hidden()
    page.goto(re.sub("step=.*", "step=photos", draft))
    expect(cards).to_have_count(6)
    expect(page.locator("[data-photo-faults] li")).to_have_text("坏.jpg：打不开，可能不是照片，或已经损坏")
    # A draft that is deleted while its photos are made does not come back, and leaves none of them.
    album.set_input_files(files)
    for _ in range(2):
        page.evaluate("() => { location.hash = '#school=guangcai'; }")
        opened.tap(opened.screen("desk").locator(".row__remove").first)
        opened.tap(page.locator("#confirm [data-yes]"))
        expect(page.locator("#confirm")).to_be_hidden()
    expect(page.locator("[data-drafts]")).to_be_hidden()
    page.wait_for_timeout(1000)
    assert page.evaluate(STORED) == [[], 0]
    assert not opened.complaints


@pytest.mark.parametrize("prompt", [True, False], ids=["told at once", "seen when writing"])
def test_two_tabs_do_not_overwrite_each_other(form: OpenForm, prompt: bool) -> None:
    script = "" if prompt else "delete window.BroadcastChannel"
    one = form(script=script)
    one.open()
    one.begin()
    _step(one, "part-1")
    area = one.page.locator("[data-screen=part-1] textarea")
    area.fill("第一个窗口")
    wait_until(one.page, f"async () => (await ({STORED})())[0][0][1] === '第一个窗口'")
    other = form(beside=one, script=script)
    other.page.goto(one.page.url)
    there = other.screen("part-1").locator("textarea")
    expect(there).to_have_value("第一个窗口")
    there.fill("第二个窗口")
    wait_until(one.page, f"async () => (await ({STORED})())[0][0][1] === '第二个窗口'")
    notice = one.page.locator("#elsewhere")
    if prompt:
        expect(notice).to_be_visible()
    area.fill("第一个窗口又写")
    expect(notice).to_contain_text("这份草稿在别的窗口里改过")
    assert one.page.evaluate(STORED) == [[[TITLE, "第二个窗口", []]], 0]
    expect(notice.locator("button")).to_have_text(["打开那边的", "两份都留着"])
    assert _violations(one.page) == []
    one.tap(notice.locator("button").first)
    expect(area).to_have_value("第二个窗口")
    expect(notice).to_be_hidden()
    # Now the first is the newer one, and the second keeps both.
    area.fill("第一个窗口再写")
    wait_until(one.page, f"async () => (await ({STORED})())[0][0][1] === '第一个窗口再写'")
    there.fill("第二个窗口再写")
    notice = other.page.locator("#elsewhere")
    other.tap(notice.locator("button").nth(1))
    expect(notice).to_be_hidden()
    expect(there).to_have_value("第二个窗口再写")
    there.fill("第二个窗口写完")
    wait_until(one.page, f"async () => (await ({STORED})())[0][1]?.[1] === '第二个窗口写完'")
    area.fill("第一个窗口写完")
    wait_until(one.page, f"async () => (await ({STORED})())[0][0][1] === '第一个窗口写完'")
    assert one.page.evaluate(STORED) == [[[TITLE, "第一个窗口写完", []], [TITLE, "第二个窗口写完", []]], 0]
    expect(one.page.locator("#elsewhere")).to_be_hidden()
    # One that was deleted elsewhere is no more written without asking.
    desk = form(beside=one, script=script)
    desk.open()
    for _ in range(2):
        desk.tap(desk.screen("desk").locator(".row__remove").first)
        desk.tap(desk.page.locator("#confirm [data-yes]"))
        expect(desk.page.locator("#confirm")).to_be_hidden()
    expect(desk.page.locator("[data-drafts]")).to_be_hidden()
    area.fill("还在写")
    notice = one.page.locator("#elsewhere")
    expect(notice).to_contain_text("这份草稿在别的窗口里删去了")
    assert one.page.evaluate(STORED) == [[], 0]
    one.tap(notice.locator("button").nth(1))
    wait_until(one.page, f"async () => (await ({STORED})())[0].length === 1")
    assert one.page.evaluate(STORED) == [[[TITLE, "还在写", []]], 0]
    there.fill("也在写")
    expect(other.page.locator("#elsewhere")).to_contain_text("删去了")
    other.tap(other.page.locator("#elsewhere button").first)
    other.screen("desk")
    assert one.page.evaluate(STORED) == [[[TITLE, "还在写", []]], 0]
    assert not one.complaints + other.complaints + desk.complaints


def test_only_looking_in_a_second_tab_changes_nothing(form: OpenForm) -> None:
    one = form()
    one.open()
    one.begin()
    _step(one, "part-1")
    other = form(beside=one)
    other.page.goto(re.sub("step=.*", "step=part-3", one.page.url))
    other.screen("part-3")
    one.page.locator("[data-screen=part-1] textarea").fill("写下去")
    wait_until(one.page, f"async () => (await ({STORED})())[0][0][1] === '写下去'")
    expect(one.page.locator("#elsewhere")).to_be_hidden()
    expect(other.page.locator("#elsewhere")).to_be_visible()


FULL = """
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...asked) {
    const made = put.apply(this, asked);
    if ((sessionStorage.full ?? "").includes(this.name)) this.transaction.abort();
    return made;
  };
"""
"""No room in the stores that `sessionStorage.full` names."""


def test_what_was_not_stored_is_said_until_it_is(form: OpenForm) -> None:
    opened = form(script=FULL)
    page = opened.page
    opened.open()
    opened.begin()
    _step(opened, "photos")
    notice = page.locator("#unsaved")
    page.evaluate("() => { sessionStorage.full = 'photos'; }")
    opened.add_photos(guangcai_photos()[0])
    expect(notice).to_be_visible()
    # What has room is stored, but not all has.
    opened.describe_photo(0, "none", "泡沫箱")
    _step(opened, "part-1")
    area = page.locator("[data-screen=part-1] textarea")
    area.fill("文字")
    wait_until(page, f"async () => (await ({STORED})())[0][0][1] === '文字'")
    page.wait_for_timeout(200)
    assert page.evaluate(STORED) == [[[TITLE, "文字", [False]]], 0]
    expect(notice).to_be_visible()
    page.evaluate("() => { sessionStorage.full = 'drafts photos'; }")
    area.fill("文字二")
    page.wait_for_timeout(200)
    expect(notice).to_be_visible()
    # Once there is room, everything is, even from another draft.
    page.evaluate("() => { sessionStorage.full = ''; location.hash = '#school=guangcai'; }")
    opened.tap(opened.screen("desk").locator("[data-other]"))
    opened.screen("what")
    expect(notice).to_be_hidden()
    assert page.evaluate(STORED) == [[["", "", []], [TITLE, "文字二", [True]]], 1]
    # A photo that was never stored is named when the draft is opened again.
    page.evaluate("() => { sessionStorage.full = 'photos'; }")
    page.go_back()
    opened.tap(opened.screen("desk").locator("[data-drafts] a", has_text=ROW))
    opened.screen("part-1")
    _step(opened, "photos")
    opened.add_photos(guangcai_photos()[1])
    opened.describe_photo(1, "none", "没有存下的")
    wait_until(page, f"async () => (await ({STORED})())[0][1][2].length === 2")
    again = form(beside=opened)
    again.page.goto(page.url)
    page.close()
    cards = again.screen("photos").locator(".photo-card")
    expect(cards).to_have_count(2)
    expect(cards.nth(1)).to_contain_text("这张没有存下，不在了。请去掉它，再从相册选一次。")
    expect(cards.nth(1).locator("[data-ask=caption] input")).to_have_value("没有存下的")
    expect(again.page.locator(".photo-card img")).to_have_count(1)
    assert _violations(again.page) == []
    again.onward()
    expect(again.page.locator(".problems:visible li")).to_have_text(["第2张：没有存下，请去掉它，再选一次"])
    again.tap(cards.nth(1).locator("[data-remove]"))
    again.tap(again.page.locator("#confirm [data-yes]"))
    expect(cards).to_have_count(1)
    again.onward()
    again.screen("review")
    assert not again.complaints


SLOW = """
  delete window.OffscreenCanvas;  // then the page makes the pictures
  const make = window.createImageBitmap;
  window.createImageBitmap = async (...asked) => {
    if (window.held) await new Promise((resolve) => { window.letGo = resolve; });
    return make(...asked);
  };
"""


def test_nothing_is_handed_in_while_photos_are_made(form: OpenForm) -> None:
    opened = form(script=SLOW)
    page = opened.page
    opened.open()
    opened.begin()
    opened.fill_facts()
    opened.fill_parts(TEXTS)
    opened.add_photos(guangcai_photos()[0])
    opened.describe_photo(0, "none", "泡沫箱")
    page.evaluate("() => { window.held = true; }")
    name, photo = guangcai_photos()[1]
    page.locator("[data-album]").set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": photo})
    opened.onward()
    expect(page.locator(".problems:visible li")).to_have_text(["照片还在处理，请等一等"])
    _step(opened, "review")
    opened.onward()
    expect(page.locator(".problems:visible li")).to_have_text(["照片还在处理，请等一等"])
    wait_until(page, "Boolean(window.letGo)")
    page.evaluate("window.letGo()")
    wait_until(page, f"async () => (await ({STORED})())[1] === 2")
    opened.onward()
    expect(page.locator(".problems:visible li")).to_have_text(
        ["第2张：图片说明还没有填", "第2张：图中人物还没有选"]
    )
    assert not opened.complaints


ONE_SUBMIT = """
  export const openForge = () => ({
    async submit(asked) {
      localStorage.submitted = Number(localStorage.submitted ?? 0) + 1;
      await new Promise((resolve) => { window.answer = resolve; });
      return { number: 7, url: "https://git.example.cn/county/archive/pulls/7", branch: asked.branch, head: "abc" };
    },
    async state(request) { return { state: "waiting", url: request.url, report: null }; },
  });
"""


def test_two_tabs_do_not_hand_in_twice(form: OpenForm) -> None:
    """One hands in while the other is on the same screen; and while the other writes on."""

    def open_tab(beside: Form | None) -> Form:
        tab = form(
            beside=beside,
            script="delete window.BroadcastChannel",
            **({} if beside else {"service_workers": "block"}),
        )
        name_forge(tab)
        tab.page.route(
            "**/write/forges.js", lambda route: route.fulfill(content_type="text/javascript", body=ONE_SUBMIT)
        )
        return tab

    one = open_tab(None)
    one.page.goto(f"{one.base}write/#school=guangcai&key={KEY}")
    one.screen("desk")
    one.write_report()
    draft = one.page.url
    other = open_tab(one)
    other.page.goto(draft)
    other.screen("handin")
    third = open_tab(one)
    third.page.goto(re.sub("step=.*", "step=part-1", draft))
    area = third.screen("part-1").locator("textarea")
    expect(area).to_have_value(TEXTS["方案"])
    one.tap(one.page.locator("[data-way=request]"))
    wait_until(one.page, "Boolean(window.answer)")
    other.tap(other.page.locator("[data-way=request]"))
    expect(other.page.locator("#elsewhere")).to_be_in_viewport()
    # Meanwhile the third takes what is there, and writes on.
    area.fill("边交边写")
    third.tap(third.page.locator("#elsewhere button").first)
    expect(area).to_have_value(TEXTS["方案"])
    area.fill("边交边写")
    wait_until(one.page, f"async () => (await ({STORED})())[0][0][1] === '边交边写'")
    one.page.evaluate("window.answer()")
    expect(one.page.locator("#elsewhere")).to_contain_text("在别的窗口里改过")
    one.tap(one.page.locator("#elsewhere button").first)
    expect(one.screen("result").locator("[data-request]")).to_contain_text("第7号")
    # Nothing is lost of either: that it was handed in, and what was written.
    desk = form(beside=one)
    desk.open()
    expect(desk.screen("desk").locator("[data-sent] .row")).to_contain_text("已交到档案，第7号")
    assert one.page.evaluate(STORED)[0][0][1] == "边交边写"
    area.fill("还要写")
    expect(third.page.locator("#elsewhere")).to_be_visible()
    assert one.page.evaluate("localStorage.submitted") == "1"
    assert not one.complaints + other.complaints + third.complaints
