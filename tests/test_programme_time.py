"""What the programme and the profiles say of a day: who takes part, who is named how, what a month owes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from generator.accounts.ledger import Status, format_fraction, make_cell, make_ledger
from generator.accounts.months import find_deadline
from generator.archive import Corpus, read_corpus
from generator.records.models import Programme, School, Span, find_gap
from tests.conftest import MakeArchive
from tests.small_archive import PROGRAMME, activity, base

DAY = dt.date.fromisoformat
PAIRING = "  - {helper: jia, helped: [yi], responsible: [某甲, 某乙]}\n"
TERMS = "months: [2021-02, 2021-03]}\n"


def programme(pairings: str = PAIRING, more: str = "") -> Programme:
    autumn = (
        "  - {id: autumn, name: 秋学期, starts: 2021-09-01, ends: 2021-10-29, months: [2021-09, 2021-10]}\n"
    )
    text = PROGRAMME.replace(PAIRING, pairings).replace(TERMS, TERMS + autumn) + more
    return Programme.model_validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - makes texts only


def written(text: str, more: str) -> dict[str, str | bytes]:
    return {"records/bureau/2021/programme.yml": text + more}


def test_an_old_programme_has_all_its_schools_in_every_month() -> None:
    found = programme()
    assert {month: found.list_members(month) for month in found.months} == dict.fromkeys(
        ("2021-02", "2021-03", "2021-09", "2021-10"), ("jia", "yi")
    )
    assert [found.find_quota("jia", month) for month in found.months] == [2, 2, 2, 2]
    (pairing,) = found.pairings
    assert (pairing.helped, pairing.responsible) == (["yi"], ["某甲", "某乙"])
    assert pairing.model_dump(by_alias=True, exclude_defaults=True) == {
        "helper": "jia",
        "helped": ["yi"],
        "responsible": ["某甲", "某乙"],
    }


@pytest.mark.parametrize(
    ("time", "owed", "shown"),
    [
        ("", "02 03 09 10", "02 03 09 10"),
        (", from: 2021-03", "03 09 10", "03 09 10"),
        (", from: 2021-03-02", "09 10", "03 09 10"),
        (", until: 2021-09", "02 03 09", "02 03 09"),
        (", until: 2021-10-29", "02 03 09 10", "02 03 09 10"),  # the term ends on that day
        (", until: 2021-10-28", "02 03 09", "02 03 09 10"),
        (", from: 2021-09-02, until: 2021-09-20", "", "09"),
    ],
)
def test_a_school_owes_the_months_of_which_it_was_there_on_every_day(
    time: str, owed: str, shown: str
) -> None:
    found = programme(f"  - {{helper: jia, helped: [{{school: yi{time}}}], responsible: [某甲]}}\n")
    months = {m[5:]: m for m in found.months}
    assert " ".join(m for m in months if found.is_member("yi", months[m])) == owed
    assert " ".join(m for m in months if found.takes_part("yi", months[m])) == shown
    assert all(found.is_member("jia", month) for month in found.months)


def test_a_helper_is_swapped_and_another_school_has_two() -> None:
    found = programme(
        "  - {helper: jia, until: 2021-09-15, helped: [yi, bing], responsible: [某甲]}\n"
        "  - {helper: ding, from: 2021-09-16, helped: [yi], responsible: [某丙]}\n"
        "  - {helper: wu, helped: [bing], responsible: [{name: 某丁, until: 2021-03}, {name: 某戊, from: 2021-04}]}\n"
    )
    first, second, third = found.pairings
    assert found.school_ids == ("jia", "yi", "bing", "ding", "wu")
    assert found.list_members("2021-03") == ("jia", "yi", "bing", "wu")
    assert found.list_members("2021-09") == (
        "yi",
        "bing",
        "wu",
    )  # yi changed its helper from one day to the next
    assert found.list_members("2021-10") == ("yi", "bing", "ding", "wu")
    assert found.list_members_on(DAY("2021-09-16")) == ("yi", "bing", "ding", "wu")
    assert [found.list_pairings_of("yi", month) for month in found.months] == [
        (first,),
        (first,),
        (first, second),
        (second,),
    ]
    assert found.list_pairings_of("bing") == (first, third)
    assert (found.find_pairing_of("yi"), found.find_pairing_of("yi", "2021-10")) == (first, second)
    assert found.list_helped_in(first, "2021-10") == ()
    assert found.list_helped_on(first, DAY("2021-09-15")) == ("yi", "bing")
    assert found.list_responsible_on(third, DAY("2021-03-31")) == ("某丁",)
    assert found.list_responsible_on(third, DAY("2021-04-01")) == ("某戊",)
    assert third.responsible == ["某丁", "某戊"]


def test_a_helped_school_becomes_a_helper() -> None:
    found = programme(
        "  - {helper: jia, helped: [{school: yi, until: 2021-03}, bing], responsible: [某甲]}\n"
        "  - {helper: yi, from: 2021-04, helped: [ding], responsible: [某丙]}\n"
    )
    assert [found.find_quota("yi", month) for month in found.months] == [1, 1, 2, 2]
    assert (found.is_helper("yi"), found.is_helper("yi", "2021-02")) == (True, False)


def test_nothing_is_owed_before_the_programme_was_adopted() -> None:
    found = programme(more="adopted: 2021-03-02\n")
    assert [found.list_members(month) for month in found.months] == [(), (), ("jia", "yi"), ("jia", "yi")]
    assert programme(more="adopted: 2021-02-01\n").list_members("2021-02") == ("jia", "yi")


def test_a_deadline_is_moved_for_one_month() -> None:
    found = programme(more="deadlines:\n  2021-02: {date: 2021-03-03, reason: 春节}\n")
    assert [find_deadline(found, month) for month in found.months[:2]] == [
        DAY("2021-03-03"),
        DAY("2021-03-30"),
    ]


EXCUSED = """cancelled:
  2021-02: {reason: 疫情防控, decided_by: 县教育局, decided: 2021-02-01}
excused:
  - {school: yi, months: [2021-03], reason: 封控停园, decided_by: 学前股股长, decided: 2021-03-05}
"""


def test_an_excused_month_owes_nothing_and_says_why(make_archive: MakeArchive) -> None:
    files = written(PROGRAMME, EXCUSED) | {
        "records/yi/2021/02/10-visit/activity.md": activity("2021-02-10", partner="jia"),
    }
    corpus = read_corpus(make_archive(base() | files))
    assert corpus.problems == ()
    ledger = make_ledger(corpus, 2021, DAY("2021-05-01"))
    assert ledger is not None
    assert [
        (c.school, c.month, c.status, c.quota, c.on_time, c.owed, c.due, c.counts, c.reason)
        for c in ledger.cells.values()
    ] == [
        ("jia", "2021-02", Status.EXCUSED, 0, 0, 0, False, False, "疫情防控"),
        ("jia", "2021-03", Status.MISSING, 2, 0, 2, True, True, ""),
        ("yi", "2021-02", Status.EXCUSED, 0, 1, 0, False, False, "疫情防控"),
        ("yi", "2021-03", Status.EXCUSED, 0, 0, 0, False, False, "封控停园"),
    ]


def test_what_is_done_outside_the_membership_is_shown_and_not_owed(make_archive: MakeArchive) -> None:
    text = PROGRAMME.replace("helped: [yi]", "helped: [{school: yi, from: 2021-03}]")
    files = written(text, "") | {
        "records/yi/2021/02/10-visit/activity.md": activity("2021-02-10", partner="jia"),
    }
    corpus = read_corpus(make_archive(base() | files))
    cell = make_cell(corpus, 2021, "yi", "2021-02", DAY("2021-05-01"))
    assert (cell.status, cell.quota, cell.on_time, cell.owed, len(cell.activities)) == (
        Status.OFF,
        0,
        1,
        0,
        1,
    )
    assert format_fraction(cell) == "1"


@pytest.mark.parametrize(
    ("reported", "fraction"),
    [(["03-02"] * 2, "2/2"), (["03-31"] * 5, "0/2，另逾期 5"), (["03-02", "03-31"], "1/2，另逾期 1")],
)
def test_one_fraction(make_archive: MakeArchive, reported: list[str], fraction: str) -> None:
    files = {
        f"records/jia/2021/03/01-visit-{n}/activity.md": activity("2021-03-01", reported=f"2021-{day}")
        for n, day in enumerate(reported)
    }
    corpus = read_corpus(make_archive(base() | files))
    assert format_fraction(make_cell(corpus, 2021, "jia", "2021-03", DAY("2021-05-01"))) == fraction


def school(former: list[Any]) -> School:
    return School.model_validate(
        {
            "id": "yi",
            "name": "新名幼儿园",
            "short": "新名",
            "kind": "rural",
            "responsible": "某丙",
            "archivist": "档案员",
            "former": former,
        }
    )


def test_a_profile_is_that_of_the_day() -> None:
    profile = school(
        [
            "县一幼",
            {"name": "旧名幼儿园", "short": "旧名", "until": "2021-08-31"},
            {"responsible": "某乙", "until": "2021-03"},
            {"name": "最早幼儿园", "kind": "private", "until": "2020-12-31"},
        ]
    )
    assert profile.former == ["县一幼", "旧名幼儿园", "最早幼儿园"]
    assert [
        (was.name, was.short, was.kind, was.responsible)
        for day in ("2020-12-31", "2021-01-01", "2021-03-31", "2021-04-01", "2021-08-31", "2021-09-01")
        for was in [profile.find_state_on(DAY(day))]
    ] == [
        ("最早幼儿园", "旧名", "private", "某乙"),
        ("旧名幼儿园", "旧名", "rural", "某乙"),
        ("旧名幼儿园", "旧名", "rural", "某乙"),
        ("旧名幼儿园", "旧名", "rural", "某丙"),
        ("旧名幼儿园", "旧名", "rural", "某丙"),
        ("新名幼儿园", "新名", "rural", "某丙"),
    ]
    assert profile.find_state_on(DAY("2021-09-01")) is profile


def test_a_school_is_named_as_on_the_day(make_archive: MakeArchive) -> None:
    files = base()
    path = "records/yi/school.yml"
    old = files[path]
    assert isinstance(old, str)
    name = yaml.safe_load(old)["name"]
    corpus = read_corpus(
        make_archive({**files, path: old + "former: [{name: 旧名幼儿园, until: 2021-02}]\n"})
    )
    assert corpus.problems == ()
    assert corpus.name_school("yi", DAY("2021-02-28")) == "旧名幼儿园"
    assert corpus.name_school("yi", DAY("2021-03-01")) == corpus.name_school("yi") == name
    assert corpus.name_school("gone", DAY("2021-03-01")) == "gone"


@pytest.mark.parametrize(
    ("today", "adopted", "year"),
    [
        ("2021-01-01", "", 2021),  # none has begun: the oldest
        ("2022-01-31", "", 2021),
        ("2022-02-01", "", 2022),
        ("2022-02-01", "adopted: 2022-03-10\n", 2021),
        ("2022-01-31", "adopted: 2021-12-10\n", 2021),
        ("2022-03-10", "adopted: 2022-03-10\n", 2022),
    ],
)
def test_next_years_plan_does_not_hide_the_running_one(
    make_archive: MakeArchive, today: str, adopted: str, year: int
) -> None:
    following = PROGRAMME.replace("2021", "2022") + adopted
    files = base() | {"records/bureau/2022/programme.yml": following}
    corpus: Corpus = read_corpus(make_archive(files))
    assert corpus.find_running_year(DAY(today)) == year
    assert corpus.years == (2021, 2022)


def test_an_empty_archive_has_no_running_year(make_archive: MakeArchive) -> None:
    assert read_corpus(make_archive({})).find_running_year(DAY("2021-01-01")) is None


@pytest.mark.parametrize(
    ("spans", "gap"),
    [
        ([], ("02-01", "02-28")),
        ([("01-01", "03-01")], None),
        ([("02-15", "02-28"), ("02-01", "02-14")], None),
        ([("02-16", "02-28"), ("02-01", "02-14")], ("02-15", "02-15")),
        ([("02-01", "02-27")], ("02-28", "02-28")),
        ([("02-01", "02-20"), ("02-03", "02-05"), ("02-21", "02-28")], None),
        ([("03-01", "03-05")], ("02-01", "02-28")),
    ],
)
def test_gaps_between_times(spans: list[tuple[str, str]], gap: tuple[str, str] | None) -> None:
    def span(days: tuple[str, str]) -> Span:
        return Span(*(DAY(f"2021-{day}") for day in days))

    found = find_gap([span(days) for days in spans], span(("02-01", "02-28")))
    assert found == (span(gap) if gap else None)


@pytest.mark.parametrize(
    "value",
    ["2021-13", "二月", "2021-02-30", "2021年2月"],
)
def test_a_time_is_a_day_or_a_month(value: str) -> None:
    with pytest.raises(ValidationError):
        programme(f"  - {{helper: jia, from: {value}, helped: [yi], responsible: [某甲]}}\n")
