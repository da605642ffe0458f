"""One sample year with a few pictures, written once for all tests of the sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.sample import SampleCounts, write_sample


@pytest.fixture(scope="session")
def sample_year(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> tuple[Path, SampleCounts]:
    """Return the root of a sample year modelled on the project's own programme, with 12 pictures."""
    out = tmp_path_factory.mktemp("sample") / "archive"
    return out, write_sample(out, template=project_root, photos=12)
