"""What inspections found, by activity: the short form and the long, which finding counts, and the reply."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.accounts.inspection_results import (
    Finding,
    find_latest_finding,
    find_outcome,
    list_findings,
    list_inspected,
    list_inspections,
)
from generator.archive import Corpus, read_corpus
from generator.rules.submission.changed_paths import Submission
from tests.conftest import MakeArchive
from tests.small_archive import activity, base

FOLDER = "records/bureau/2021/inspections"
ONE, TWO = "yi/2021/02/10-visit", "yi/2021/02/11-visit"
RECORDS = {
    f"records/{key}/activity.md": activity(f"2021-02-{key[11:13]}", partner="jia") for key in (ONE, TWO)
}


def note(front: str) -> str:
    return f"---\ntitle: 核查\nschool: yi\n{front}---\n\n看了现场。\n"


def corpus_of(make_archive: MakeArchive, notes: dict[str, str]) -> Corpus:
    files = {f"{FOLDER}/{name}.md": note(front) for name, front in notes.items()}
    corpus = read_corpus(make_archive(base() | RECORDS | files))
    assert corpus.problems == ()
    return corpus


def told(finding: Finding) -> tuple[str, str, str, str | None]:
    record = finding.inspection.key.removeprefix("bureau/2021/inspections/")
    return (finding.finding, finding.remark, record, finding.reply.text if finding.reply else None)


def test_findings_by_activity_in_order_of_date(make_archive: MakeArchive) -> None:
    """Files sort otherwise than dates; an item without a finding is no finding."""
    corpus = corpus_of(
        make_archive,
        {
            "b-first": f"date: 2021-02-20\nactivity: {ONE}\nfinding: doubtful\n",
            "a-second": (
                f"date: 2021-02-25\nreply: {{date: 2021-02-26, text: 补充了签到表}}\nrecords:\n"
                f"  - {{activity: {ONE}, finding: confirmed, remark: 签到表相符}}\n  - {{activity: {TWO}}}\n"
            ),
            "c-third": f"date: 2021-02-25\nrecords:\n  - {{activity: {TWO}, finding: 'false'}}\n",
            "d-none": "date: 2021-02-26\nfinding: confirmed\n",
        },
    )
    found = list_findings(corpus, 2021)
    assert {key: [told(f) for f in each] for key, each in found.items()} == {
        ONE: [("doubtful", "", "b-first", None), ("confirmed", "签到表相符", "a-second", "补充了签到表")],
        TWO: [("false", "", "c-third", None)],
    }
    assert {key: find_latest_finding(each) for key, each in found.items()} == {ONE: "confirmed", TWO: "false"}
    assert find_latest_finding(()) is None
    assert [(r.data.date.day, r.slug) for r in list_inspections(corpus, 2021)] == [
        (20, "b-first"),
        (25, "a-second"),
        (25, "c-third"),
        (26, "d-none"),
    ]
    assert list_findings(corpus, 1999) == {}


def test_an_unreadable_inspection_finds_nothing(make_archive: MakeArchive) -> None:
    files = {f"{FOLDER}/x.md": note(f"date: 昨天\nactivity: {ONE}\nfinding: 'false'\n")}
    corpus = read_corpus(make_archive(base() | RECORDS | files))
    assert [p.rule for p in corpus.problems] == ["date-format"]
    assert list_findings(corpus, 2021) == {}


@pytest.mark.parametrize(
    ("front", "outcomes"),
    [
        ("", None),
        ("finding: confirmed\n", "confirmed"),
        (f"activity: {ONE}\nfinding: doubtful\n", "doubtful"),
        (f"records:\n  - {{activity: {ONE}}}\n", None),
        (
            f"records:\n  - {{activity: {ONE}, finding: confirmed}}\n  - {{activity: {TWO}, finding: doubtful}}\n",
            "doubtful",
        ),
        (f"finding: doubtful\nrecords:\n  - {{activity: {ONE}, finding: confirmed}}\n", "doubtful"),
    ],
)
def test_outcome_of_an_inspection(make_archive: MakeArchive, front: str, outcomes: str | None) -> None:
    corpus = corpus_of(make_archive, {"x": f"date: 2021-02-20\n{front}"})
    (record,) = list_inspections(corpus, 2021)
    assert find_outcome(record.data) == outcomes


def test_the_short_form_is_one_record(make_archive: MakeArchive) -> None:
    corpus = corpus_of(make_archive, {"x": f"date: 2021-02-20\nactivity: {ONE}\nfinding: doubtful\n"})
    (record,) = list_inspections(corpus, 2021)
    (item,) = list_inspected(record.data)
    assert item.model_dump() == {"activity": ONE, "finding": "doubtful", "remark": None}
    assert list_findings(corpus, 2021)[ONE][0].date == dt.date(2021, 2, 20)


@pytest.mark.parametrize("touched", ["2021-02-20-yi.md", "2021-02-20-yi/01.jpg"])
def test_a_submission_answers_for_a_note_and_its_photos(touched: str) -> None:
    """Whichever of the two is touched; not for another note whose name begins the same."""
    submission = Submission(paths=(f"{FOLDER}/{touched}",))
    paths = (
        "2021-02-20-yi.md",
        "2021-02-20-yi/01.jpg",
        "2021-02-20-yi-again.md",
        "2021-02-20-yi-again/01.jpg",
    )
    assert [submission.covers(f"{FOLDER}/{path}") for path in paths] == [True, True, False, False]
    assert submission.count_records() == 1
