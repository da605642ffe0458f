"""The way in, whole: QR code, draft, closed tab, lost network, request, red check, mending, green, merged, published."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.way_in import KEY, Evening, founding, live_through
from tests.browser.write_form import TEXTS

pytestmark = pytest.mark.browser

STEPS_BEFORE = 41
"""What the same took by the forge's own pages, an account and the guides."""


def test_from_the_code_on_paper_to_the_page_on_the_site(browser: Browser, tmp_path: Path) -> None:
    evening = Evening()
    with founding(tmp_path) as county:
        live_through(browser, county, evening)
        assert [call.address for call in county.state.calls if KEY in call.address] == []
        print(evening.sum_up())
    assert evening.taps <= 15 + 3 * 4 + 2, "the two interruptions cost a tap each"
    assert evening.mending_taps <= 4
    assert len(evening.screens) < STEPS_BEFORE
    assert evening.photo_bytes < evening.camera_bytes / 3
    # A third more by base64; the upload that was cut, the mending and the questions add less than another.
    assert evening.sent_bytes < evening.photo_bytes * 4 / 3 * 2 + 20_000
    assert f"## 记录\n\n{TEXTS['记录']}\n" in evening.record
