"""Lighthouse gives the five most visited kinds of page at least 95 in all its categories."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.lighthouse import LEAST, build, measure, missing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing()), reason=missing() or "installed"),
]


def test_scores(tmp_path: Path) -> None:
    found = measure(build(tmp_path))
    low = {kind: (values, costs) for kind, (values, costs) in found.items() if min(values.values()) < LEAST}
    assert low == {}
