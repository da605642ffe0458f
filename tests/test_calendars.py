"""Calendars: whole files of a small archive, read back by another program, folded by octets, the same every time.

``UPDATE_CASES=1 pytest tests/test_calendars.py`` writes the expected file anew; read every change.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
import vobject

from generator.calendars import Occasion, county_dates, school_dates
from generator.calendars.ics import ics
from generator.corpus import Corpus
from generator.pages import calendar
from generator.pages.site import Site, site_of
from tests.small_archive import base
from tests.test_bulletin import TODAY, archive
from tests.test_pages import site

GOLDEN = Path(__file__).with_name("calendars") / "jia.ics"
ADDRESS = "https://archive.example/county/"


def _year(made: Site) -> tuple[Corpus, Any]:
    return made.corpus, made.ledgers[2021]


@pytest.fixture
def made(tmp_path: Path) -> Site:
    return site(tmp_path / "archive", archive(), today=TODAY)


@pytest.fixture
def folder(made: Site, tmp_path: Path) -> Path:
    calendar.write(made, tmp_path / "out")
    return tmp_path / "out" / "calendar"


def test_the_county_has_every_date_once(made: Site) -> None:
    found = [(o.date.isoformat(), o.kind, o.title, o.schools, o.clauses) for o in county_dates(*_year(made))]
    everybody = ("jia", "yi")
    assert found == [
        ("2021-02-07", "document", "师徒结对花名册上报截止（春学期）", ("jia",), ("一-2",)),
        ("2021-02-26", "event", "名园观摩", everybody, ()),
        ("2021-02-28", "document", "帮扶协议上报截止（2021年）", ("jia",), ("一-2",)),
        ("2021-02-28", "document", "工作计划表上报截止（2021年）", ("yi",), ("一-2",)),
        ("2021-02-28", "report", "二月帮扶材料上报截止", everybody, ("二-1", "二-2")),
        ("2021-03-30", "report", "三月帮扶材料上报截止", everybody, ("二-1", "二-2")),
    ]


def test_a_school_has_its_own_dates_and_what_it_reported(made: Site) -> None:
    own = school_dates(*_year(made))
    assert {school: [o.seed for o in dates] for school, dates in own.items()} == {
        "jia": [
            "document/2021/roster/spring/jia",
            "event/2021/a",
            "document/2021/agreement/2021/jia",
            "report/2021-02/jia",
            "report/2021-03/jia",
        ],
        "yi": ["event/2021/a", "document/2021/plan/2021/yi", "report/2021-02/yi", "report/2021-03/yi"],
    }
    told = {o.seed: (o.text.splitlines()[-1], o.changed.isoformat()) for o in own["jia"] + own["yi"]}
    assert told["report/2021-02/jia"] == (
        "网站上已有：按时上报2项，逾期上报1项，已够数。",
        "2021-03-02",
    )
    assert told["report/2021-02/yi"] == ("网站上已有：按时上报0项，还差1项。", "2021-02-01")


def test_a_whole_file(folder: Path) -> None:
    """Events, alarms at nine in the morning, ids, stamps, escapes: every byte."""
    content = (folder / "jia.ics").read_bytes()
    if os.environ.get("UPDATE_CASES"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_bytes(content)
    assert content == GOLDEN.read_bytes()


@pytest.mark.parametrize("name", ["all", "jia", "yi"])
def test_lines_are_folded_by_octets(folder: Path, name: str) -> None:
    content = (folder / f"{name}.ics").read_bytes()
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert sum(line.startswith(b" ") for line in lines) > 5
    for line in lines:
        line.decode("utf-8")  # a character that is cut in two is none


@pytest.mark.parametrize("name", ["all", "jia", "yi"])
def test_another_program_reads_the_same(folder: Path, made: Site, name: str) -> None:
    (read,) = vobject.readComponents((folder / f"{name}.ics").read_text(encoding="utf-8"))
    assert read.validate()
    dates = county_dates(*_year(made)) if name == "all" else school_dates(*_year(made))[name]
    assert [(e.summary.value, e.dtstart.value, e.dtend.value) for e in read.vevent_list] == [
        (o.title, o.date, o.date + dt.timedelta(days=1)) for o in dates
    ]
    for event, occasion in zip(read.vevent_list, dates, strict=True):
        assert event.description.value.startswith(occasion.text)
        assert event.url.value.startswith(ADDRESS)
        midnight = dt.datetime.combine(occasion.date, dt.time())
        rings = [midnight + alarm.trigger.value for alarm in event.valarm_list]
        nine = dt.datetime.combine(occasion.date, dt.time(9))
        assert rings == [nine - dt.timedelta(days=days) for days in (7, 3, 1)]
    ids = [event.uid.value for event in read.vevent_list]
    assert len(set(ids)) == len(ids)


def test_what_all_share_is_one_event(folder: Path) -> None:
    """A “名园+” event has the same id in every calendar, so that two subscriptions show it once."""
    found = [
        {e.uid.value for e in vobject.readOne((folder / f"{n}.ics").read_text("utf-8")).vevent_list}
        for n in ("all", "jia", "yi")
    ]
    assert len(found[0] & found[1] & found[2]) == 1


def test_files_depend_on_the_data_alone(made: Site, folder: Path, tmp_path: Path) -> None:
    """Neither the day of the build nor the site's address touches an id; the day touches not one byte."""
    later = site_of(made.corpus, today=TODAY + dt.timedelta(days=400), site_url=ADDRESS)
    calendar.write(later, tmp_path / "later")
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "later" / "calendar" / path.name).read_bytes()
    calendar.write(site_of(made.corpus, today=TODAY), tmp_path / "nowhere")
    for path in folder.iterdir():
        text = (tmp_path / "nowhere" / "calendar" / path.name).read_text("utf-8")
        assert "http" not in text
        assert _lines(text, "UID:") == _lines(path.read_text("utf-8"), "UID:")


def _lines(text: str, start: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(start)]


def test_a_report_makes_a_later_version_of_its_event(folder: Path) -> None:
    """What was reported on 2 March came 29 days after the term began: SEQUENCE grows with the records."""
    event = next(
        e
        for e in vobject.readOne((folder / "jia.ics").read_text("utf-8")).vevent_list
        if e.summary.value.startswith("二月")
    )
    assert event.sequence.value == "29"
    assert event.dtstamp.value == event.last_modified.value == dt.datetime(2021, 3, 2, tzinfo=dt.UTC)


def test_hostile_words_stay_words() -> None:
    words = '观摩\\n；a,b;c:d"e\\\\\nEND:VEVENT\r\nBEGIN:VALARM\a\x7f' + "很长的名称" * 40
    day = dt.date(2021, 2, 26)
    occasion = Occasion(
        seed="x",
        kind="event",
        date=day,
        title=words,
        schools=(),
        text=words,
        clauses=(),
        month="2021-02",
        begun=day,
        changed=day,
    )
    content = ics(
        (occasion,),
        seed=words,
        county=words,
        name=words,
        description=words,
        timezone="Asia/Shanghai",
        source="",
        address=lambda _: "https://archive.example/?a=1,2;3",
    )
    assert max(map(len, content.split(b"\r\n"))) <= 75
    read = vobject.readOne(content.decode())
    (event,) = read.vevent_list
    clean = words.replace("\r\n", "\n").replace("\a", "").replace("\x7f", "")
    assert (event.summary.value, read.x_wr_calname.value) == (clean, clean)
    assert event.url.value == "https://archive.example/?a=1,2;3"
    assert len(event.valarm_list) == 3


def test_what_is_secret_is_masked(tmp_path: Path) -> None:
    files = base() | {
        "records/bureau/2021/events/x.md": "---\ntitle: 致电13912345678\ndate: 2021-02-26\nhost: jia\n---\n\n无。\n"
    }
    made = site(tmp_path / "archive", files, today=TODAY)
    calendar.write(made, tmp_path)
    (page,) = calendar.pages(made)
    for text in (page.body, (tmp_path / "calendar/all.ics").read_text("utf-8")):
        assert "13912345678" not in text
        assert "致电███████████" in text


def test_the_page_lists_what_the_calendar_holds(made: Site) -> None:
    (page,) = calendar.pages(made)
    for occasion in county_dates(*_year(made)):
        assert occasion.title in page.body
    assert page.body.count("date--next") == 1
    assert "最近的一天是<strong>3月30日</strong>（周二，还有15天）：三月帮扶材料上报截止。" in page.body
    assert 'href="webcal://archive.example/county/calendar/jia.ics"' in page.body
    assert 'href="../calendar/jia.ics" download' in page.body
    (unknown,) = calendar.pages(site_of(made.corpus, today=TODAY))
    assert "webcal" not in unknown.body


def test_an_archive_without_a_programme_has_an_empty_calendar(tmp_path: Path) -> None:
    made = site(tmp_path / "archive", {}, today=TODAY)
    calendar.write(made, tmp_path)
    assert vobject.readOne((tmp_path / "calendar/all.ics").read_text("utf-8")).name == "VCALENDAR"
    (page,) = calendar.pages(made)
    assert "还没有可以列出的日期" in page.body
