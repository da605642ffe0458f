"""Pages of the assessment and the command's words: whole outputs of a small archive with one false report.

``UPDATE_CASES=1 pytest tests/test_assessment_pages.py`` writes the expected files anew; read every change.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from generator.archive import read_corpus
from generator.cli.main import main
from generator.site.pages import assessments
from generator.site.pages.site import compute_site
from tests.small_archive import activity, base
from tests.test_assessment import FOUR, PLAN, files, inspection, visit

GOLDEN = Path(__file__).with_name("assessment")
TODAY = dt.date(2021, 5, 9)
FOUND = (
    *FOUR,
    PLAN,
    visit("2021-02-11", school="yi"),
    (
        "records/jia/2021/02/09-hidden/activity.md",
        activity("2021-02-09", title="不公开的", extra="public: false\n"),
    ),
    inspection("2021-04-02-jia", "2021-04-02", "jia/2021/03/03-visit", "false"),
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    for name, content in files(*FOUND).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return tmp_path


def held(name: str, made: str) -> None:
    expected = GOLDEN / name
    if os.environ.get("UPDATE_CASES"):
        GOLDEN.mkdir(exist_ok=True)
        expected.write_text(made, encoding="utf-8", newline="\n")
    assert made == expected.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("index.html", "assessment/"),
        ("term.html", "assessment/2021-spring/"),
        ("school.html", "assessment/2021-spring/jia/"),
    ],
)
def test_a_page_is_what_it_was(archive: Path, name: str, url: str) -> None:
    made = {
        page.url: page for page in assessments.make_pages(compute_site(read_corpus(archive), today=TODAY))
    }
    assert "hidden" not in made[url].body.replace("visually-hidden", "")
    held(name, made[url].body + "\n")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("term.txt", []),
        ("school.txt", ["--explain", "jia"]),
        ("tried.txt", ["--weight", "quota=30"]),
        ("school.json", ["--explain", "yi", "--format", "json"]),
    ],
)
def test_the_command_says_what_it_said(
    archive: Path, capsys: pytest.CaptureFixture[str], name: str, arguments: list[str]
) -> None:
    code = main(["assess", "2021-spring", *arguments, "--root", str(archive), "--as-of", str(TODAY)])
    out, err = capsys.readouterr()
    assert code == 0
    assert bool(err) == (name == "tried.txt")  # thirty for one item are not a hundred for all
    held(name, out)


def test_without_points_the_index_says_so(tmp_path: Path) -> None:
    for name, content in base().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    page, _ = assessments.make_pages(compute_site(read_corpus(tmp_path), today=TODAY))
    assert "方案数据里还没有考核项目和分值" in page.body


def test_a_term_that_is_not_over_has_no_page(archive: Path) -> None:
    page, _ = assessments.make_pages(compute_site(read_corpus(archive), today=dt.date(2021, 3, 20)))
    assert "学期还没有结束，2021年3月30日以后列出。" in page.body
