"""A submission as a change: its reporting dates, and that it only adds to the bureau's sealed files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.archive import read_corpus
from generator.cli.main import main
from generator.rules.submission import as_a_change
from generator.rules.submission.changed_paths import Submission
from generator.rules.submission.file_readers import make_folder_reader
from generator.rules.submission.reported_days import parse_days
from tests.scratch_repository import commit, git
from tests.small_archive import activity, base

DAY = dt.date.fromisoformat
KEY = "records/yi/2021/02/10-visit/activity.md"
OTHER = "records/yi/2021/02/12-visit/activity.md"
FILINGS = "records/bureau/2021/filings.yml"


def lay_out(root: Path, files: Mapping[str, str | bytes]) -> Path:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def said(
    tmp_path: Path, before: Mapping[str, str | bytes], after: Mapping[str, str | bytes], when: str | None
) -> list[str]:
    """Return the faults of the change from one state of the small archive to another."""
    old, new = {**base(), **before}, {**base(), **after}
    first, second = lay_out(tmp_path / "base", old), lay_out(tmp_path / "submission", new)
    corpus = read_corpus(second)
    touched = Submission(paths=tuple(sorted(p for p in old.keys() | new.keys() if old.get(p) != new.get(p))))
    found = as_a_change.check_change(
        corpus, touched, make_folder_reader(first), parse_days(when, corpus) if when else None
    )
    return [f"{d.severity} {d.rule} {d.span.file.path}:{d.span.line} {d.message} → {d.fix}" for d in found]


def reported(day: str, title: str = "观摩活动") -> str:
    return activity("2021-02-10", partner="jia", reported=day, title=title)


AREAS = "上午九点入班，建构区和美工区同时开放，幼儿用插牌自己选区，教师在一旁记录他们停留了多久。"
SPORTS = "下午在操场上看大班的早操和器械活动，两名教师分工，一人带队，一人在器械旁边保护。"
PHOTO, SECOND = b"\xff\xd8one", b"\xff\xd8two"


def told(day: str, title: str, story: str, *, came: str = "2021-02-11", month: str = "02") -> str:
    """Return a record whose every part tells one story."""
    text = activity(f"2021-{month}-{day}", partner="jia", reported=came, title=title)
    head = text[: text.index("## 方案")]
    return head + "".join(f"## {part}\n\n{part}：{story}\n\n" for part in ("方案", "措施", "记录", "总结"))


def at(month: str, folder: str, file: str = "activity.md", school: str = "yi") -> str:
    return f"records/{school}/2021/{month}/{folder}/{file}"


LATE = "；真是那天送到教育局、后来才收进档案的，也照改，月份结账以后请教育局用 pairing amend --count 补计"


def back_dated(day: str, came: str, last: str, *, late: bool = False) -> list[str]:
    message = f"上报日期写的是 {day}，这份材料却是 {came} 才交来的{LATE if late else ''}"
    return [f"error reported-date {KEY}:9 {message} → 改成 reported: {last}"]


@pytest.mark.parametrize(
    ("day", "when", "expected"),
    [
        ("2021-02-28", "2021-02-28", []),
        ("2021-02-27", "2021-02-28", back_dated("2021-02-27", "2021-02-28", "2021-02-28")),
        (
            "2021-03-01",
            "2021-02-28",
            [
                f"error reported-date {KEY}:9 上报日期写的是 2021-03-01，提交的那天是 2021-02-28 → 改成 reported: 2021-02-28"
            ],
        ),
        # 17:30 of one day in London is the next day in the county.
        ("2021-02-28", "2021-02-27T17:30:00Z", []),
        ("2021-02-27", "2021-02-27T17:30:00Z", back_dated("2021-02-27", "2021-02-28", "2021-02-28")),
        ("2021-02-27", "2021-02-27T15:59:59Z", []),
        ("2021-02-27", "2021-02-28T00:30:00+09:00", []),
        # Mended on request some days later: the day on which it had come stays right.
        ("2021-02-20", "2021-02-20T01:00:00Z/2021-02-23T01:00:00Z", []),
        ("2021-02-23", "2021-02-20/2021-02-23", []),
        ("2021-02-19", "2021-02-20/2021-02-23", back_dated("2021-02-19", "2021-02-20", "2021-02-23")),
        (
            "2021-02-28",
            "2021-02-28/2021-03-02",
            [
                (
                    f"warning reported-date {KEY}:9 写的是 2021-02-28 上报；这个请求 2021-02-28 提出，2021-03-02 又改过，中间过了截止日"
                    " → 请教育局合并以前看一眼：这份材料 2021-02-28 是不是已经在请求里；是就不用改，不是就改成 reported: 2021-03-02"
                )
            ],
        ),
    ],
)
def test_a_new_record_says_the_day_on_which_it_came(
    tmp_path: Path, day: str, when: str, expected: list[str]
) -> None:
    assert said(tmp_path, {}, {KEY: reported(day)}, when) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # What came long ago may be mended at any time, and renamed.
        ({KEY: reported("2021-02-11")}, {KEY: reported("2021-02-11", "观摩")}, []),
        ({KEY: reported("2021-02-11")}, {OTHER: reported("2021-02-11")}, []),
        # But not dated back, nor put in the place of another.
        (
            {KEY: reported("2021-03-05")},
            {KEY: reported("2021-02-11")},
            back_dated("2021-02-11", "2021-04-02", "2021-04-02", late=True),
        ),
        (
            {OTHER: told("12", "另一次", SPORTS)},
            {KEY: told("10", "观摩活动", AREAS)},
            back_dated("2021-02-11", "2021-04-02", "2021-04-02", late=True),
        ),
        ({OTHER: reported("2021-02-11")}, {OTHER: reported("2021-02-11")}, []),
    ],
)
def test_a_record_that_was_there_keeps_its_day(
    tmp_path: Path, before: dict[str, str], after: dict[str, str], expected: list[str]
) -> None:
    assert said(tmp_path, before, after, "2021-04-02") == expected


@pytest.mark.parametrize(
    ("before", "after", "accused"),
    [
        # Another day and another title, told by the text, by the photos, or by both.
        ({at("02", "12-a"): told("12", "观摩", AREAS)}, {at("02", "13-b"): told("13", "看区角", AREAS)}, []),
        (
            {at("02", "12-a"): told("12", "观摩", AREAS), at("02", "12-a", "01.jpg"): PHOTO},
            {at("02", "13-b"): told("13", "看区角", SPORTS), at("02", "13-b", "p.jpg"): PHOTO},
            [],
        ),
        # A few words mended, and moved to another month.
        (
            {at("02", "12-a"): told("12", "观摩", AREAS)},
            {at("03", "02-a"): told("02", "看区角", AREAS.replace("九点", "八点半"), month="03")},
            [],
        ),
        # Same day and title, the story written anew.
        ({at("02", "12-a"): told("12", "观摩", AREAS)}, {at("02", "12-b"): told("12", "观摩", SPORTS)}, []),
        # Two records that change places, each with the day on which it came.
        (
            {
                at("02", "12-a"): told("12", "观摩", AREAS),
                at("02", "13-b"): told("13", "早操", SPORTS, came="2021-02-20"),
            },
            {
                at("02", "13-b"): told("13", "观摩", AREAS),
                at("02", "12-a"): told("12", "早操", SPORTS, came="2021-02-20"),
            },
            [],
        ),
        # A new record in the place of one that is taken away.
        (
            {at("02", "12-a"): told("12", "观摩", AREAS), at("02", "12-a", "01.jpg"): PHOTO},
            {at("02", "13-b"): told("13", "观摩", SPORTS), at("02", "13-b", "01.jpg"): SECOND},
            [at("02", "13-b")],
        ),
        # One record taken away, two put in its place: one of them is new.
        (
            {at("02", "12-a"): told("12", "观摩", AREAS)},
            {at("02", "13-b"): told("13", "一", AREAS), at("02", "14-c"): told("14", "二", AREAS)},
            [at("02", "14-c")],
        ),
        # A copy of a record that stays, mended or not, and of another school's.
        (
            {at("02", "12-a"): told("12", "观摩", AREAS)},
            {at("02", "12-a"): told("12", "观摩", AREAS), at("02", "13-b"): told("13", "又一次", AREAS)},
            [at("02", "13-b")],
        ),
        (
            {at("02", "12-a"): told("12", "观摩", AREAS)},
            {at("02", "12-a"): told("12", "看区角", AREAS), at("02", "13-b"): told("13", "又一次", AREAS)},
            [at("02", "13-b")],
        ),
        (
            {at("02", "12-a", school="jia"): told("12", "观摩", AREAS)},
            {at("02", "13-b"): told("13", "观摩", AREAS)},
            [at("02", "13-b")],
        ),
    ],
)
def test_a_mended_record_is_told_from_a_new_one(
    tmp_path: Path, before: dict[str, str | bytes], after: dict[str, str | bytes], accused: list[str]
) -> None:
    found = said(tmp_path, before, after, "2021-04-02")
    message = f"上报日期写的是 2021-02-11，这份材料却是 2021-04-02 才交来的{LATE} → 改成 reported: 2021-04-02"
    assert found == [f"error reported-date {path}:9 {message}" for path in accused]


def test_books_are_only_written_on(tmp_path: Path) -> None:
    month, more = "records/bureau/2021/closings/2021-02.yml", "records/bureau/2021/closings/2021-03.yml"
    change = "records/bureau/2021/amendments/2021-02-amendment-1.yml"
    book = "year: 2021\nbatches:\n"
    entry = "  - {filed: 2021-03-01, numbers: {}, seal: " + "0" * 64 + "}\n"
    closing = "month: 2021-02\nclosed: 2021-03-01\nschools: []\n"
    before = {month: closing, change: "month: 2021-02\n", FILINGS: book + entry}
    added = before | {more: closing.replace("2021-02", "2021-03"), FILINGS: book + entry + entry}
    assert said(tmp_path / "added", before, added, None) == []
    spoiled = {month: closing.replace("03-01", "03-02"), FILINGS: book + entry.replace("03-01", "03-02")}
    fix = "恢复合并以前的文件；结论要更正的，用 pairing amend"
    assert said(tmp_path / "spoiled", before, spoiled, None) == [
        f"error closing-chain {change}:1 更正 2021-02-amendment-1 已经合并，这次提交改动或删去了它 → {fix}",
        f"error closing-chain {month}:1 结账 2021-02 已经合并，这次提交改动或删去了它 → {fix}",
        f"error filing-register {FILINGS}:1 备案登记簿只能续写，这次提交改动或删去了原有的登记 → {fix}",
    ]


def test_a_month_with_records_is_not_taken_out_unsaid(tmp_path: Path) -> None:
    programme = "records/bureau/2021/programme.yml"
    whole = base()[programme]
    assert isinstance(whole, str)
    shorter = whole.replace("months: [2021-02, 2021-03]", "months: [2021-03]")
    record = {KEY: reported("2021-02-28")}
    message = "方案里去掉了 2021-02 这个帮扶月，这个月却已经有 1 份材料，合并以后都不再计数"
    fix = "漏了就加上：months: [2021-02, 2021-03]；确实取消的，请教育局合并以前看一眼"
    assert said(tmp_path / "gone", record, {**record, programme: shorter}, None) == [
        f"warning programme-consistent {programme}:10 {message} → {fix}"
    ]
    assert said(tmp_path / "empty", {}, {programme: shorter}, None) == []
    assert said(tmp_path / "back", {**record, programme: shorter}, record, None) == []


def test_published_lots_stay(tmp_path: Path) -> None:
    first, second = (f"records/bureau/2021/draws/2021-02{more}.yml" for more in ("", "-2"))
    lots = "month: 2021-02\nseed: '04 11'\n"
    fix = "恢复合并以前的文件；要再抽的，用 pairing draw 另存一份，两次都公布"
    expected = [f"error draw-repeatable {first}:1 抽签 2021-02 已经公布，这次提交改动或删去了它 → {fix}"]
    assert said(tmp_path / "more", {first: lots}, {first: lots, second: lots}, None) == []
    assert said(tmp_path / "gone", {first: lots}, {second: lots}, None) == expected
    assert said(tmp_path / "other", {first: lots}, {first: lots.replace("11", "12")}, None) == expected


def test_a_number_in_what_is_said_for_the_first_time_is_told(tmp_path: Path) -> None:
    first, second = (f"records/bureau/2021/draws/2021-02{more}.yml" for more in ("", "-2"))
    lots = (
        "month: 2021-02\nseed: '13812345678'\nsource: 开奖号码\nannounced: 2021-02-01\nmade: 2021-02-03\n"
        f"algorithm: sha256-1\ngroups:\n  - {{name: 全部, count: 1, candidates: [yi], digest: {'1' * 64}, drawn: [yi]}}\nschools: []\n"
    )
    said_by = lots.replace("开奖号码", "问王老师 13912345678")
    fix = "这个文件由命令写成，不要手工改。合并过的，从修改记录里恢复原来的文件；还没有合并的，删去它再运行 pairing draw；要再抽的，写成另一个文件，两次都公布"
    expected = [f"error personal-number {second}:3 这里有像电话或证件号码的数字 → {fix}"]
    assert said(tmp_path / "seed", {}, {first: lots}, None) == []
    assert said(tmp_path / "said", {first: said_by}, {first: said_by, second: said_by}, None) == expected
    score = "revisions:\n  - {date: 2021-04-02, reason: 问 13912345678, changes: [甲园改为 50.00]}\n"
    fix = fix.replace("draw；要再抽的，写成另一个文件，两次都公布", "assess 2021-spring --publish")
    assert said(tmp_path / "new", {SCORES: RESULT}, {SCORES: BETTER + score}, None) == [
        f"error personal-number {SCORES}:8 这里有像电话或证件号码的数字 → {fix}"
    ]
    assert said(tmp_path / "old", {SCORES: RESULT + score}, {SCORES: RESULT + score + MORE}, None) == []


SCORES = "records/bureau/2021/assessments/2021-spring.yml"
RESULT = """\
term: spring
published: 2021-04-01
items:
  - {id: quota, name: 数量, clause: 一-1, kind: quota, helper: 100, helped: 100}
schools:
  - {school: jia, total: 50.00, lines: [{item: quota, got: 1, of: 2, score: 50.00}]}
"""
AGAIN = "revisions:\n  - {date: 2021-04-02, reason: 虚报, changes: [甲园改为 50.00]}\n"
MORE = "  - {date: 2021-04-05, reason: 更正, changes: [甲园改为 100.00]}\n"
BETTER = RESULT.replace("50.00", "100.00").replace("got: 1", "got: 2")


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (RESULT, RESULT.replace("2021-04-01", "2021-04-02"), ""),
        (RESULT, BETTER + AGAIN, ""),
        (RESULT + AGAIN, BETTER + AGAIN + MORE, ""),
        (RESULT, BETTER, "改动了分数，没有写明理由"),
        (RESULT + AGAIN, BETTER + AGAIN, "改动了分数，没有写明理由"),
        (RESULT + AGAIN, RESULT, "改动或删去了重新公布的经过"),
        (RESULT + AGAIN, BETTER + AGAIN.replace("虚报", "笔误") + MORE, "改动或删去了重新公布的经过"),
        (RESULT, RESULT.replace("helper: 100", "helper: 60"), "改动了公布时的项目或分值"),
        (RESULT, "", "删去了它，或它读不出来"),
    ],
)
def test_a_published_result_is_changed_only_by_publishing_again(
    tmp_path: Path, before: str, after: str, what: str
) -> None:
    fix = (
        "恢复合并以前的文件；档案的变化属实，就用 pairing assess 2021-spring --publish --reason 理由 重新公布"
    )
    message = f"考核结果 2021-spring 已经公布，这次提交{what}"
    expected = [f"error assessment-published {SCORES}:1 {message} → {fix}"] if what else []
    assert said(tmp_path, {SCORES: before}, {SCORES: after} if after else {}, None) == expected


@pytest.mark.parametrize(
    "text", ["", "昨天", "2021-02-30", "2021-02-20/2021-02-19", "2021-02-01/2021-02-02/2021-02-03", "/"]
)
def test_what_is_no_day_is_refused(tmp_path: Path, text: str) -> None:
    assert parse_days(text, read_corpus(lay_out(tmp_path, base()))) is None


@pytest.mark.parametrize("by_folder", [True, False])
def test_the_command_asks_git_or_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, by_folder: bool
) -> None:
    root = lay_out(tmp_path / "archive", base() | {OTHER: reported("2021-02-12", "早已交来")})
    git(root, "init", "--quiet")
    commit(root, "Before")
    before = lay_out(tmp_path / "before", base() | {OTHER: reported("2021-02-12", "早已交来")})
    lay_out(root, {KEY: reported("2021-02-11"), OTHER: reported("2021-02-12", "早已交来的")})
    own = ["--base", str(before)] if by_folder else []
    arguments = ["check", "--root", str(root), "--changed-since", "HEAD", "--as-of", "2021-03-05"]
    capsys.readouterr()
    assert main([*arguments, *own, "--format", "json", "--submitted", "2021-03-03"]) == 1
    shown = capsys.readouterr().out
    assert shown.count('"rule": "reported-date"') == 1
    assert "上报日期写的是 2021-02-11，这份材料却是 2021-03-03 才交来的" in shown
    assert main([*arguments, *own, "--submitted", "三月三日"]) == 2
    assert main(["check", "--root", str(root), "--submitted", "2021-03-03"]) == 2
