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
from tests.browser.way_in import DAY, KEY, RECORD, County, Evening, founding, live_through
from tests.browser.write_form import TEXTS, opening_forms
from tests.forge.gate import judge
from tests.forge.server import serve_forge
from tests.forge.state import ForgeState, Kind

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
