"""The way in, whole: QR code, draft, closed tab, lost network, request, red check, mending, green, merged, published."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.browser.camera import take_photo
from tests.browser.test_pages import _violations
from tests.browser.way_in import DAY, KEY, RECORD, County, Evening, founding, live_through
from tests.browser.write_form import TEXTS, Form, guangcai_photos, opening_forms
from tests.forge.gate import judge
from tests.forge.server import serve_forge
from tests.forge.state import Fault, ForgeState, Kind

pytestmark = pytest.mark.browser

STEPS_BEFORE = 41
"""What the same took by the forge's own pages, an account and the guides."""


def test_from_the_code_on_paper_to_the_page_on_the_site(browser: Browser, tmp_path: Path) -> None:
    evening = Evening()
    with founding(tmp_path) as county:
        live_through(browser, county, evening)
        assert [call.address for call in county.state.calls if KEY in call.address] == []
        print(evening.sum_up())
    assert evening.taps <= 15 + 3 * 4
    assert evening.interruption_taps == 2
    assert evening.checking_taps == 2
    assert evening.mending_taps <= 4
    assert len(evening.screens) < STEPS_BEFORE
    assert evening.photo_bytes < evening.camera_bytes / 3
    # A third more by base64; the upload that was cut, the mending and the questions add less than another.
    assert evening.sent_bytes < evening.photo_bytes * 4 / 3 * 2 + 20_000
    assert f"## 记录\n\n{TEXTS['记录']}\n" in evening.record


HALF_A_MINUTE = 30 * 1_000_000 // 8
"""Bytes that go out in it at 1 Mbit/s."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """Yield a county whose site is built once, for forges of every kind."""
    with founding(tmp_path_factory.mktemp("county")) as found:
        yield found


@pytest.mark.parametrize("kind", get_args(Kind))
def test_six_photos_of_three_megabytes_go_to_each_kind_in_half_a_minute(
    browser: Browser, county: County, kind: Kind
) -> None:
    photos = [take_photo(number, size=(2048, 1536), noise=14, grain=2, quality=82) for number in range(6)]
    assert sum(len(content) for _, content in photos) > 3_000_000
    state = ForgeState(kind=kind, repository=county.state.repository, keys=county.state.keys)
    with serve_forge(state) as api, opening_forms(browser, county.address) as open_form:
        county.move_to(state, api)
        form = open_form(service_workers="block")
        form.open(f"#school=guangcai&key={KEY}")
        form.begin()
        form.fill_facts()
        form.fill_parts(TEXTS)
        form.add_photos(*photos)
        for at in range(len(photos)):
            form.describe_photo(at, "none", f"讲座的课件第{at + 1}页")
        form.onward()
        form.screen("review")
        form.onward()
        form.tap(form.screen("handin").locator("[data-way=request]"))
        notice = form.screen("result").locator("[data-state]")
        expect(notice).to_contain_text("正在检查")
        (request,) = state.requests
        assert judge(state, request, day=DAY) is True
        form.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(notice).to_contain_text("检查通过")
        arrived = state.repository.read_files(request.branch)
        pictures = [arrived[f"{RECORD}/0{number}.jpg"] for number in range(1, 7)]
        assert [Image.open(io.BytesIO(picture)).size for picture in pictures] == [(2048, 1536)] * 6
        sent = sum(call.size for call in state.calls if call.method != "GET")
        print(f"{kind}: {sum(map(len, pictures)) / 1e6:.2f} MB of photos, {sent / 1e6:.2f} MB sent")
        assert 0.8 * HALF_A_MINUTE < sent < HALF_A_MINUTE, "no smaller than needed, and never more"
        # Branch, folder and, of GitHub, check runs that are not there are asked for, and a browser says so.
        assert [words for words in form.complaints if not re.search("status of 40[34]", words)] == []


def _write_three(form: Form) -> None:
    """Write a report with three photos, with a key, up to the screen of handing in."""
    form.open(f"#school=guangcai&key={KEY}")
    form.begin()
    form.fill_facts()
    form.fill_parts(TEXTS)
    form.add_photos(*guangcai_photos())
    for at, people in enumerate(("none", "consented", "adults")):
        form.describe_photo(at, people, f"讲座的课件第{at + 1}页")
    form.onward()
    form.screen("review")
    form.onward()
    form.screen("handin")


def _hand_in_three(form: Form) -> None:
    _write_three(form)
    form.tap(form.screen("handin").locator("[data-way=request]"))
    expect(form.screen("result").locator("[data-state]")).to_contain_text("正在检查")


@pytest.mark.parametrize("kind", ["gitea", "gitee"])
def test_a_photo_that_is_refused_after_handing_in_is_in_nothing_that_stands(
    browser: Browser, county: County, kind: Kind
) -> None:
    """The page says that it has left; the request is closed, its branch deleted where the API can, another one opened."""
    state = ForgeState(kind=kind, repository=county.state.repository, keys=county.state.keys)
    repository = state.repository
    there = repository.branches()
    with serve_forge(state) as api, opening_forms(browser, county.address) as open_form:
        county.move_to(state, api)
        form = open_form(service_workers="block")
        _hand_in_three(form)
        (first,) = state.requests
        taken_back = repository.git("rev-parse", f"{first.branch}:{RECORD}/02.jpg").decode().strip()
        form.tap(form.screen("result").locator("[data-mend]"))
        form.screen("review")
        form.tap(form.page.locator(".review a[href$='step=photos']"))
        card = form.screen("photos").locator(".photo-card").nth(1)
        form.describe_photo(1, "refused")
        expect(card).to_contain_text("它已经交出去了，在第1号里，去掉以后历史里还有。")
        form.onward()
        form.screen("review")
        form.onward()
        handin = form.screen("handin")
        expect(handin.locator("[data-kept-back]")).to_have_text(
            "有1张照片交出去过，现在不交。它已经交出去了，在第1号里，去掉以后历史里还有。"
            "请撤回第1号，另交一份。"
        )
        ways = handin.locator("[data-way]").evaluate_all("all => all.map((one) => one.dataset.way)")
        assert ways[:2] == ["withdraw", "mend"]
        assert _violations(form.page) == []
        # A key that may not close requests: it is said what to ask the bureau for.
        state.faults.append(Fault(call="^PATCH ", what=(403, {"message": "no"}, {})))
        form.tap(handin.locator("[data-way=withdraw]"))
        expect(handin.locator("[data-failed]")).to_contain_text(
            f"第1号没有撤回，照片还在里面。一直不成，请转告教育局：关闭它，删去分支{first.branch}。"
        )
        assert [request.state for request in state.requests] == ["open"]
        # The network is lost when the request is closed and the next not yet there; again, and it goes on.
        state.faults = [Fault(call="^POST .*/(contents|commits)$", what="refuse", times=3)]
        form.tap(handin.locator("[data-way=withdraw]"))
        expect(handin.locator("[data-failed]")).to_contain_text("会接着交，不会交成两份")
        form.tap(handin.locator("[data-way=withdraw]"))
        result = form.screen("result")
        expect(result.locator("[data-state]")).to_contain_text("正在检查")
        assert [request.state for request in state.requests] == ["closed", "open"]
        second = state.requests[1]
        assert "\n- 照片：2张\n- 代替：第1号\n" in second.body
        left = {first.branch} if kind == "gitee" else set()
        assert set(repository.branches()) == {*there, second.branch} | left
        told = {
            "gitea": "第1号已经关闭，分支也删去了。在档案所在的网站上可能还找得到照片。涉及幼儿的，请转告教育局：清除它的历史。",
            "gitee": f"第1号已经关闭，分支{first.branch}没能删去，照片还在里面。"
            "涉及幼儿的，请转告教育局：删去这个分支，清除它的历史。",
        }
        expect(result.locator("[data-left]")).to_have_text(told[kind])
        assert _violations(form.page) == []
        arrived = repository.read_files(second.branch)
        assert {path for path in arrived if path.startswith(RECORD)} == {
            f"{RECORD}/{name}" for name in ("activity.md", "01.jpg", "02.jpg")
        }
        objects = repository.git("rev-list", "--objects", f"main..{second.branch}").decode()
        assert taken_back not in objects
        form.page.go_back()
        form.page.evaluate("location.hash = location.hash.replace(/step=.*/, 'step=photos')")
        expect(form.screen("photos").locator(".photo-card").nth(1)).to_contain_text(
            "以前交出去过，现在不交。"
        )


def test_a_request_that_was_closed_is_handed_in_anew(browser: Browser, county: County) -> None:
    state = ForgeState(kind="gitea", repository=county.state.repository, keys=county.state.keys)
    with serve_forge(state) as api, opening_forms(browser, county.address) as open_form:
        county.move_to(state, api)
        form = open_form(service_workers="block")
        _hand_in_three(form)
        (first,) = state.requests
        state.close(first)
        form.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        result = form.screen("result")
        expect(result.locator("[data-state]")).to_contain_text("已经关闭")
        again = result.locator("[data-mend]")
        expect(again).to_have_text("重新交一份")
        form.tap(result.locator("[data-desk]"))
        sent = form.screen("desk").locator("[data-sent] .row")
        expect(sent).to_contain_text("第1号已经关闭，可以重新交")
        form.tap(sent)
        expect(again).to_have_text("重新交一份")
        form.page.clock.set_fixed_time("2020-05-30T07:10:00+08:00")
        form.tap(again)
        form.screen("review")
        form.onward()
        form.tap(form.screen("handin").locator("[data-way=request]"))
        expect(result.locator("[data-state]")).to_contain_text("正在检查")
        second = state.requests[1]
        assert [(request.state, request.number) for request in state.requests] == [("closed", 1), ("open", 2)]
        assert second.branch != first.branch
        before, after = (state.repository.read_files(head) for head in (first.head, second.branch))
        record = f"{RECORD}/activity.md"
        # It is a new report, of the day on which it was made.
        assert before.pop(record).replace(b"reported: 2020-05-29", b"reported: 2020-05-30") == after.pop(
            record
        )
        assert before == after
        form.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(result.locator("[data-mend]")).to_have_text("改好再交一次")


def test_a_photo_that_is_refused_after_a_try_that_failed_is_in_no_branch(
    browser: Browser, county: County
) -> None:
    """The branch came into being, the request did not: the photo has left all the same."""
    state = ForgeState(kind="gitea", repository=county.state.repository, keys=county.state.keys)
    repository = state.repository
    there = repository.branches()
    with serve_forge(state) as api, opening_forms(browser, county.address) as open_form:
        county.move_to(state, api)
        form = open_form(service_workers="block")
        _write_three(form)
        handin = form.screen("handin")
        state.faults.append(Fault(call="^POST .*/pulls$", what="refuse", times=3))
        form.tap(handin.locator("[data-way=request]"))
        expect(handin.locator("[data-failed]")).to_contain_text("会接着交，不会交成两份")
        (left,) = set(repository.branches()) - {*there}
        taken_back = repository.git("rev-parse", f"{left}:{RECORD}/02.jpg").decode().strip()
        form.page.evaluate("location.hash = location.hash.replace(/step=.*/, 'step=photos')")
        card = form.screen("photos").locator(".photo-card").nth(1)
        form.describe_photo(1, "refused")
        expect(card).to_contain_text("上一次没有交成，它可能已经传上去了。")
        form.onward()
        form.screen("review")
        form.onward()
        first = handin.locator("[data-way]").first
        expect(first).to_have_text("撤回，另交一份")
        form.tap(first)
        expect(form.screen("result").locator("[data-left]")).to_contain_text(
            "没有交成的那一份已经关闭，分支也删去了。"
        )
        (request,) = state.requests
        assert "代替" not in request.body
        assert set(repository.branches()) == {*there, request.branch}
        assert request.branch != left
        assert taken_back not in repository.git("rev-list", "--objects", f"main..{request.branch}").decode()
