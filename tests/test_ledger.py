"""Month statuses, expectations and plan tables, as of chosen days."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.accounts.expectations import list_expectation_states
from generator.accounts.ledger import Status, is_late, make_cell, make_ledger
from generator.accounts.months import find_deadline
from generator.accounts.plan_tasks import list_tasks
from generator.archive import Corpus, read_corpus
from generator.site.pages.site import compute_site
from tests.conftest import MakeArchive
from tests.small_archive import activity, base

DAY = dt.date.fromisoformat


def corpus_of(make_archive: MakeArchive, files: dict[str, str]) -> Corpus:
    corpus = read_corpus(make_archive(base() | files))
    assert corpus.problems == ()
    return corpus


def helped(*days: tuple[str, str]) -> dict[str, str]:
    """Records of the helped school: (date, reported) each."""
    return {
        f"records/yi/2021/{day[5:7]}/{day[8:]}-visit-{n}/activity.md": activity(
            day, partner="jia", reported=reported
        )
        for n, (day, reported) in enumerate(days)
    }


@pytest.mark.parametrize(
    ("records", "as_of", "status", "on_time", "late", "owed"),
    [
        ([], "2021-02-28", Status.OPEN, 0, 0, 1),  # February ends on the 28th: still open that day
        ([], "2021-03-01", Status.MISSING, 0, 0, 1),
        ([("2021-02-10", "2021-02-28")], "2021-03-01", Status.MET, 1, 0, 0),
        ([("2021-02-10", "2021-02-28")], "2021-02-11", Status.MET, 1, 0, 0),
        ([("2021-02-10", "2021-03-01")], "2021-03-01", Status.LATE, 0, 1, 1),
        ([("2021-02-10", "2021-03-01"), ("2021-02-11", "2021-02-12")], "2021-03-01", Status.MET, 1, 1, 0),
    ],
)
def test_month_of_a_helped_school(
    make_archive: MakeArchive,
    records: list[tuple[str, str]],
    as_of: str,
    status: Status,
    on_time: int,
    late: int,
    owed: int,
) -> None:
    found = make_cell(corpus_of(make_archive, helped(*records)), 2021, "yi", "2021-02", DAY(as_of))
    assert (found.status, found.on_time, found.late, found.owed) == (status, on_time, late, owed)


def test_a_report_on_the_last_day_is_on_time_everywhere(make_archive: MakeArchive) -> None:
    """The count, an activity's own mark and its page say the same on the day of the deadline and the day after."""
    corpus = corpus_of(make_archive, helped(("2021-02-10", "2021-02-28"), ("2021-02-11", "2021-03-01")))
    assert [is_late(corpus, record, DAY("2021-03-02")) for record in corpus.activities] == [False, True]
    assert [shown.late for shown in compute_site(corpus, today=DAY("2021-03-02")).activities] == [False, True]
    found = make_cell(corpus, 2021, "yi", "2021-02", DAY("2021-03-02"))
    assert (found.on_time, found.late) == (1, 1)


def test_a_helper_with_one_of_two_is_short_and_late_ones_make_late(make_archive: MakeArchive) -> None:
    one = {"records/jia/2021/03/05-visit/activity.md": activity("2021-03-05")}
    corpus = corpus_of(make_archive, one)
    found = make_cell(corpus, 2021, "jia", "2021-03", DAY("2021-04-01"))
    assert (found.status, found.owed, found.quota) == (Status.SHORT, 1, 2)
    second = {"records/jia/2021/03/06-visit/activity.md": activity("2021-03-06", reported="2021-03-31")}
    found = make_cell(corpus_of(make_archive, one | second), 2021, "jia", "2021-03", DAY("2021-04-01"))
    assert (found.status, found.owed, found.on_time, found.late) == (Status.LATE, 1, 1, 1)


def test_months_outside_the_programme_are_off(make_archive: MakeArchive) -> None:
    found = make_cell(corpus_of(make_archive, {}), 2021, "yi", "2021-07", DAY("2021-08-01"))
    assert (found.status, found.quota, found.owed, found.due) == (Status.OFF, 0, 0, False)


@pytest.mark.parametrize(
    ("day", "month", "last"),
    [
        (30, "2021-02", "2021-02-28"),
        (30, "2020-02", "2020-02-29"),
        (31, "2021-04", "2021-04-30"),
        (30, "2021-03", "2021-03-30"),
        (1, "2021-02", "2021-02-01"),
    ],
)
def test_deadline_of_a_short_month_is_its_last_day(
    make_archive: MakeArchive, day: int, month: str, last: str
) -> None:
    programme = corpus_of(make_archive, {}).find_programme(2021)
    assert programme is not None
    assert find_deadline(programme.model_copy(update={"deadline_day": day}), month) == DAY(last)


def test_a_closed_month_is_owed_no_longer(make_archive: MakeArchive) -> None:
    closing = (
        "month: 2021-02\nclosed: 2021-03-01\nschools:\n"
        "  - {school: jia, quota: 2, counted: 0, status: missing}\n"
        "  - {school: yi, quota: 1, counted: 0, status: missing}\n"
    )
    corpus = corpus_of(make_archive, {"records/bureau/2021/closings/2021-02.yml": closing})
    account = make_ledger(corpus, 2021, DAY("2021-04-01"))
    assert account is not None
    assert [(c.school, c.month, c.owed) for c in account.list_missing()] == [
        ("jia", "2021-03", 2),
        ("yi", "2021-03", 1),
    ]


def test_expectations_of_every_kind(make_archive: MakeArchive) -> None:
    grades = "grades: [大班, 小班]\n"
    roster = (
        "terms:\n  - term: spring\n    reported: 2021-02-07\n    pairs:\n"
        "      - {mentor: 骨干, mentee: 教师, school: yi, focus: 区角}\n"
    )
    agreement = "---\ntitle: 协议\nhelped: yi\nsigned: 2021-02-03\ngoals: [共同提高]\n---\n正文\n"
    files = {
        "records/jia/2021/02/10-visit/activity.md": activity("2021-02-10"),
        "records/jia/2021/02/11-lesson/activity.md": activity("2021-02-11", measure="lesson", extra=grades),
        "records/jia/2021/03/02-care/activity.md": activity("2021-03-02", measure="care"),
        "records/jia/2021/roster.yml": roster,
        "records/jia/2021/agreement-yi.md": agreement,
        "records/yi/2021/plan.yml": "rows:\n  - {id: 2021-02-1, month: 2021-02, task: 观摩}\n",
    }
    states = list_expectation_states(corpus_of(make_archive, files), 2021)
    assert [(s.measure.id, s.school, s.period, s.got, s.met, s.due.isoformat()) for s in states] == [
        ("visit", "jia", "2021-02", 2, True, "2021-03-01"),
        ("visit", "jia", "2021-03", 0, False, "2021-03-31"),
        ("visit", "yi", "2021-02", 0, False, "2021-03-01"),
        ("visit", "yi", "2021-03", 0, False, "2021-03-31"),
        ("lesson", "jia", "2021-02", 2, True, "2021-03-01"),
        ("lesson", "jia", "2021-03", 0, False, "2021-03-31"),
        ("care", "jia", "spring", 1, True, "2021-03-31"),
        ("papers", "jia", "spring", 1, True, "2021-02-08"),
        ("papers", "jia", "2021", 1, True, "2021-03-01"),
        ("papers", "yi", "2021", 1, True, "2021-03-01"),
    ]


def test_a_roster_after_the_first_week_does_not_count(make_archive: MakeArchive) -> None:
    roster = (
        "terms:\n  - term: spring\n    reported: 2021-02-08\n    pairs:\n"
        "      - {mentor: 骨干, mentee: 教师, school: yi, focus: 区角}\n"
    )
    corpus = corpus_of(make_archive, {"records/jia/2021/roster.yml": roster})
    papers = [s for s in list_expectation_states(corpus, 2021) if s.expectation.document == "roster"]
    assert [
        (s.got, s.met, s.is_missed(DAY("2021-02-07")), s.is_missed(DAY("2021-02-08"))) for s in papers
    ] == [(1, False, False, True)]


@pytest.mark.parametrize(
    ("reported", "state"),
    [
        (("2021-02-28",), "已完成"),
        (("2021-03-01",), "逾期完成"),
        (("2021-02-12", "2021-03-01"), "已完成"),
        (("2021-03-01", "2021-02-12"), "已完成"),
        (("2021-03-01", "2021-03-02"), "逾期完成"),
    ],
)
def test_a_plan_row_is_late_when_all_of_its_activities_are(
    make_archive: MakeArchive, reported: tuple[str, ...], state: str
) -> None:
    """One that came in time fulfils the row, whichever of them was held first."""
    files = {"records/yi/2021/plan.yml": "rows:\n  - {id: 2021-02-1, month: 2021-02, task: 观摩}\n"}
    for day, each in enumerate(reported, 10):
        text = activity(f"2021-02-{day}", partner="jia", reported=each, extra="plan: 2021-02-1\n")
        files[f"records/yi/2021/02/{day}-visit/activity.md"] = text
    (task,) = list_tasks(corpus_of(make_archive, files), 2021, "yi", DAY("2021-03-05"))
    assert (task.state.value, len(task.activities)) == (state, len(reported))


def test_plan_table_states(make_archive: MakeArchive) -> None:
    rows = "\n".join(
        f"  - {{id: 2021-0{m}-{n}, month: 2021-0{m}, task: 第{n}项}}" for m in (2, 3) for n in (1, 2)
    )
    files = {
        "records/yi/2021/plan.yml": f"rows:\n{rows}\n",
        "records/yi/2021/02/10-a/activity.md": activity(
            "2021-02-10", partner="jia", extra="plan: 2021-02-1\n"
        ),
        "records/yi/2021/03/10-b/activity.md": activity(
            "2021-03-10", partner="jia", reported="2021-03-31", extra="plan: 2021-03-1\n"
        ),
    }
    found = list_tasks(corpus_of(make_archive, files), 2021, "yi", DAY("2021-03-30"))
    assert [(t.row.id, t.state.value, [a.folder for a in t.activities]) for t in found] == [
        ("2021-02-1", "已完成", ["10-a"]),
        ("2021-02-2", "未完成", []),
        ("2021-03-1", "逾期完成", ["10-b"]),
        ("2021-03-2", "未到期", []),
    ]
