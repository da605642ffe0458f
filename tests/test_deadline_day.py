"""A report on the deadline day counts and one of the day after does not: wherever the code compares the two days."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from generator.accounts.assessment.assess_schools import assess_schools
from generator.accounts.ledger import Status, is_late, list_counted, make_cell, make_ledger
from generator.accounts.plan_tasks import TaskState, list_tasks
from generator.archive import Corpus, read_corpus
from generator.documents.bulletin import compose_bulletin
from generator.rules import BY_SLUG
from generator.rules.submission import as_a_change
from generator.rules.submission.changed_paths import Submission
from generator.rules.submission.reported_days import Days
from generator.site.calendars.dates import list_school_dates
from generator.site.pages.site import compute_site
from tests.closed_archive import BUREAU, files, lay_out, picture, run
from tests.small_archive import activity, base
from tests.test_assessment import POINTS

PHOTO = "photos:\n  - {file: 01.jpg, caption: 材料架, people: none}\n"
LAST, AFTER = dt.date(2021, 3, 30), dt.date(2021, 3, 31)
IN_TIME, LATE = "jia/2021/03/04-visit", "jia/2021/03/05-visit"


def record(key: str, reported: dt.date, row: str) -> str:
    text = activity(
        f"2021-03-{key[12:14]}", reported=reported.isoformat(), extra=f"plan: {row}\n", photos=PHOTO
    )
    return text.replace("教师学会", f"{key[13]}位教师学会")  # no two texts alike


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an archive with a report of the deadline day and one of the day after."""
    rows = "".join(f"  - {{id: 2021-03-{n}, month: 2021-03, task: 第{n}项}}\n" for n in (1, 2, 3))
    return lay_out(
        tmp_path,
        base()
        | {
            f"{BUREAU}/programme.yml": f"{files()[f'{BUREAU}/programme.yml']!s}{POINTS}",
            "records/jia/2021/plan.yml": f"rows:\n{rows}",
            f"records/{IN_TIME}/activity.md": record(IN_TIME, LAST, "2021-03-1"),
            f"records/{IN_TIME}/01.jpg": picture(3),
            f"records/{LATE}/01.jpg": picture(4),
            f"records/{LATE}/activity.md": record(LATE, AFTER, "2021-03-2"),
        },
    )


@pytest.fixture
def corpus(root: Path) -> Corpus:
    return read_corpus(root)


def test_the_account_counts_it(corpus: Corpus) -> None:
    found = make_cell(corpus, 2021, "jia", "2021-03", AFTER)
    assert (found.status, found.on_time, found.late) == (Status.LATE, 1, 1)
    assert [a.key for a in list_counted(corpus, found, AFTER)] == [IN_TIME]
    assert [is_late(corpus, corpus.by_key[key], AFTER) for key in (IN_TIME, LATE)] == [False, True]


def test_the_month_is_open_on_that_day_and_over_on_the_next(corpus: Corpus) -> None:
    assert make_cell(corpus, 2021, "yi", "2021-03", LAST).status is Status.OPEN
    assert make_cell(corpus, 2021, "yi", "2021-03", AFTER).status is Status.MISSING
    assert [t.state for t in list_tasks(corpus, 2021, "jia", LAST)] == [
        TaskState.DONE,
        TaskState.LATE,
        TaskState.OPEN,
    ]
    assert list_tasks(corpus, 2021, "jia", AFTER)[2].state is TaskState.UNDONE
    accounts = [make_ledger(corpus, 2021, day) for day in (LAST, AFTER)]
    assert [account and account.find_next_due() for account in accounts] == ["2021-03", None]


def test_the_check_warns_of_the_later_one_alone(corpus: Corpus) -> None:
    found = BY_SLUG["late-report"].check(corpus, AFTER)
    assert [d.span.file.path for d in found] == [f"records/{LATE}/activity.md"]


def test_pages_data_and_calendars_say_the_same(corpus: Corpus) -> None:
    site = compute_site(corpus, today=AFTER)
    assert {a.key: a.late for a in site.activities} == {IN_TIME: False, LATE: True}
    (own,) = [
        o for o in list_school_dates(corpus, site.ledgers[2021])["jia"] if o.seed == "report/2021-03/jia"
    ]
    assert own.date == LAST
    assert own.text.endswith("网站上已有：按时上报1项，逾期上报1项，还差1项。")


def test_the_bulletin_and_the_assessment_count_it(corpus: Corpus) -> None:
    account = make_ledger(corpus, 2021, AFTER)
    assert account is not None
    value = compose_bulletin(corpus, account, "2021-03")
    (line,) = [line for group in value.groups for line in group.lines if line.school == "jia"]
    assert (line.on_time, line.late) == (1, 1)
    found = assess_schools(corpus, 2021, "spring", AFTER)
    score = found.find_score("jia") if found else None
    assert score is not None
    assert {each.item.id: each.got for each in score.lines if each.item.id in ("quota", "plan-rows")} == {
        "quota": 1,
        "plan-rows": 1,
    }


def test_a_closing_counts_it_and_comes_no_sooner_than_the_day_after(root: Path) -> None:
    assert run(root, "close", "2021-02", "--as-of", "2021-03-01")[0] == 0
    code, said = run(root, "close", "2021-03", "--as-of", LAST.isoformat())
    assert (code, "2021-03 还没有过截止日 2021-03-30：2021-03-31 起才能结账" in said) == (1, True)
    assert run(root, "close", "2021-03", "--as-of", AFTER.isoformat())[0] == 0
    closing = read_corpus(root).bureau[2021].closings["2021-03"].data
    (line,) = [line for line in closing.schools if line.school == "jia"]
    assert [r.record for r in line.records] == [IN_TIME]
    assert [r.record for r in line.late] == [LATE]
    told = json.loads(run(root, "check", "--as-of", "2021-04-05", "--format", "json")[1])
    assert [d for d in told if d["rule"] in ("closing-chain", "closing-changed", "bureau-records")] == []


@pytest.mark.parametrize(
    ("opened", "changed", "turns"),
    [
        ("2021-03-30", "2021-03-31", True),
        ("2021-03-30", "2021-03-30", False),
        ("2021-03-31", "2021-04-01", False),
    ],
)
def test_the_officer_is_told_when_a_request_crosses_that_day(
    corpus: Corpus, opened: str, changed: str, *, turns: bool
) -> None:
    touched = Submission(paths=(f"records/{IN_TIME}/activity.md",))
    days = Days(first=dt.date.fromisoformat(opened), last=dt.date.fromisoformat(changed))
    nothing: Any = lambda path: None  # noqa: E731
    found = [d for d in as_a_change.check_change(corpus, touched, nothing, days) if d.severity == "warning"]
    assert bool(found) is turns


def test_a_request_mended_on_that_day_crosses_nothing(root: Path) -> None:
    path = f"records/{IN_TIME}/activity.md"
    (root / path).write_text(record(IN_TIME, LAST - dt.timedelta(days=1), "2021-03-1"), encoding="utf-8")
    days = Days(first=LAST - dt.timedelta(days=1), last=LAST)
    assert (
        list(as_a_change.check_change(read_corpus(root), Submission(paths=(path,)), lambda _: None, days))
        == []
    )


def test_the_status_says_until_that_day_that_there_is_time(root: Path) -> None:
    told = [run(root, "status", "--as-of", day.isoformat())[1] for day in (LAST, AFTER)]
    assert ["尚可上报（2021-03-30 截止）" in said for said in told] == [True, False]
