"""Pages, calendars and reminders of a year with changes: names of the day, excused months, moved deadlines."""

from __future__ import annotations

import datetime as dt

from generator.accounts.ledger import make_ledger
from generator.actions.notify.reminder import make_reminder, make_reminder_message
from generator.site.calendars.dates import list_county_dates, list_school_dates
from tests.conftest import MakeArchive
from tests.test_bulletin_of_its_day import read
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
    assert "本月没有整月参加帮扶，不要求上报。" in pages["schools/bing/"].body


def test_the_matrix_has_each_school_once_and_says_why_it_is_excused(make_archive: MakeArchive) -> None:
    body = all_pages(make_site(read(make_archive).root, {}, today=DAY))[""].body
    assert body.count('<span class="matrix__name">乙园</span>') == 1
    assert 'aria-label="戊园 二月 免报（封控停园） 1"' in body
    assert 'aria-label="丙园 三月 非帮扶月"' in body
    assert "三月材料4月2日截止（清明放假，改期），还有13天" in body


def test_a_pairing_page_tells_who_left_and_who_answers_since_when(make_archive: MakeArchive) -> None:
    body = all_pages(make_site(read(make_archive).root, {}, today=DAY))["pairings/jia/"].body
    assert "<dt>某乙</dt><dd>方案里没有写职务（到2021年2月28日）</dd>" in body
    assert "<dt>某丙</dt><dd>方案里没有写职务（2021年3月1日起）</dd>" in body
    assert "农村园 · 到2021年2月28日</p>" in body


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
