"""Next year's plan lies in the archive: what names no year is of the running one, what names one is of its own."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.archive import Corpus, read_corpus
from generator.cli import programme as programme_command
from generator.documents.tables.table_to_plan import Import, prepare_import
from generator.rules import BY_SLUG, find_clause
from generator.rules.post_named import RULE as POST_NAMED
from generator.rules.submission.reported_days import Days, parse_days
from generator.site.pages.site import compute_site
from tests.conftest import MakeArchive
from tests.plan_tables import excel
from tests.small_archive import PLAN, PROGRAMME, base, school

DECEMBER, FEBRUARY = dt.date(2021, 12, 20), dt.date(2022, 2, 20)
NEXT = (
    PROGRAMME.replace("2021", "2022")
    .replace("county: 甲县", "county: 甲县\ntimezone: UTC")
    .replace("deemed-undone: 二-2", "deemed-undone: 一-2")
    .replace("responsible: [某甲, 某乙]", "responsible: [某甲, 某丙丁]")
)


def read(make_archive: MakeArchive, **more: str) -> Corpus:
    files = base() | {
        "records/bureau/2022/programme.yml": NEXT,
        "content/plan/2022.md": PLAN.replace("2021", "2022"),
        "records/jia/school.yml": school("jia", "甲园", "helper").replace("专职档案员", "某丙丁"),
    }
    return read_corpus(make_archive(files | more))


def test_a_file_without_a_year_is_judged_by_the_running_plan(make_archive: MakeArchive) -> None:
    corpus, rule = read(make_archive), BY_SLUG["late-report"]
    assert rule.requirement == "deemed-undone"
    path = "records/jia/school.yml"
    assert [find_clause(corpus, rule, day, path) for day in (DECEMBER, FEBRUARY)] == ["二-2", "一-2"]
    assert find_clause(corpus, rule, DECEMBER, "records/jia/2022/plan.yml") == "一-2"


def test_a_post_is_no_person_of_the_running_plan(make_archive: MakeArchive) -> None:
    corpus = read(make_archive)
    assert list(POST_NAMED.check(corpus, DECEMBER)) == []
    assert [d.message for d in POST_NAMED.check(corpus, FEBRUARY)] == ["“某丙丁”像是姓名，这里只写职务"]


def test_a_moment_is_of_the_time_zone_that_held_then(make_archive: MakeArchive) -> None:
    corpus = read(make_archive)
    december, february = dt.date(2021, 12, 21), dt.date(2022, 2, 20)
    assert parse_days("2021-12-20T20:00:00Z", corpus) == Days(first=december, last=december)
    assert parse_days("2022-02-20T20:00:00Z", corpus) == Days(first=february, last=february)


def test_a_plan_table_without_a_year_is_of_the_running_year(make_archive: MakeArchive) -> None:
    corpus = read(make_archive)
    file = corpus.root / "计划.xlsx"
    file.write_bytes(excel([["二月", "2月10日", "观摩", "业务园长", ""]], title="乙园结对帮扶工作计划表"))
    for day, year in ((DECEMBER, 2021), (FEBRUARY, 2022)):
        found = prepare_import(corpus, file, today=day, school="yi", year=None)
        assert isinstance(found, Import)
        assert found.year == year


def test_a_month_of_two_plans_is_of_the_running_one(
    make_archive: MakeArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    longer = PROGRAMME.replace("ends: 2021-03-31", "ends: 2022-02-10")
    corpus = read(make_archive, **{"records/bureau/2021/programme.yml": longer})
    for day, year in ((dt.date(2022, 1, 20), 2021), (FEBRUARY, 2022)):
        monkeypatch.setattr(programme_command, "read_today", lambda _, day=day: day)
        assert programme_command.find_programme(corpus, None, "2022-02").year == year


def test_the_guides_speak_of_the_running_year(make_archive: MakeArchive) -> None:
    corpus = read(make_archive)
    for day, year in ((DECEMBER, 2021), (FEBRUARY, 2022)):
        words = compute_site(corpus, today=day).words
        assert words.programme is not None
        assert words.programme.year == year
