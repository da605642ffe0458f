"""The bulletin: one whole value of a small archive, which months have one, and its page.

``UPDATE_CASES=1 pytest tests/test_bulletin.py`` writes the page anew; read every change.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

from generator.accounts.ledger import Status, make_ledger
from generator.archive import read_corpus
from generator.documents.bulletin import Bulletin, compose_bulletin, list_bulletin_months, phrases
from generator.documents.bulletin.bulletin_content import (
    ActivityLine,
    Gathering,
    InspectionLine,
    MeasureLine,
    PairingActivities,
    PairingTasks,
    Passage,
    Praise,
    SchoolGroup,
    SchoolLine,
    TaskLine,
    TextRun,
)
from generator.documents.bulletin.plain_text import make_plain_text
from generator.site.pages import bulletins
from generator.site.pages.site import Site
from tests.closed_archive import closed, run
from tests.small_archive import activity, base
from tests.test_pages import site

GOLDEN = Path(__file__).with_name("bulletin") / "2021-02.html"
TODAY = dt.date(2021, 3, 15)
PHOTO = "photos:\n  - {file: 01.jpg, caption: 区角}\n"


def archive() -> dict[str, str | bytes]:
    """A month with everything: one school late, one missing, a hidden record, a private name, bureau's records."""
    bureau = "records/bureau/2021"
    return base() | {
        "records/jia/2021/02/05-visit/activity.md": activity("2021-02-05", photos=PHOTO),
        "records/jia/2021/02/05-visit/01.jpg": b"x",
        "records/jia/2021/02/20-lesson/activity.md": activity(
            "2021-02-20",
            title="小明的示范课",
            measure="lesson",
            reported="2021-03-02",
            extra="private: [小明]\n",
        ),
        "records/jia/2021/02/21-care/activity.md": activity(
            "2021-02-21", measure="care", extra="public: false\n"
        ),
        "records/yi/2021/plan.yml": (
            "rows:\n"
            "  - {id: 2021-03-1, month: 2021-03, date: 2021-03-09, task: 到甲园跟岗, lead: 保教主任}\n"
            "  - {id: 2021-03-2, month: 2021-03, task: 布置区角}\n"
            "  - {id: 2021-02-1, month: 2021-02, task: 早已做过}\n"
        ),
        f"{bureau}/bulletins/2021-02.md": (
            "---\nmonth: 2021-02\nnumber: 7\nissued: 2021-03-04\n"
            "highlights:\n  - {activity: jia/2021/02/05-visit, remark: 小明说好}\n"
            "  - {activity: jia/2021/02/21-care, remark: 不公开的不出现}\n---\n请各园**及时**上报，电话13912345678。\n"
        ),
        f"{bureau}/inspections/a.md": (
            "---\ntitle: 入园查看\ndate: 2021-02-24\nschool: yi\nfinding: doubtful\n---\n\n看了。\n"
        ),
        f"{bureau}/inspections/b.md": (
            "---\ntitle: 另一个月\ndate: 2021-03-01\nschool: yi\nfinding: confirmed\n---\n\n看了。\n"
        ),
        f"{bureau}/events/a.md": "---\ntitle: 名园观摩\ndate: 2021-02-26\nhost: jia\nschools: [yi]\n---\n\n看了。\n",
    }


VISIT = ActivityLine(
    key="jia/2021/02/05-visit",
    date=dt.date(2021, 2, 5),
    school="甲园",
    short="甲园",
    title="观摩活动",
    measure="观摩",
    clause="一-1",
    direction="host",
    partners=("乙园",),
    late=False,
    filing="",
    finding="",
)
LESSON = ActivityLine(
    key="jia/2021/02/20-lesson",
    date=dt.date(2021, 2, 20),
    school="甲园",
    short="甲园",
    title="██的示范课",
    measure="示范课",
    clause="一-1",
    direction="host",
    partners=("乙园",),
    late=True,
    filing="",
    finding="",
)
HELPER = SchoolLine(
    school="jia",
    name="甲园",
    quota=2,
    on_time=2,
    late=1,
    status=Status.MET,
    term_done=2,
    term_quota=2,
    term_met=1,
    term_months=1,
)
HELPED = SchoolLine(
    school="yi",
    name="乙园",
    quota=1,
    on_time=0,
    late=0,
    status=Status.MISSING,
    term_done=0,
    term_quota=1,
    term_met=0,
    term_months=1,
)


def test_a_bulletin_holds_every_fact(tmp_path: Path) -> None:
    made = site(tmp_path, archive(), today=TODAY)
    account = made.ledgers[2021]
    clause = made.corpus.bureau[2021].plan
    assert clause is not None
    assert compose_bulletin(made.corpus, account, "2021-02") == Bulletin(
        name="帮扶简报",
        county="甲县",
        title="甲县二月幼儿园结对帮扶工作情况",
        issuer="甲县教育局学前股",
        year=2021,
        month="2021-02",
        month_name="二月",
        number=7,
        issued=dt.date(2021, 3, 4),
        as_of=TODAY,
        deadline=dt.date(2021, 2, 28),
        moved="",
        term_name="春学期",
        groups=(SchoolGroup(name="帮扶园", lines=(HELPER,)), SchoolGroup(name="农村园", lines=(HELPED,))),
        excuses=(),
        pairings=(PairingActivities(helper="甲园", lines=(VISIT, LESSON)),),
        total=3,
        private=1,
        highlights=(Praise(activity=VISIT, remark="██说好"),),
        owed=(HELPED,),
        deemed=clause.find_clause("二-2"),
        measures=(
            MeasureLine(name="观摩", clause="一-1", month=1, term=1),
            MeasureLine(name="示范课", clause="一-1", month=1, term=1),
            MeasureLine(name="慰问", clause="一-2", month=1, term=1),
        ),
        inspections=(
            InspectionLine(date=dt.date(2021, 2, 24), school="乙园", title="入园查看", finding="doubtful"),
        ),
        events=(Gathering(date=dt.date(2021, 2, 26), host="甲园", title="名园观摩", schools=("乙园",)),),
        corrections=(),
        next_month="2021-03",
        next_moved=None,
        next_excuse=None,
        next_tasks=(
            PairingTasks(
                helper="甲园",
                tasks=(
                    TaskLine(
                        school="乙园",
                        short="乙园",
                        date=dt.date(2021, 3, 9),
                        task="到甲园跟岗",
                        lead="保教主任",
                    ),
                    TaskLine(school="乙园", short="乙园", date=None, task="布置区角", lead=""),
                ),
            ),
        ),
        note=(
            Passage(
                kind="paragraph",
                runs=(
                    TextRun(text="请各园"),
                    TextRun(text="及时", strong=True),
                    TextRun(text="上报，电话███████████。"),
                ),
            ),
        ),
        sample=False,
        seal="",
        sent_to=("各校（园）",),
        copies=(),
        contact="",
    )


def test_without_a_note_number_and_day_follow_from_the_programme(tmp_path: Path) -> None:
    files = {path: text for path, text in archive().items() if "/bureau/2021/bulletins/" not in path}
    made = site(tmp_path, files, today=TODAY)
    first, second = (
        compose_bulletin(made.corpus, made.ledgers[2021], month) for month in ("2021-02", "2021-03")
    )
    assert (first.number, first.issued, first.note, first.highlights) == (1, dt.date(2021, 3, 1), (), ())
    assert (second.number, second.issued, second.next_month, second.next_tasks) == (2, None, None, ())
    assert second.count_schools(Status.OPEN) == 2


def test_months_with_a_bulletin_are_due_or_have_a_record(tmp_path: Path) -> None:
    corpus = site(tmp_path, archive()).corpus

    def months(day: dt.date) -> tuple[str, ...]:
        account = make_ledger(corpus, 2021, day)
        assert account is not None
        return list_bulletin_months(account)

    assert months(dt.date(2021, 2, 1)) == ("2021-02",)  # it has records already
    assert months(dt.date(2021, 3, 30)) == ("2021-02",)
    assert months(dt.date(2021, 3, 31)) == ("2021-02", "2021-03")
    empty = make_ledger(read_corpus(_write(tmp_path / "empty", base())), 2021, dt.date(2021, 2, 28))
    assert empty is not None
    assert list_bulletin_months(empty) == ()


def _write(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def _page(made: Site) -> str:
    return {page.url: page for page in bulletins.make_pages(made)}["bulletins/2021-02/"].body + "\n"


def test_the_page_says_it_all_and_nothing_private(tmp_path: Path) -> None:
    made = _page(site(tmp_path, archive(), today=TODAY))
    if os.environ.get("UPDATE_CASES"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(made, encoding="utf-8", newline="\n")
    assert made == GOLDEN.read_text(encoding="utf-8")
    for secret in ("小明", "13912345678", "不公开的不出现"):
        assert secret not in made


def test_the_summary_is_a_sentence_for_every_state(tmp_path: Path) -> None:
    made = site(tmp_path, archive(), today=TODAY)
    first, second = (
        compose_bulletin(made.corpus, made.ledgers[2021], month) for month in ("2021-02", "2021-03")
    )
    assert (
        phrases.summarise_month(first)
        == "二月应上报的2所校（园）中，1所完成，1所未上报。共开展帮扶活动3项，其中请进来2项。"
    )
    assert phrases.summarise_month(second) == "三月应上报的2所校（园）中，2所待报。没有开展帮扶活动。"


def test_the_index_names_every_issue_and_the_next(tmp_path: Path) -> None:
    made = {page.url: page.body for page in bulletins.make_pages(site(tmp_path, archive(), today=TODAY))}
    assert set(made) == {"bulletins/", "bulletins/2021/", "bulletins/2021-02/"}
    assert "2021年第7期" in made["bulletins/"]
    assert "三月的简报在2021年3月30日截止上报之后印发。" in made["bulletins/"]


def test_an_archive_without_records_says_so(tmp_path: Path) -> None:
    made = {
        page.url: page.body
        for page in bulletins.make_pages(site(tmp_path, base(), today=dt.date(2021, 2, 1)))
    }
    assert set(made) == {"bulletins/", "bulletins/2021/"}
    assert "还没有简报。" in made["bulletins/"]


def test_an_office_telephone_is_shown_and_a_mobile_one_is_not(tmp_path: Path) -> None:
    imprint = "imprint: {contact: 学前股 0999-6620000，手机 13912345678}\nplan_text:"
    programme = "records/bureau/2021/programme.yml"
    files = archive() | {programme: str(archive()[programme]).replace("plan_text:", imprint)}
    made = site(tmp_path, files, today=TODAY)
    value = compose_bulletin(made.corpus, made.ledgers[2021], "2021-02")
    assert value.contact == "学前股 0999-6620000，手机 ███████████"


def test_what_was_amended_since_is_told_by_the_bulletins_that_it_changed(tmp_path: Path) -> None:
    closed(tmp_path)
    shutil.rmtree(tmp_path / "records/yi/2021/02/09-visit")
    words_of_office = ("--reason", "交错了", "--decided-by", "股长", "--as-of", "2021-04-12")
    assert run(tmp_path, "amend", "2021-02", *words_of_office)[0] == 0
    corpus = read_corpus(tmp_path)

    def told(month: str, day: str) -> list[str]:
        account = make_ledger(corpus, 2021, dt.date.fromisoformat(day))
        assert account is not None
        found = compose_bulletin(corpus, account, month)
        assert (phrases.format_corrections_title(found) in make_plain_text(found)) == bool(found.corrections)
        return [phrases.describe_correction(each) for each in found.corrections]

    first = "更正二月结账，涉及甲园：人数写错（学前股股长决定）。"
    removed = "本期印发以后，2021年4月12日，更正二月结账，涉及乙园（由完成改为未上报）：交错了（股长决定）。"
    assert told("2021-02", "2021-04-20") == [f"本期印发以后，2021年3月20日，{first}", removed]
    assert told("2021-03", "2021-04-20") == [f"3月20日，{first}", removed]
    assert told("2021-03", "2021-04-11") == [f"3月20日，{first}"]
