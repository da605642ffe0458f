"""Pages, calendars and reminders of a year with changes: names of the day, excused months, moved deadlines."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path

from generator.accounts.ledger import make_ledger
from generator.actions.notify.reminder import make_reminder, make_reminder_message
from generator.site.calendars.dates import list_county_dates, list_school_dates
from generator.site.open_data import data_page
from generator.site.open_data.write_data import write_table_files
from generator.site.pages import rosters
from tests.conftest import MakeArchive
from tests.small_archive import PROGRAMME, school
from tests.test_bulletin_of_its_day import FORMER, read
from tests.test_pages import all_pages
from tests.test_pages import site as make_site

DAY = dt.date(2021, 3, 20)


def test_a_school_page_tells_former_names_helpers_and_what_is_out_of_the_ordinary(
    make_archive: MakeArchive,
) -> None:
    pages = all_pages(make_site(read(make_archive).root, {}, today=DAY))
    yi = pages["schools/yi/"].body
    assert '<p class="school__former small">曾用名育红幼儿园，到2021年3月5日</p>' in yi
    assert "丁园</a>（2021年3月1日起）结对帮扶" in yi
    assert "截止日改为4月2日：清明放假。" in yi
    assert "本月免报：封控停园（学前股股长2021年2月5日决定）。" in pages["schools/wu/"].body
    bing = pages["schools/bing/"].body
    assert "已退出帮扶，不要求上报。" in bing
    assert '<span class="status status--off">已退出</span>' in bing
    assert "非帮扶月" not in bing


def test_the_matrix_has_each_school_once_and_says_why_it_is_excused(make_archive: MakeArchive) -> None:
    body = all_pages(make_site(read(make_archive).root, {}, today=DAY))[""].body
    assert body.count('<span class="matrix__name">乙园</span>') == 1
    assert 'aria-label="戊园 二月 免报（封控停园） 1"' in body
    assert 'aria-label="丙园 三月 已退出"' in body
    assert 'aria-label="丁园 二月 未加入"' in body
    legend = body[body.index('<ul class="legend"') :]
    assert re.findall(r'</span>(\w+) <span class="num">(\d+)</span></li>', legend) == [
        ("完成", "2"),
        ("不足", "0"),
        ("未上报", "2"),
        ("逾期", "0"),
        ("未到期", "3"),
        ("免报", "1"),
        ("已退出", "1"),
        ("未加入", "1"),
    ]
    assert "三月材料4月2日截止（清明放假，改期），还有13天" in body


def test_a_pairing_page_tells_who_left_and_who_answers_since_when(make_archive: MakeArchive) -> None:
    body = all_pages(make_site(read(make_archive).root, {}, today=DAY))["pairings/jia/"].body
    assert "<dt>某乙</dt><dd>方案里没有写职务（到2021年2月28日）</dd>" in body
    assert "<dt>某丙</dt><dd>方案里没有写职务（2021年3月1日起）</dd>" in body
    assert "农村园 · 到2021年2月28日</p>" in body
    assert "甲园帮扶2所园（另有1所本年只参加一段时间），2021年" in body


def test_the_part_of_the_plan_is_the_countys(make_archive: MakeArchive) -> None:
    cited = []
    for more in ("", ", measures: 一", ", measures: 第二章"):
        programme = PROGRAMME.replace("quota: 一-1}", f"quota: 一-1{more}}}")
        body = all_pages(make_site(read(make_archive, programme).root, {}, today=DAY))["pairings/jia/"].body
        cited += re.findall("<caption>(.*?)，", body)
    assert cited == ["方案的各项帮扶内容", "方案第一部分各项帮扶内容", "方案第二章各项帮扶内容"]


def test_the_overview_counts_who_takes_part_today(make_archive: MakeArchive) -> None:
    corpus = read(make_archive)
    then = all_pages(make_site(corpus.root, {}, today=dt.date(2021, 2, 20)))["pairings/"].body
    now = all_pages(make_site(corpus.root, {}, today=DAY))["pairings/"].body
    assert "2021年，1所帮扶园与3所园结对" in then  # 丁园 comes in March
    assert "2021年，2所帮扶园与2所园结对" in now  # 丙园 left, 乙园 has two helpers
    assert "还没有共同活动 · 到2021年2月28日</span>" in now


def test_a_month_partly_taken_part_in_and_one_before_the_programme_say_so(make_archive: MakeArchive) -> None:
    programme = (
        PROGRAMME.replace("helped: [yi]", "helped: [{school: yi, from: 2021-03-10}]")
        + "adopted: 2021-03-01\n"
    )
    body = all_pages(make_site(read(make_archive, programme).root, {}, today=DAY))[""].body
    assert 'aria-label="甲园 二月 未起算"' in body
    assert 'aria-label="乙园 三月 未满月 1"' in body


def test_calendars_leave_out_who_owes_nothing_and_tell_the_moved_deadline(make_archive: MakeArchive) -> None:
    corpus = read(make_archive)
    account = make_ledger(corpus, 2021, DAY)
    assert account is not None
    reports = [o for o in list_county_dates(corpus, account) if o.kind == "report"]
    assert [(o.date.isoformat(), o.title, o.schools) for o in reports] == [
        ("2021-02-28", "二月帮扶材料上报截止", ("jia", "yi", "bing")),
        ("2021-04-02", "三月帮扶材料上报截止（清明放假，改期）", ("jia", "yi", "wu", "ding")),
    ]
    assert "免报：戊园（封控停园）。" in reports[0].text
    assert "截止日由3月30日改为4月2日：清明放假。" in reports[1].text
    own = {
        school: [o.month for o in found if o.kind == "report"]
        for school, found in list_school_dates(corpus, account).items()
    }
    assert own == {
        "jia": ["2021-02", "2021-03"],
        "yi": ["2021-02", "2021-03"],
        "bing": ["2021-02"],
        "wu": ["2021-03"],
        "ding": ["2021-03"],
    }


def test_a_reminder_names_nobody_who_owes_nothing(make_archive: MakeArchive) -> None:
    corpus = read(make_archive)
    account = make_ledger(corpus, 2021, dt.date(2021, 2, 20))
    assert account is not None
    assert {debt.school for debt in make_reminder(corpus, account, "2021-02").debts} == {
        "甲园",
        "乙园",
        "丙园",
    }
    account = make_ledger(corpus, 2021, DAY)
    assert account is not None
    value = make_reminder(corpus, account, "2021-03")
    assert "丙园" not in {debt.school for debt in value.debts}
    message = make_reminder_message(value, link="")
    assert message.title == "三月帮扶材料4月2日截止（清明放假，改期），还有13天"


ROSTER = """terms:
  - term: spring
    reported: 2021-02-04
    pairs:
      - {id: yi-1, mentor: 业务园长, mentee: 大班教师, school: yi, focus: 区域活动}
"""


def test_rosters_and_agreements_of_every_helper_stand_under_the_years_names(
    make_archive: MakeArchive,
) -> None:
    """Renamed when the year was over, and helped by two: what was agreed with each is on the school's page."""
    corpus = read(make_archive)
    note = "---\ntitle: {}\nhelped: yi\nsigned: 2021-03-03\ngoals: [每月观摩]\n---\n## 责任\n\n互通信息。\n"
    files: dict[str, str | bytes] = {
        "records/yi/school.yml": school("yi", "乙园", "rural") + FORMER.replace("2021-03-05", "2021-12-31"),
        "records/jia/2021/roster.yml": ROSTER,
        "records/jia/2021/agreement-yi.md": note.format("与甲园的协议"),
        "records/ding/2021/agreement-yi.md": note.format("与丁园的协议"),
    }
    site = make_site(corpus.root, files, today=dt.date(2022, 2, 20))
    pages = all_pages(site) | {page.url: page for page in rosters.make_pages(site)}
    body = pages["schools/yi/2021/"].body
    assert re.findall("与.园的协议", body) == ["与甲园的协议", "与丁园的协议"]
    assert "大班教师" in body
    roster = pages["pairings/jia/2021/roster/"].body
    assert ("育红幼儿园" in roster, "乙园" in roster) == (True, False)
    assert "与丁园的协议" not in pages["pairings/jia/2021/"].body


def test_the_data_tell_why_a_month_is_excused_and_do_not_ask_for_it(
    make_archive: MakeArchive, tmp_path: Path
) -> None:
    corpus = read(make_archive)
    site = make_site(corpus.root, {}, today=dt.date(2021, 5, 1))
    write_table_files(site, tmp_path)
    rows = list(csv.DictReader((tmp_path / "data/months.csv").read_text("utf-8-sig").splitlines()))
    assert {
        (r["代号"], r["月份"]): (r["完成情况"], r["免报原因"]) for r in rows if r["完成情况"] == "免报"
    } == {("wu", "2021-02"): ("免报", "封控停园")}
    [page] = data_page.make_pages(site)
    unmet = page.body[page.body.index("哪些园的哪些月份没有完成") :].partition("<h3")[0]
    assert ("甲园" in unmet, "戊园</td><td>2021-02" in unmet) == (True, False)
