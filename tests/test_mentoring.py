"""Coverage of teacher pairs: what counts for which pair, and what names none."""

from __future__ import annotations

import datetime as dt

from generator.accounts.mentoring import (
    find_roster_deadline,
    find_term,
    list_mentoring_measures,
    list_term_coverage,
)
from generator.archive import read_corpus
from generator.site.pages import activities, rosters
from generator.site.pages.site import compute_site
from tests.conftest import MakeArchive
from tests.small_archive import activity, base

ROSTER = """terms:
  - term: spring
    reported: 2021-02-09
    pairs:
      - {id: yi-1, mentor: 大班组长, mentee: 新入职教师, school: yi, focus: 备课}
      - {id: yi-2, mentor: 某甲, mentee: 保教主任, school: yi, focus: 管理}
"""


def _archive() -> dict[str, str | bytes]:
    files = base() | {"records/jia/2021/roster.yml": ROSTER}
    told = {
        "jia/2021/02/10-a": activity("2021-02-10", measure="papers", extra="pairs: [yi-1]\n"),
        "yi/2021/02/10-b": activity("2021-02-10", measure="papers", partner="jia", extra="pairs: [yi-1]\n"),
        "jia/2021/03/03-c": activity("2021-03-03", measure="care", extra="pairs: [yi-1, yi-2]\n"),
        "yi/2021/03/04-d": activity("2021-03-04", measure="papers", partner="jia"),
        "jia/2021/03/05-e": activity("2021-03-05", measure="visit"),
    }
    return files | {f"records/{key}/activity.md": text for key, text in told.items()}


def test_each_pair_has_its_days(make_archive: MakeArchive) -> None:
    corpus = read_corpus(make_archive(_archive()))
    programme = corpus.find_programme(2021)
    assert programme
    assert list_mentoring_measures(programme) == {"papers"}
    (term,) = list_term_coverage(corpus, 2021, "jia")
    assert find_roster_deadline(programme, term.term, "jia") == term.limit == dt.date(2021, 2, 7)
    assert find_term(programme, dt.date(2021, 8, 1)) is None
    assert [(p.pair.id, p.days, sorted(p.months)) for p in term.pairs] == [
        ("yi-1", (dt.date(2021, 2, 10), dt.date(2021, 3, 3)), ["2021-02", "2021-03"]),
        ("yi-2", (dt.date(2021, 3, 3),), ["2021-03"]),
    ]
    assert {s: [a.key for a in found] for s, found in term.unmarked.items()} == {"yi": ["yi/2021/03/04-d"]}


def test_the_page_tells_days_and_hides_names(make_archive: MakeArchive) -> None:
    site = compute_site(read_corpus(make_archive(_archive())), today=dt.date(2021, 3, 20))
    page = next(page for page in rosters.make_pages(site) if page.url == "pairings/jia/roster/")
    text = page.body
    assert "共2对师徒，2对的结对学习已有记录" in text
    assert "逾期上报" in text
    assert "某甲" not in text
    assert "██" in text
    assert '<span class="period__name">二月</span><span class="num">1次</span>' in text
    assert "另有1次没有写明是哪一对" in text


def test_an_activity_names_its_pairs_by_their_posts(make_archive: MakeArchive) -> None:
    site = compute_site(read_corpus(make_archive(_archive())), today=dt.date(2021, 3, 20))
    bodies = {page.url: page.body for page in activities.make_pages(site, 2021, "jia")}
    told = '<dt>师徒结对</dt><dd><a href="../../../../../pairings/jia/2021/roster/">大班组长带新入职教师、██带保教主任</a></dd>'
    assert told in bodies["schools/jia/2021/03/03-c/"]
    assert "师徒结对" not in bodies["schools/jia/2021/03/05-e/"]


def test_a_term_without_a_roster_says_until_when(make_archive: MakeArchive) -> None:
    path = "records/bureau/2021/programme.yml"
    files = base()
    asked = {path: str(files[path]).replace("requirements: {", "requirements: {roster: 二-1, ")}
    corpus = read_corpus(make_archive({**files, **asked}))
    early, late = (
        next(p for p in rosters.make_pages(compute_site(corpus, today=day)) if p.url.endswith("roster/")).body
        for day in (dt.date(2021, 2, 2), dt.date(2021, 2, 9))
    )
    assert "2021年2月7日前报学前股" in early
    assert "未到期" in early
    assert "还没有花名册，已过期限" in late
