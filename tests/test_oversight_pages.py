"""Pages of inspections, draws, surveys and “名园+” events, whole; and what a seal says on an activity's page."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import sys
import tempfile
from pathlib import Path

import pytest

from generator.accounts import draws
from generator.records.models import Draw
from generator.site.pages import activities, events, inspections, schools, surveys
from generator.site.pages.page import Page
from tests.small_archive import PROGRAMME, activity, base
from tests.test_pages import site

GOLDEN = Path(__file__).resolve().parent / "pages" / "visits"
TODAY = dt.date(2021, 4, 10)
BUREAU = "records/bureau/2021"
FALSE, DOUBTED, PRIVATE = "yi/2021/02/10-visit", "yi/2021/02/11-visit", "yi/2021/02/12-quiet"
_PHOTO = "photos:\n  - {file: 01.jpg, caption: 查看登记, people: none}\n  - {file: 02.jpg, caption: 合影, public: false}\n"


def _draw() -> str:
    keys = [FALSE, DOUBTED, PRIVATE]
    made = Draw(
        month="2021-02",
        seed="04 11 17",
        source="某期彩票",
        announced=dt.date(2021, 2, 15),
        made=dt.date(2021, 2, 20),
        algorithm=draws.ALGORITHM,
        records=3,
        groups=[draws.draw_group("04 11 17", "2021-02", "全部校（园）", ["jia", "yi"], 2)],
        schools=[
            draws.draw_records("04 11 17", "2021-02", name, keys if name == "yi" else [], 3)
            for name in draws.draw_names("04 11 17", "2021-02", ["jia", "yi"], 2)
        ],
    )
    return draws.format_draw(made)


def _inspection(front: str, body: str = "看了班级和登记。", **more: str) -> str:
    return f"---\ntitle: {more.get('title', '二月随机入校核查')}\nschool: yi\n{front}---\n\n{body}\n"


def archive() -> dict[str, str | bytes]:
    """One of everything: false with a reply, doubtful and cleared up, pending, without a reply, a private record."""
    long = "记录写明当天有两名骨干参加活动，登记和签到表里都没有，受访教师说当天照常上课，没有这次活动。"
    programme = PROGRAMME.replace(
        "deadline_day: 30\n", "deadline_day: 30\nevents: {since: spring, clause: 二-1}\n"
    )
    programme = programme.replace("deemed-undone: 二-2,", "deemed-undone: 二-2, assessment: 二-2,")
    files: dict[str, str | bytes] = dict(base())
    files[f"{BUREAU}/programme.yml"] = programme
    for key in (FALSE, DOUBTED):
        files[f"records/{key}/activity.md"] = activity(f"2021-02-{key[11:13]}", partner="jia")
    files[f"records/{PRIVATE}/activity.md"] = activity("2021-02-12", partner="jia", extra="public: false\n")
    files[f"{BUREAU}/draws/2021-02.yml"] = _draw()
    files[f"{BUREAU}/inspections/2021-02-22-yi.md"] = _inspection(
        f"date: 2021-02-22\nplace: 乙园\nmethods: [visit, interview]\ninspectors: [股室干部]\ndraw: 2021-02\n"
        f"records:\n  - {{activity: {FALSE}, finding: 'false', remark: 登记里没有}}\n"
        f"  - {{activity: {DOUBTED}, finding: doubtful}}\n  - {{activity: {PRIVATE}, finding: confirmed}}\n"
        f"told: 2021-02-23\nreply: {{date: 2021-02-25, by: 园长, text: 因天气改期，没有撤回记录。}}\ndecided: 2021-02-26\n{_PHOTO}",
        long,
    )
    files[f"{BUREAU}/inspections/2021-02-22-yi/01.jpg"] = b"x"
    files[f"{BUREAU}/inspections/2021-02-22-yi/02.jpg"] = b"x"
    files[f"{BUREAU}/inspections/2021-03-08-yi.md"] = _inspection(
        f"date: 2021-03-08\nactivity: {DOUBTED}\nfinding: confirmed\n", title="复查"
    )
    files[f"{BUREAU}/inspections/2021-04-06-yi.md"] = _inspection(
        f"date: 2021-04-06\nrecords:\n  - {{activity: {FALSE}}}\n", title="再查"
    )
    files[f"{BUREAU}/surveys/2021-03-18-yi-parents.yml"] = (
        "title: 家长问卷\ndate: 2021-03-18\nschool: yi\naudience: parents\nsent: 30\nrespondents: 24\nnote: 当场收回。\n"
        "answers:\n  - question: 满意吗？\n    choices: {很满意: 18, 满意: 6, 一般或不满意而且说不清楚为什么不满意的: 0}\n"
        "  - question: 希望开展什么？\n    multiple: true\n    choices: {阅读: 20, 户外: 12}\n"
    )
    files[f"{BUREAU}/events/2021-02-24-open-day.md"] = (
        "---\ntitle: 名园观摩互促\ndate: 2021-02-24\nhost: jia\nplace: 甲园\nschools: [yi]\nattendance: 30\nagenda:\n"
        "  - {kind: report, topic: 怎样帮, school: jia}\n  - {kind: discussion, topic: 下一步}\n"
        "photos:\n  - {file: 01.jpg, caption: 会场, people: none}\n---\n\n## 汇报\n\n讲了一年的做法。\n\n## 研讨\n\n- 材料共享\n"
    )
    files[f"{BUREAU}/events/2021-02-24-open-day/01.jpg"] = b"x"
    return files


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    return _pages(tmp_path_factory.mktemp("visits"))


def _pages(root: Path) -> dict[str, Page]:
    made = site(root, archive(), today=TODAY)
    assert made.corpus.problems == ()
    found = [page for module in (inspections, surveys, events, schools) for page in module.make_pages(made)]
    found += activities.make_pages(made, 2021, "yi")
    return {page.url: page for page in found}


NAMES = {
    "inspections": "inspections/",
    "inspection-false": "inspections/2021-02-22-yi/",
    "inspection-pending": "inspections/2021-04-06-yi/",
    "surveys": "surveys/",
    "survey": "surveys/2021-03-18-yi-parents/",
    "events": "events/",
    "event": "events/2021-02-24-open-day/",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_what_it_was(pages: dict[str, Page], name: str) -> None:
    """After an intended change: `python -m tests.test_oversight_pages`, then read the difference."""
    expected = (GOLDEN / f"{name}.html").read_text(encoding="utf-8").splitlines()
    assert not list(difflib.unified_diff(expected, _lines(pages[NAMES[name]]), lineterm=""))


def _lines(page: Page) -> list[str]:
    return [line.rstrip() for line in page.body.splitlines() if line.strip()]


def _words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def _findings(page: Page) -> str:
    found = re.search(r'(?s)<section aria-label="督导核查结论">(.*?)</section>', page.body)
    return _words(found[1]) if found else ""


def test_a_false_report_shows_clause_and_reply_and_that_it_is_looked_at_again(pages: dict[str, Page]) -> None:
    page = pages[f"schools/{FALSE}/"]
    assert _findings(page) == (
        "督导核查 虚报 经核查认定虚报，按实施方案二-2相关项目按零分计算。 二月随机入校核查 登记里没有 "
        "月末没有上报的，视为没有开展。 方案二-2 学校说明 因天气改期，没有撤回记录。 园长，2021年2月25日 "
        "核查中 2021年4月6日督导核查，还没有结论。 再查"
    )
    assert 'href="../../../../../inspections/2021-04-06-yi/"' in page.body
    assert "seals" in page.styles


def test_the_latest_finding_is_the_seal(pages: dict[str, Page]) -> None:
    words = _findings(pages[f"schools/{DOUBTED}/"])
    assert words.startswith("督导核查 属实 2021年3月8日督导核查，情况属实。 复查 存疑 此前：")
    assert 'class="seal seal--confirmed"' in pages[f"schools/{DOUBTED}/"].body


def test_a_private_record_stays_private(pages: dict[str, Page]) -> None:
    for url, page in pages.items():
        assert "12-quiet" not in page.body, url
    assert "二月的一份记录（不公开）" in pages["inspections/2021-02-22-yi/"].body
    assert "不公开的记录1份" in pages["inspections/"].body


def test_a_month_without_an_event_is_named(pages: dict[str, Page]) -> None:
    words = _words(pages["events/"].body)
    assert "2021年三月 没有记录 这个月应当举行一次，档案里没有活动记录（ 二-1 ）。" in words
    assert "2021年二月 名园观摩互促" in words


def test_a_school_s_page_lists_what_the_bureau_saw(pages: dict[str, Page]) -> None:
    words = _words(pages["schools/yi/"].body)
    part = words[words.index("督导互促 全县的督导核查") :]
    assert part.index("再查") < part.index("复查") < part.index("二月随机入校核查") < part.index("家长问卷")
    assert "督导互促 全县的督导核查 “名园+”观摩互促活动 名园观摩互促" in _words(pages["schools/jia/"].body)


def test_the_drawing_says_its_numbers(pages: dict[str, Page]) -> None:
    """As its description, as words at each bar and as a table: colour and length carry nothing alone."""
    body = pages["surveys/2021-03-18-yi-parents/"].body
    svg = re.findall(r"(?s)<svg.*?</svg>", body)[0]
    assert 'role="img"' in svg
    assert (
        '<desc id="q1-told">很满意18人（75%），满意6人（25%），一般或不满意而且说不清楚为什么不满意的0人（0%）。</desc>'
        in svg
    )
    assert re.findall(r'width="([\d.]+%)" height="14"/>', svg) == [
        "100%",
        "75.0%",
        "100%",
        "25.0%",
        "100%",
        "0.0%",
    ]
    assert "style=" not in body
    longest = max(re.findall(r"<text x=\"0\"[^>]*>([^<]*)</text>", svg), key=len)
    assert len(longest) <= 17  # a phone is 17 characters wide beside the number


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = _pages(Path(folder))
    for name, url in NAMES.items():
        (GOLDEN / f"{name}.html").write_text(
            "\n".join(_lines(made[url])) + "\n", encoding="utf-8", newline="\n"
        )
    sys.stdout.write(f"wrote {len(NAMES)} pages\n")
