"""Calendars: whole files of a small archive, read back by another program, folded by octets, the same every time.

``UPDATE_CASES=1 pytest tests/test_calendars.py`` writes the expected file anew; read every change.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import vobject

from generator.accounts.ledger import make_ledger
from generator.archive import Corpus, read_corpus
from generator.site.calendars.dates import Occasion, list_county_dates, list_school_dates
from generator.site.calendars.ics import format_calendar
from generator.site.pages import calendar
from generator.site.pages.site import Site, compute_site
from tests.scratch_repository import git
from tests.small_archive import activity, base
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
    calendar.write_calendar_files(made, tmp_path / "out")
    return tmp_path / "out" / "calendar"


def test_the_county_has_every_date_once(made: Site) -> None:
    found = [
        (o.date.isoformat(), o.kind, o.title, o.schools, o.clauses) for o in list_county_dates(*_year(made))
    ]
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
    own = list_school_dates(*_year(made))
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
    dates = list_county_dates(*_year(made)) if name == "all" else list_school_dates(*_year(made))[name]
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
    assert sorted(path.name for path in folder.iterdir()) == ["all.ics", "jia.ics", "yi.ics"]
    later = compute_site(made.corpus, today=TODAY + dt.timedelta(days=400), site_url=ADDRESS)
    calendar.write_calendar_files(later, tmp_path / "later")
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "later" / "calendar" / path.name).read_bytes()
    calendar.write_calendar_files(compute_site(made.corpus, today=TODAY), tmp_path / "nowhere")
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
    content = format_calendar(
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
    calendar.write_calendar_files(made, tmp_path)
    page, _ = calendar.make_pages(made)
    for text in (page.body, (tmp_path / "calendar/all.ics").read_text("utf-8")):
        assert "13912345678" not in text
        assert "致电███████████" in text


def test_the_page_lists_what_the_calendar_holds(made: Site) -> None:
    page, _ = calendar.make_pages(made)
    for occasion in list_county_dates(*_year(made)):
        assert occasion.title in page.body
    assert page.body.count("date--next") == 1
    assert "最近的一天是<strong>3月30日</strong>（周二，还有15天）：三月帮扶材料上报截止。" in page.body
    assert 'href="webcal://archive.example/county/calendar/jia.ics"' in page.body
    assert 'href="../../calendar/jia.ics" download' in page.body
    unknown, _ = calendar.make_pages(compute_site(made.corpus, today=TODAY))
    assert "webcal" not in unknown.body


def test_an_archive_without_a_programme_has_an_empty_calendar(tmp_path: Path) -> None:
    made = site(tmp_path / "archive", {}, today=TODAY)
    calendar.write_calendar_files(made, tmp_path)
    assert vobject.readOne((tmp_path / "calendar/all.ics").read_text("utf-8")).name == "VCALENDAR"
    (page,) = calendar.make_pages(made)
    assert "还没有可以列出的日期" in page.body


# --- versions of a date --------------------------------------------------------------------------

EVENT = "records/bureau/2021/events/a.md"
OTHER = "records/bureau/2021/events/b.md"


def _save(root: Path, day: str, moment: str | None = "", path: str = EVENT, title: str = "名园观摩") -> None:
    """Write an event, and commit it as if it were that moment; leave it uncommitted for ``None``."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(
        f"---\ntitle: {title}\ndate: {day}\nhost: jia\nschools: [yi]\n---\n\n看了。\n", "utf-8"
    )
    if moment is not None:
        _commit(root, moment)


def _commit(root: Path, moment: str, *arguments: str) -> None:
    git(root, "add", "--all")
    day = f"{moment}T08:00:00Z" if len(moment) == 10 else moment
    environment = {**os.environ, "GIT_COMMITTER_DATE": day, "GIT_AUTHOR_DATE": day}
    command = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@example.invalid"]
    done = arguments or ("commit", "-qm", "Change")
    subprocess.run([*command, *done], env=environment, check=True, capture_output=True)


def _repository(tmp_path: Path) -> Path:
    root = tmp_path / "archive"
    for name, content in base().items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    git(root, "init", "-q", "-b", "main")
    _commit(root, "2021-01-20")
    _save(root, "2021-02-26", "2021-02-01")
    _save(root, "2021-03-19", "2021-02-02", OTHER, "户外观摩")
    return root


def _account(root: Path) -> tuple[Corpus, Any]:
    corpus = read_corpus(root)
    return corpus, make_ledger(corpus, 2021, TODAY)


def _calendar(root: Path) -> bytes:
    corpus, account = _account(root)
    dates = list_county_dates(corpus, account)
    words = {"name": "n", "description": "d", "timezone": "Asia/Shanghai", "source": ""}
    return format_calendar(dates, seed="all", county="x", address=lambda _: "", **words)


def _version(root: Path, title: str = "名园观摩") -> tuple[int, str]:
    """Return an event's SEQUENCE and its stamp, which both DTSTAMP and LAST-MODIFIED must be."""
    (event,) = [e for e in vobject.readOne(_calendar(root).decode()).vevent_list if e.summary.value == title]
    assert event.dtstamp.value == event.last_modified.value
    return int(event.sequence.value), event.dtstamp.value.isoformat()


def test_every_move_makes_a_later_version(tmp_path: Path) -> None:
    """Put off, put off again, brought forward, back where it was, renamed: never the same, never less."""
    root = _repository(tmp_path)
    found, other = [_version(root)], _version(root, "户外观摩")
    assert found[0][1] == "2021-02-01T08:00:00+00:00"
    for day, moment in [
        ("2021-03-05", "2021-02-10"),
        ("2021-03-12", "2021-02-11"),
        ("2021-02-26", "2021-02-12"),
        ("2021-03-05", "2021-02-12T08:00:00Z"),  # within the same second
        ("2021-03-06", "2020-12-01"),  # by a clock that is wrong
        ("2021-03-05", "1970-01-02"),
    ]:
        _save(root, day, moment)
        found.append(_version(root))
    _save(root, "2021-03-09", None)  # not committed yet
    found.append(_version(root))
    _commit(root, "2021-02-20")
    found.append(_version(root))
    assert [number for number, _ in found] == sorted({number for number, _ in found})
    assert [stamp for _, stamp in found] == sorted({stamp for _, stamp in found})
    assert found[-1][1] == "2021-02-20T08:00:00+00:00"
    assert _version(root, "户外观摩") == other


def test_a_merged_change_counts_from_its_merge(tmp_path: Path) -> None:
    """A branch that was begun before another change and merged after it still makes a later version."""
    root = _repository(tmp_path)
    git(root, "switch", "-qc", "branch")
    _save(root, "2021-02-26", "2021-02-03", title="名园观摩日")
    git(root, "switch", "-q", "main")
    _save(root, "2021-03-05", "2021-02-05")
    before = _version(root)
    _commit(root, "2021-02-08", "merge", "--no-ff", "--no-edit", "-X", "theirs", "branch")
    after = _version(root, "名园观摩日")
    assert (before[1], after[1]) == ("2021-02-05T08:00:00+00:00", "2021-02-08T08:00:00+00:00")
    assert after[0] > before[0]


def test_the_same_archive_makes_the_same_calendar(tmp_path: Path) -> None:
    """In another clone, at another time; and cut off or without git no version is lost."""
    root = _repository(tmp_path)
    _save(root, "2021-03-05", "2021-02-10")
    _save(root, "2021-03-06", "2021-02-11", path=OTHER, title="户外观摩")
    git(tmp_path, "clone", "-q", "--no-local", str(root), "whole")
    assert _calendar(tmp_path / "whole") == _calendar(root)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "cut")
    assert _version(tmp_path / "cut")[0] >= _version(root)[0]
    before = _version(tmp_path / "cut")
    _save(root, "2021-02-26", "2021-02-12")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "later")
    assert _version(tmp_path / "later")[0] > before[0]
    assert _version(root)[0] > before[0]


def test_without_git_an_event_that_is_put_off_has_a_later_version(tmp_path: Path) -> None:
    root = _repository(tmp_path)
    shutil.rmtree(root / ".git")
    before = _version(root)
    assert before == (25, "2021-02-01T00:00:25+00:00")
    assert _calendar(root) == _calendar(root)
    _save(root, "2021-03-05", None)
    after = _version(root)
    assert after[0] > before[0]
    assert after[1] > before[1]


def test_a_report_is_a_later_version_of_its_school_s_date_alone(tmp_path: Path) -> None:
    root = _repository(tmp_path)

    def versions() -> dict[str, int | None]:
        corpus, account = _account(root)
        own = [o for found in list_school_dates(corpus, account).values() for o in found]
        return {o.seed: o.revised for o in (*list_county_dates(corpus, account), *own)}

    before = versions()
    assert None not in before.values()
    record = root / "records/yi/2021/02/09-visit/activity.md"
    record.parent.mkdir(parents=True)
    record.write_text(activity("2021-02-09", partner="jia"), encoding="utf-8")
    _commit(root, "2021-02-10")
    after = versions()
    assert {seed for seed in after if after[seed] != before[seed]} == {"report/2021-02/yi"}
    record.unlink()
    _commit(root, "2021-02-11")
    gone = versions()
    assert {seed for seed in gone if gone[seed] != after[seed]} == {"report/2021-02/yi"}
    assert after["report/2021-02/yi"] < gone["report/2021-02/yi"]  # type: ignore[operator]  # neither is None
