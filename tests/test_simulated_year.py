"""A year as it happens: each change comes by its command, each month is closed, and what was sent stays as it was."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.accounts.ledger import make_ledger
from generator.archive import Corpus, read_corpus
from generator.documents.bulletin import compose_bulletin
from generator.documents.bulletin.docx import make_docx
from generator.documents.bulletin.markdown import make_markdown
from generator.documents.bulletin.pdf import make_pdf
from generator.documents.bulletin.plain_text import make_plain_text
from generator.rules.rule import DISPENSABLE, REQUIREMENTS
from generator.site.pages import bulletins
from tests.closed_archive import lay_out, picture, run
from tests.small_archive import PLAN, PROGRAMME, activity, school
from tests.test_pages import all_pages
from tests.test_pages import site as make_site

DAY = dt.date.fromisoformat
BUREAU = "records/bureau/2021/programme.yml"
MONTHS = ("2021-02", "2021-03", "2021-09", "2021-10", "2021-11", "2021-12")
CLOSED_ON = dict(
    zip(
        MONTHS,
        ("2021-03-02", "2021-03-31", "2021-10-09", "2021-11-01", "2021-12-01", "2021-12-31"),
        strict=True,
    )
)
_AUTUMN = (
    "  - {id: autumn, name: 秋学期, starts: 2021-09-01, ends: 2021-12-31, "
    "months: [2021-09, 2021-10, 2021-11, 2021-12]}\n"
)


def programme() -> str:
    head = PROGRAMME.partition("requirements:")[0]
    measures = (
        "measures:\n  - id: visit\n    name: 观摩\n    clause: 一-1\n"
        "    expectations:\n"
        "      - {by: helper, every: term, kind: activities, at_least: 1, text: 每学期观摩}\n"
        "  - id: care\n    name: 慰问\n    clause: 一-2\n"
        "    expectations:\n"
        "      - {by: helper, every: year, kind: activities, at_least: 1, text: 慰问}\n"
    )
    clauses = {name: "二-1" for name in REQUIREMENTS if name not in DISPENSABLE}
    clauses |= {"deemed-undone": "二-2", "quota": "一-1"}
    needs = f"requirements: {{{', '.join(f'{name}: {clause}' for name, clause in clauses.items())}}}\n"
    pairings = "pairings:\n  - {helper: jia, helped: [yi, bing, wu], responsible: [某甲, 某乙, 某丙, 某戊]}\n"
    points = (
        "assessment:\n  - {id: quota, name: 完成数量, clause: 一-1, kind: quota, helper: 60, helped: 100}\n"
        "  - {id: care, name: 慰问, clause: 一-2, kind: measure, measure: visit, helper: 40}\n"
    )
    tail = "leading_group: []\n"
    return head.replace("quotas:", _AUTUMN + "quotas:") + needs + measures + points + pairings + tail


def lay_out_year(root: Path) -> Path:
    return lay_out(
        root,
        {
            "content/plan/2021.md": PLAN,
            BUREAU: programme(),
            "records/jia/school.yml": school("jia", "甲园", "helper"),
            "records/yi/school.yml": school("yi", "乙园", "rural"),
            "records/bing/school.yml": school("bing", "丙园", "private"),
            "records/wu/school.yml": school("wu", "戊园", "rural"),
        },
    )


def report(root: Path, month: str, *schools: str) -> None:
    """Hand in a school's activities of a month: what each owes, and a helper two."""
    for place, identity in enumerate(schools):
        for number in range(2 if identity == "jia" else 1):
            day = f"{month}-{8 + 2 * place + number:02}"
            text = activity(
                day,
                title=f"{month}{identity}{number}",
                partner="yi" if identity == "jia" else "jia",
                photos="photos:\n  - {file: 01.jpg, caption: 材料架, people: none}\n",
            )
            for old in ("观摩区域", "分三组", "上午观摩", "教师学会"):
                text = text.replace(old, f"{old}{month}{identity}{number}")
            seed = MONTHS.index(month) * 20 + place * 3 + number + 1
            folder = f"records/{identity}/{month.replace('-', '/')}/{day[8:]}-visit"
            lay_out(root, {f"{folder}/activity.md": text, f"{folder}/01.jpg": picture(seed)})


def check(root: Path, day: str) -> None:
    code, said = run(root, "check", "--as-of", day)
    assert code == 0, said


def send(root: Path, month: str, day: str) -> tuple[str, str, bytes, bytes, str]:
    """Return a month's bulletin in its five forms, as it is told on a day."""
    site = make_site(root, {}, today=DAY(day))
    value = compose_bulletin(site.corpus, site.ledgers[2021], month)
    pages = {page.url: page for page in bulletins.make_pages(site)}
    body = pages[f"bulletins/{month}/"].body
    article = body[body.index("<article") : body.index("</article>")]
    return make_plain_text(value), make_markdown(value), make_docx(value, {}), make_pdf(value, {}), article


def states(corpus: Corpus, month: str, day: str) -> str:
    account = make_ledger(corpus, 2021, DAY(day))
    assert account is not None
    return " ".join(f"{cell.school}:{cell.status.value}" for cell in account.find_month(month))


def test_a_year_with_all_its_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = lay_out_year(tmp_path)
    today = [DAY("2021-02-01")]
    for module in ("programme", "programme_months"):
        monkeypatch.setattr(f"generator.cli.{module}.read_today", lambda as_of=None: as_of or today[0])
    sent = {}

    def change(day: str, *arguments: str) -> None:
        today[0] = DAY(day)
        code, said = run(root, "programme", *arguments, "--yes")
        assert code == 0, said
        check(root, day)

    def close(month: str) -> None:
        day = CLOSED_ON[month]
        check(root, day)
        code, said = run(root, "close", month, "--as-of", day)
        assert code == 0, said
        check(root, day)
        sent[month] = send(root, month, day)

    report(root, "2021-02", "jia", "yi", "bing", "wu")
    close("2021-02")
    report(root, "2021-03", "jia", "yi", "bing", "wu")
    change("2021-03-18", "person", "yi", "某庚", "--from", "2021-03-20")
    seed = ("--seed", "04 11 17", "--source", "双色球第2021033期", "--announced", "2021-03-20")
    code, said = run(
        root, "draw", "--month", "2021-03", *seed, "--count", "2", "--as-of", "2021-03-25", "--out"
    )
    assert code == 0, said
    close("2021-03")
    code, said = run(root, "assess", "2021-spring", "--publish", "--as-of", "2021-04-06")
    assert code == 0, said
    published = [
        BUREAU.replace("programme.yml", name) for name in ("assessments/2021-spring.yml", "draws/2021-03.yml")
    ]
    frozen = {name: (root / name).read_bytes() for name in published}
    change("2021-08-20", "leave", "bing", "--from", "2021-09")
    new = ("--name", "丁园", "--short", "丁园", "--kind", "rural", "--responsible", "某丁")
    change("2021-08-21", "join", "ding", "--helper", "jia", "--from", "2021-09", *new)
    report(root, "2021-09", "jia", "yi", "wu", "ding")
    change("2021-09-20", "deadline", "2021-09", "2021-10-08", "--reason", "国庆放假")
    close("2021-09")
    change("2021-10-12", "rename", "yi", "--name", "育红幼儿园", "--short", "育红", "--from", "2021-10-11")
    why = ("--reason", "疫情防控", "--decided-by", "县教育局", "--decided", "2021-10-12")
    change("2021-10-12", "cancel", "2021-10", *why)
    close("2021-10")
    why = ("--reason", "封控停园", "--decided-by", "学前股股长", "--decided", "2021-11-05")
    change("2021-11-05", "excuse", "wu", "2021-11", *why)
    report(root, "2021-11", "jia", "yi", "ding")
    close("2021-11")
    following = programme().replace("2021", "2022").replace("yi, bing, wu", "yi, wu, ding")
    following = following.replace("某丙, 某戊", "某戊, 某丁").replace("某乙", "某庚")
    lay_out(
        root,
        {
            "records/bureau/2022/programme.yml": following,
            "content/plan/2022.md": PLAN.replace("2021", "2022"),
        },
    )
    check(root, "2021-12-05")
    report(root, "2021-12", "jia", "yi", "wu", "ding")
    close("2021-12")

    for month in ("2021-02", "2021-11"):  # what comes long after a bulletin changes nothing in it
        photos = "photos:\n  - {file: 01.jpg, caption: 材料架, people: none}\n"
        late = activity(
            f"{month}-26", title="补交的观摩", partner="jia", reported="2022-01-05", photos=photos
        ).replace("上午观摩", f"{month}下午观摩")
        folder = f"records/wu/{month.replace('-', '/')}/26-late"
        lay_out(root, {f"{folder}/activity.md": late, f"{folder}/01.jpg": picture(200 + int(month[5:]))})
    corpus = read_corpus(root)
    assert {month: states(corpus, month, "2022-01-10") for month in MONTHS} == {
        "2021-02": "jia:met yi:met bing:met wu:met ding:off",
        "2021-03": "jia:met yi:met bing:met wu:met ding:off",
        "2021-09": "jia:met yi:met bing:off wu:met ding:met",
        "2021-10": "jia:excused yi:excused bing:off wu:excused ding:excused",
        "2021-11": "jia:met yi:met bing:off wu:excused ding:met",
        "2021-12": "jia:met yi:met bing:off wu:met ding:met",
    }
    assert {
        month: next(line for line in forms[0].splitlines() if "开展帮扶活动" in line)
        for month, forms in sent.items()
    } == {
        "2021-02": "二月应上报的4所校（园）全部完成。共开展帮扶活动5项。",
        "2021-03": "三月应上报的4所校（园）全部完成。共开展帮扶活动5项。",
        "2021-09": "九月应上报的4所校（园）全部完成。共开展帮扶活动5项。九月材料改为10月8日截止上报（国庆放假）。",
        "2021-10": "十月各校（园）免报。没有开展帮扶活动。",
        "2021-11": "十一月应上报的3所校（园）全部完成；另有1所免报。共开展帮扶活动4项。",
        "2021-12": "十二月应上报的4所校（园）全部完成。共开展帮扶活动5项。",
    }
    assert ["乙园" in forms[0] for forms in sent.values()] == [True, True, True, False, False, False]
    assert ["丙园" in forms[0] for forms in sent.values()] == [True, True, False, False, False, False]
    assert "· 各校（园）免报：疫情防控（县教育局2021年10月12日决定）。" in sent["2021-10"][0]
    assert "· 戊园免报：封控停园（学前股股长2021年11月5日决定）。" in sent["2021-11"][0]
    for month, forms in sent.items():
        for form, then, now in zip(
            ("text", "markdown", "docx", "pdf", "page"), forms, send(root, month, "2022-01-10"), strict=True
        ):
            assert then == now, (month, form)
    assert {name: (root / name).read_bytes() for name in published} == frozen
    check(root, "2022-01-10")
    code, said = run(root, "build", "--site-dir", str(tmp_path / "site"), "--as-of", "2022-01-10")
    assert code == 0, said
    written = {path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*.html")}
    for url in (
        "schools/bing/2021/",
        "schools/ding/2022/",
        "bulletins/2021-10/",
        "assessment/2021-spring/",
        "2021/",
    ):
        assert f"{url}index.html" in written
    assert "2022年" in (tmp_path / "site/schools/index.html").read_text("utf-8")
    site = make_site(root, {}, today=DAY("2021-12-20"))
    pages = all_pages(site)
    assert site.year == 2021
    assert "曾用名乙园，到2021年10月10日" in pages["schools/yi/2021/"].body
    assert "到2021年8月31日" in pages["pairings/jia/2021/"].body
