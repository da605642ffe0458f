"""The sample year: whole, plausible, without a single diagnostic, its texts unlike each other."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from pathlib import Path

import pytest

from generator.archive import Corpus, read_corpus
from generator.rules import check_corpus
from generator.sample import SampleCounts

TODAY = dt.date(2021, 3, 1)
ROLES = re.compile(r"(业务|后勤)?园长|保教主任|教研组长|骨干教师|[大中小]班组长|班主任|保教负责人")


@pytest.fixture(scope="module")
def corpus(sample_year: tuple[Path, SampleCounts], project_root: Path) -> Corpus:
    return read_corpus(sample_year[0], content=project_root / "content")


def test_it_has_no_errors(corpus: Corpus) -> None:
    found = [f"{d.span.file.path}:{d.span.line} {d.rule}: {d.message}" for d in check_corpus(corpus, TODAY)]
    assert [line for line in found if " photo-" not in line] == []  # written here with few pictures


def test_every_school_meets_every_month(corpus: Corpus) -> None:
    programme = corpus.find_programme(2020)
    assert programme
    counts = Counter((a.school, a.month) for a in corpus.activities if a.data.reported.day <= 30)
    owing = {
        (s, m)
        for s in programme.school_ids
        for m in programme.months
        if counts[s, m] < programme.find_quota(s)
    }
    assert owing == set()
    assert sum(n for (s, _), n in counts.items() if programme.is_helper(s)) >= 120
    assert sum(n for (s, _), n in counts.items() if not programme.is_helper(s)) >= 104
    assert set(programme.months) == {m for _, m in counts}


def test_every_measure_is_used_and_every_expectation_kept(corpus: Corpus) -> None:
    programme = corpus.find_programme(2020)
    assert programme
    assert {a.data.measure for a in corpus.activities} == {m.id for m in programme.measures}
    for helper in (p.helper for p in programme.pairings):
        for month in programme.months:
            mine = [a.data for a in corpus.by_school_month[helper, month]]
            assert sum(a.staff.sent for a in mine if a.measure == "environment-guidance") >= 2
            assert any(a.staff.received for a in mine if a.measure == "area-observation")
            grades = {g for a in mine if a.measure == "demonstration-lesson" for g in a.grades}
            assert grades == {"大班", "中班", "小班"}
        for term in programme.terms:
            own = [a.data.measure for m in term.months for a in corpus.by_school_month[helper, m]]
            assert {"home-coeducation", "hardship-care"} <= set(own)


def test_the_spring_is_mostly_online_and_the_autumn_is_not(corpus: Corpus) -> None:
    online = Counter((a.month < "2020-08", a.data.direction == "online") for a in corpus.activities)
    assert online[True, True] > 4 * online[True, False] > 0
    assert online[False, False] > 9 * online[False, True] > 0


def test_every_day_is_a_school_day(corpus: Corpus) -> None:
    for activity in corpus.activities:
        day = activity.data.date
        assert day.weekday() < 5
        assert not (day.month == 5 and day.day <= 5)
        assert not (day.month == 10 and day.day <= 8)
        assert day < activity.data.reported <= day.replace(day=30)


def test_both_sides_of_an_open_day_agree(corpus: Corpus) -> None:
    programme = corpus.find_programme(2020)
    assert programme
    for pairing, month in itertools.product(programme.pairings, programme.months):
        opened = [
            a.data
            for a in corpus.by_school_month[pairing.helper, month]
            if a.data.measure == "area-observation"
        ]
        came = [
            a.data
            for helped in pairing.helped
            for a in corpus.by_school_month[helped, month]
            if a.data.measure == "area-observation"
        ]
        assert {a.date for a in opened} == {a.date for a in came}
        assert sum(a.staff.received for a in opened) == sum(a.staff.sent for a in came)


def test_only_roles_no_persons(corpus: Corpus, sample_year: tuple[Path, SampleCounts]) -> None:
    programme = corpus.find_programme(2020)
    assert programme
    persons = {p.name for p in programme.leading_group} | {
        n for p in programme.pairings for n in p.responsible
    }
    assert all(ROLES.fullmatch(a.data.lead) for a in corpus.activities)
    for path in sample_year[0].glob("records/*/2020/**/*.*"):
        if path.suffix in (".md", ".yml") and path.name != "programme.yml":
            text = path.read_text(encoding="utf-8")
            assert [name for name in persons if name in text] == []
            assert re.search(r"1[3-9]\d{9}|\d{17}[\dX]|0\d{2,3}-\d{7,8}", text) is None


def test_every_sample_file_says_so(sample_year: tuple[Path, SampleCounts]) -> None:
    files = [
        path
        for path in sample_year[0].glob("records/*/2020/**/*.*")
        if path.suffix in (".md", ".yml") and path.name != "programme.yml"
    ]
    assert len(files) > 350
    unmarked = [p for p in files if "\nsample: true\n" not in p.read_text(encoding="utf-8")]
    assert unmarked == []


def test_every_picture_says_that_nobody_is_in_it(corpus: Corpus) -> None:
    photos = [photo for activity in corpus.activities for photo in activity.data.photos]
    assert len(photos) == 12
    assert {photo.people for photo in photos} == {"none"}


def test_sections_and_titles_have_a_good_length(corpus: Corpus) -> None:
    for activity in corpus.activities:
        assert len(activity.data.title) <= 24
        for name in ("方案", "措施", "记录", "总结"):
            section = activity.markdown.find_section(name)
            assert section
            assert 70 <= len(section.text.strip()) <= 270, (activity.key, name)


def test_no_two_texts_are_alike(corpus: Corpus) -> None:
    bodies = ["".join(a.markdown.body.split()) for a in corpus.activities]
    shingles = [frozenset(body[i : i + 5] for i in range(len(body) - 4)) for body in bodies]
    worst = 0.0
    for a, b in itertools.combinations(shingles, 2):
        common = len(a & b)
        worst = max(worst, common / (len(a) + len(b) - common))
    assert worst < 0.5


def test_the_project_s_own_records_stay_small(project_root: Path) -> None:
    files = [path for path in (project_root / "records").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 15_000_000
