"""The bulletin of a month tells who owed it on its day, under the names of its day; an excused month says why."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from pathlib import Path

from generator.accounts.ledger import make_ledger
from generator.archive import Corpus, read_corpus
from generator.documents.bulletin import Bulletin, compose_bulletin, list_bulletin_months
from generator.documents.bulletin.plain_text import make_plain_text
from generator.site.pages import bulletins
from tests.closed_archive import closed, files, lay_out, run
from tests.conftest import MakeArchive
from tests.small_archive import PROGRAMME, activity, base, school
from tests.test_assessment import inspection
from tests.test_pages import site as make_site

DAY = dt.date(2021, 5, 1)
PAIRINGS = """pairings:
  - helper: jia
    helped: [yi, {school: bing, until: 2021-02}, wu]
    responsible: [某甲, {name: 某乙, until: 2021-02}, {name: 某丙, from: 2021-03}]
  - {helper: ding, from: 2021-03, helped: [yi], responsible: [某丁]}
deadlines:
  2021-03: {date: 2021-04-02, reason: 清明放假}
excused:
  - {school: wu, months: [2021-02], reason: 封控停园, decided_by: 学前股股长, decided: 2021-02-05}
"""
TIMES = PROGRAMME.replace("pairings:\n  - {helper: jia, helped: [yi], responsible: [某甲, 某乙]}\n", PAIRINGS)
FORMER = "former: [{name: 育红幼儿园, short: 育红, kind: private, until: 2021-03-05}]\n"


def read(make_archive: MakeArchive, programme: str = TIMES) -> Corpus:
    content = base() | {
        "records/bureau/2021/programme.yml": programme,
        "records/bing/school.yml": school("bing", "丙园", "rural"),
        "records/ding/school.yml": school("ding", "丁园", "helper"),
        "records/wu/school.yml": school("wu", "戊园", "rural"),
        "records/yi/school.yml": school("yi", "乙园", "rural") + FORMER,
        "records/yi/2021/02/10-visit/activity.md": activity("2021-02-10", title="二月观摩", partner="jia"),
        "records/yi/2021/03/10-visit/activity.md": activity("2021-03-10", title="三月观摩", partner="ding"),
        "records/wu/2021/02/11-visit/activity.md": activity("2021-02-11", title="居家指导", partner="jia"),
    }
    corpus = read_corpus(make_archive(content))
    assert corpus.problems == ()
    return corpus


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def compose(corpus: Corpus, month: str) -> Bulletin:
    account = make_ledger(corpus, 2021, DAY)
    assert account is not None
    return compose_bulletin(corpus, account, month)


def test_a_month_says_who_owed_it_who_was_excused_and_why(make_archive: MakeArchive) -> None:
    text = make_plain_text(compose(read(make_archive), "2021-02"))
    assert lines(text)[3:22] == [
        "二月应上报的3所校（园）中，1所完成，2所未上报；另有1所免报。共开展帮扶活动2项。",
        "一、各校（园）完成情况",
        "【帮扶园】1所，完成0所",
        "· 甲园：未上报，按时0/2；春学期累计0/2",
        "【农村园】2所，完成0所，免报1所",
        "· 丙园：未上报，按时0/1；春学期累计0/1",
        "· 戊园：免报（封控停园），按时1；春学期累计—",
        "【民办园】1所，完成1所",
        "· 育红幼儿园：完成，按时1/1；春学期累计1/1",
        "· 戊园免报：封控停园（学前股股长2021年2月5日决定）。",
        "二、未按时完成的校（园）",
        "· 甲园：应完成2项，没有上报。",
        "· 丙园：应完成1项，没有上报。",
        "“月末没有上报的，视为没有开展。”——工作实施方案二-2",
        "三、二月开展的活动",
        "【甲园帮扶组】2项",
        "· 10日，育红：二月观摩（观摩）",
        "· 11日，戊园：居家指导（观摩）",
        "四、春学期以来的帮扶内容",
    ]


def test_the_next_month_has_its_own_members_names_and_deadline(make_archive: MakeArchive) -> None:
    text = make_plain_text(compose(read(make_archive), "2021-03"))
    assert lines(text)[3:20] == [
        "三月应上报的4所校（园）中，1所完成，3所未上报。共开展帮扶活动1项。三月材料改为4月2日截止上报（清明放假）。",
        "一、各校（园）完成情况",
        "【帮扶园】2所，完成0所",
        "· 甲园：未上报，按时0/2；春学期累计0/4",
        "· 丁园：未上报，按时0/2；春学期累计0/2",
        "【农村园】2所，完成1所",
        "· 乙园：完成，按时1/1；春学期累计2/2",
        "· 戊园：未上报，按时0/1；春学期累计0/1",
        "二、未按时完成的校（园）",
        "· 甲园：应完成2项，没有上报。",
        "· 丁园：应完成2项，没有上报。",
        "· 戊园：应完成1项，没有上报。",
        "“月末没有上报的，视为没有开展。”——工作实施方案二-2",
        "三、三月开展的活动",
        "【丁园帮扶组】1项",
        "· 10日，乙园：三月观摩（观摩）",
        "四、春学期以来的帮扶内容",
    ]
    assert "春学期截至三月，各校（园）应完成9项，按时上报2项；应报月份均按时完成的1所。" in text


def test_a_cancelled_month_is_excused_for_all(make_archive: MakeArchive) -> None:
    more = "cancelled:\n  2021-02: {reason: 疫情防控, decided_by: 县教育局, decided: 2021-01-28}\n"
    value = compose(read(make_archive, TIMES + more), "2021-02")
    text = make_plain_text(value)
    assert lines(text)[3] == "二月各校（园）免报。共开展帮扶活动2项。"
    assert "· 各校（园）免报：疫情防控（县教育局2021年1月28日决定）。" in text
    assert "· 甲园：免报（疫情防控）；春学期累计—\n" in text
    assert (value.owed, [line.quota for line in value.lines]) == ((), [0, 0, 0, 0])


def test_months_before_the_programme_have_no_bulletin(make_archive: MakeArchive) -> None:
    adopted = PROGRAMME + "adopted: 2021-02-15\n"
    files = base() | {"records/bureau/2021/programme.yml": adopted}
    corpus = read_corpus(make_archive(files))
    account = make_ledger(corpus, 2021, DAY)
    assert account is not None
    assert list_bulletin_months(account) == ("2021-03",)
    assert compose_bulletin(corpus, account, "2021-03").number == 1


def test_the_page_says_the_same(make_archive: MakeArchive) -> None:
    pages = {
        page.url: page for page in bulletins.make_pages(make_site(read(make_archive).root, {}, today=DAY))
    }
    body = pages["bulletins/2021-02/"].body
    assert "<li>戊园免报：封控停园（学前股股长2021年2月5日决定）。</li>" in body
    assert "2所，完成0所，免报1所" in body
    assert ">1/0<" not in body
    assert ">0/0<" not in body


def compose_on(root: Path, month: str, day: str) -> Bulletin:
    corpus = read_corpus(root)
    account = make_ledger(corpus, 2021, dt.date.fromisoformat(day))
    assert account is not None
    return compose_bulletin(corpus, account, month)


def test_what_comes_after_a_bulletin_changes_nothing_in_it(tmp_path: Path) -> None:
    closed(tmp_path)
    then = {month: compose_on(tmp_path, month, "2021-04-01") for month in ("2021-02", "2021-03")}
    for name, day, reported in (
        ("20-visit", "2021-02-20", "2021-04-12"),
        ("21-visit", "2021-02-21", "2021-02-27"),
    ):
        text = activity(day, title="补交的观摩", partner="jia", reported=reported)
        lay_out(tmp_path, {f"records/yi/2021/02/{name}/activity.md": text})
    text = activity("2021-03-20", title="又一次", partner="yi", reported="2021-04-13")
    lay_out(tmp_path, {"records/jia/2021/03/20-visit/activity.md": text})
    lay_out(tmp_path, dict([inspection("late", "2021-03-30", "yi/2021/03/11-visit", "false")]))
    late = tmp_path / "records/bureau/2021/inspections/late.md"
    late.write_bytes(late.read_bytes().replace(b"finding: false", b"finding: false\ndecided: 2021-04-20"))
    lay_out(
        tmp_path,
        {"records/bureau/2021/inspections/later.md": late.read_text("utf-8").replace("03-30", "03-31")},
    )
    assert run(tmp_path, "file", "--as-of", "2021-04-20")[0] == 0
    for month, value in then.items():
        now = compose_on(tmp_path, month, "2021-05-01")
        expected = dataclasses.replace(value, as_of=now.as_of)
        if month == "2021-03":  # that the officer went there was known, what came of it was not
            assert [line.finding for line in now.inspections] == ["", ""]
            expected = dataclasses.replace(expected, inspections=now.inspections)
        assert now == expected, month


def test_an_amendment_is_named_and_the_figures_stay(tmp_path: Path) -> None:
    closed(tmp_path)
    then = compose_on(tmp_path, "2021-02", "2021-03-02")
    shutil.rmtree(tmp_path / "records/yi/2021/02/09-visit")
    moved = tmp_path / "records/jia/2021/02/18-care"
    moved.rename(moved.with_name("18-visit-home"))
    words = ("--reason", "交错了", "--decided-by", "学前股股长", "--as-of", "2021-04-12")
    renamed = ("jia/2021/02/18-care", "jia/2021/02/18-visit-home")
    assert run(tmp_path, "amend", "2021-02", "--moved", *renamed, *words)[0] == 0
    now = compose_on(tmp_path, "2021-02", "2021-05-01")
    assert [(line.name, line.status, line.on_time, line.late) for line in now.lines] == [
        (line.name, line.status, line.on_time, line.late) for line in then.lines
    ]
    assert now.lines[1].status.label == "完成"
    assert [line.key for line in now.activities] == ["jia/2021/02/05-visit", "jia/2021/02/18-visit-home"]
    assert [each.after_issue for each in now.corrections] == [True, True]
    march = compose_on(tmp_path, "2021-03", "2021-05-01")
    assert [(line.term_done, line.term_quota) for line in march.lines] == [(3, 4), (2, 2)]


def test_a_deadline_moved_after_the_closing_is_not_in_the_bulletin_of_its_day(tmp_path: Path) -> None:
    closed(tmp_path)
    then = compose_on(tmp_path, "2021-03", "2021-04-01")
    programme = tmp_path / "records/bureau/2021/programme.yml"
    with programme.open("a", encoding="utf-8") as out:
        out.write("deadlines:\n  2021-03: {date: 2021-03-31, reason: 停电, decided: 2021-04-12}\n")
    words = ("--reason", "停电", "--decided-by", "学前股股长", "--as-of", "2021-04-12")
    assert run(tmp_path, "amend", "2021-03", *words)[0] == 0
    now = compose_on(tmp_path, "2021-03", "2021-05-01")
    assert (now.deadline, now.moved, now.lines) == (then.deadline, "", then.lines)
    assert len(now.corrections) == len(then.corrections) + 1


NEXT = """deadlines:
  2021-03: {date: 2021-04-02, reason: 清明放假, decided: 2021-02-25}
cancelled:
  2021-03: {reason: 疫情防控, decided_by: 县教育局, decided: 2021-02-26}
"""


def test_the_coming_month_s_own_deadline_is_told_where_it_was_known(make_archive: MakeArchive) -> None:
    def coming(more: str) -> list[str]:
        files = base() | {"records/bureau/2021/programme.yml": PROGRAMME + more}
        text = make_plain_text(compose(read_corpus(make_archive(files)), "2021-02"))
        return lines(text.partition("三月工作计划\n")[2])[:2]

    told = [
        "三月材料改为4月2日截止上报（清明放假）。",
        "三月各校（园）免报：疫情防控（县教育局2021年2月26日决定）。",
    ]
    assert coming(NEXT) == told
    assert coming(NEXT.replace("2021-02-26", "2021-03-02")) == [told[0], "发：各校（园）"]
    assert coming(NEXT.replace(", decided: 2021-02-25", "").replace("2021-02-26", "2021-03-02")) == []


def test_closings_and_amendments_name_schools_as_they_were_called_then(tmp_path: Path) -> None:
    lay_out(tmp_path, files())
    profile = tmp_path / "records/yi/school.yml"
    text = profile.read_text("utf-8").replace("name: 乙园", "name: 新园")
    profile.write_text(f"{text}former: [{{name: 乙园, until: 2021-03-10}}]\n", encoding="utf-8", newline="\n")
    bureau = tmp_path / "records/bureau/2021"
    for month, day in (("2021-02", "2021-03-02"), ("2021-03", "2021-04-01")):
        assert run(tmp_path, "close", month, "--as-of", day)[0] == 0
    assert "  - school: yi # 乙园\n" in (bureau / "closings/2021-02.yml").read_text("utf-8")
    assert "  - school: yi # 新园\n" in (bureau / "closings/2021-03.yml").read_text("utf-8")
    shutil.rmtree(tmp_path / "records/yi/2021/02/09-visit")
    words = ("--reason", "交错了", "--decided-by", "学前股股长", "--as-of", "2021-04-12")
    assert run(tmp_path, "amend", "2021-02", *words)[0] == 0
    assert "  - school: yi # 新园\n" in (bureau / "amendments/2021-02-amendment-1.yml").read_text("utf-8")
