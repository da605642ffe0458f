"""Another county's programme is another file: other months, clauses, measures and quotas, and no change of code."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.accounts.expectations import list_expectation_states
from generator.accounts.ledger import Status, make_ledger
from generator.accounts.months import find_deadline
from generator.accounts.plan_tasks import list_tasks
from generator.archive import Corpus, read_corpus
from generator.rules import check_corpus, clause_coverage

ROOT = Path(__file__).resolve().parent / "programmes" / "second"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus(ROOT)


def _found(corpus: Corpus, day: str) -> list[tuple[str, str, str]]:
    return [(d.rule, d.clause, d.message) for d in check_corpus(corpus, dt.date.fromisoformat(day))]


def test_it_is_read_without_a_fault(corpus: Corpus) -> None:
    assert corpus.problems == ()
    assert corpus.years == (2021,)
    assert len(corpus.activities) == 4
    assert all(a.complete for a in corpus.activities)


def test_each_of_its_clauses_is_looked_after(corpus: Corpus) -> None:
    programme, plan = corpus.find_programme(2021), corpus.bureau[2021].plan
    assert programme is not None
    assert plan is not None
    assert [c.id for c in clause_coverage.list_leaves(plan)] == [
        *("一-1", "一-2", "一-3", "一-4", "二-1", "二-2", "二-3", "二-4", "三-1", "三-2")
    ]
    assert list(clause_coverage.find_unattended(programme, plan)) == []
    assert list(clause_coverage.find_unneeded(programme)) == []


def test_months_shorter_than_the_deadline_day_end_on_their_last(corpus: Corpus) -> None:
    programme = corpus.find_programme(2021)
    assert programme is not None
    assert [find_deadline(programme, month).day for month in programme.months] == [28, 31, 30]


@pytest.mark.parametrize(
    ("day", "month", "helper", "helped"),
    [
        ("2021-02-28", "2021-02", Status.OPEN, Status.MET),  # one of the helper's two came a day late
        ("2021-03-01", "2021-02", Status.LATE, Status.MET),
        ("2021-03-31", "2021-03", Status.OPEN, Status.OPEN),
        ("2021-04-01", "2021-03", Status.MISSING, Status.MISSING),
        ("2021-04-30", "2021-04", Status.OPEN, Status.OPEN),
        ("2021-05-01", "2021-04", Status.MISSING, Status.MISSING),
    ],
)
def test_its_months(corpus: Corpus, day: str, month: str, helper: Status, helped: Status) -> None:
    account = make_ledger(corpus, 2021, dt.date.fromisoformat(day))
    assert account is not None
    assert [c.status for c in account.find_month(month)] == [helper, helped]
    assert {c.quota for c in account.cells.values()} == {2}


def test_its_expectations(corpus: Corpus) -> None:
    states = {
        (s.measure.id, s.school, s.period): (s.got, s.met) for s in list_expectation_states(corpus, 2021)
    }
    assert states["open-day", "shiyan", "2021-02"] == (2, True)
    assert states["open-day", "shiyan", "2021-03"] == (0, False)
    assert states["following", "hexi", "2021-02"] == (2, True)
    assert states["parents-evening", "hexi", "whole"] == (1, True)
    assert states["pairs", "shiyan", "whole"] == (1, True)
    assert not any(measure == "book-parcel" for measure, _, _ in states)


def test_its_plan_table(corpus: Corpus) -> None:
    states = [t.state.value for t in list_tasks(corpus, 2021, "shiyan", dt.date(2021, 3, 31))]
    assert states == ["已完成", "逾期完成", "未到期", "未到期", "未到期", "未到期"]


def test_what_the_rules_say_on_the_last_day_of_february(corpus: Corpus) -> None:
    assert _found(corpus, "2021-02-28") == [
        ("reported-date", "二-1", "上报日期 2021-03-01 还没有到（今天是 2021-02-28）"),
        ("roster-content", "二-4", "上报日期 2021-03-07 还没有到（今天是 2021-02-28）"),
    ]


def test_what_the_rules_say_in_march(corpus: Corpus) -> None:
    assert _found(corpus, "2021-03-31") == [
        ("late-report", "二-2", "2021-03-01 上报，超过了二月的截止日 2021-02-28，按逾期登记"),
        ("month-quota", "二-2", "乙县实验幼儿园 2021-02 应报 2 项，按时上报 1 项，逾期 1 项，欠 1 项"),
    ]


def test_what_the_rules_say_in_april(corpus: Corpus) -> None:
    assert _found(corpus, "2021-04-01") == [
        ("month-quota", "二-2", "河西幼儿园 2021-03 应报 2 项，一项也没有上报，欠 2 项"),
        ("monthly-expectation", "一-2", "河西幼儿园 2021-03 “跟学”未达到要求：应有 2 人，实有 0 人"),
        ("late-report", "二-2", "2021-03-01 上报，超过了二月的截止日 2021-02-28，按逾期登记"),
        ("month-quota", "二-2", "乙县实验幼儿园 2021-02 应报 2 项，按时上报 1 项，逾期 1 项，欠 1 项"),
        ("month-quota", "二-2", "乙县实验幼儿园 2021-03 应报 2 项，一项也没有上报，欠 2 项"),
        (
            "monthly-expectation",
            "一-1",
            "乙县实验幼儿园 2021-03 “开放日”未达到要求：应有 2 个年级，实有 0 个年级",
        ),
    ]
