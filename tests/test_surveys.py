"""Surveys: no number that points at somebody, whatever was answered; tables of 问卷星 counted, no row kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.accounts.anonymous_counts import LEAST, asks_who, drop_small, find_too_few, join_small
from generator.actions.import_survey import count_answers
from generator.archive import read_corpus
from generator.cli.main import main
from generator.rules import check_corpus
from tests.conftest import MakeArchive
from tests.small_archive import base
from tests.test_ledger import DAY

COUNTS = st.dictionaries(
    st.sampled_from(["甲", "乙", "丙", "丁", "戊", "己"]), st.integers(0, 30), min_size=1, max_size=6
)


@given(counts=COUNTS)
def test_no_number_stands_for_a_few_people(counts: dict[str, int]) -> None:
    """And nobody gets lost: the numbers add up to as many as answered."""
    for result in (join_small(counts), drop_small(counts)):
        assert result is None or not list(find_too_few(result))
    kept = join_small(counts)
    assert kept is None or sum(kept.values()) == sum(counts.values())


@given(counts=COUNTS)
@example(counts={"甲": LEAST, "乙": LEAST - 1})
@example(counts={"甲": LEAST, "乙": LEAST, "丙": 1})
def test_something_is_left_out_only_where_it_must_be(counts: dict[str, int]) -> None:
    given_ = [count_answers for count_answers in counts.values() if count_answers]
    # Nothing is told where nobody or too few answered, or but one choice has enough.
    assert join_small(counts) is not None or sum(count_answers >= LEAST for count_answers in given_) < 2


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"很满意": 30, "满意": 9}, {"很满意": 30, "满意": 9}),
        ({"很满意": 30, "满意": 9, "一般": 3, "不满意": 2}, {"很满意": 30, "满意": 9, "一般或不满意": 5}),
        ({"很满意": 30, "满意": 9, "一般": 3, "不满意": 1}, {"很满意": 30, "满意或一般或不满意": 13}),
        ({"很满意": 30, "满意": 0, "一般": 3, "不满意": 2}, {"很满意": 30, "满意": 0, "一般或不满意": 5}),
        ({"很满意": 24}, {"很满意": 24}),
        ({"很满意": 23, "不满意": 1}, None),
        ({"很满意": 2, "不满意": 1}, None),
        ({"很满意": 0}, None),
    ],
)
def test_joining(counts: dict[str, int], expected: dict[str, int] | None) -> None:
    assert join_small(counts) == expected


def test_of_several_answers_small_numbers_are_left_out() -> None:
    """Three and three may be the same three people."""
    assert drop_small({"讲座": 3, "开放日": 3, "阅读": 12}) == {"阅读": 12}
    assert drop_small({"讲座": 3, "开放日": 3}) is None


def test_questions_about_who_answers() -> None:
    assert [asks_who(q) for q in ("您的姓名", "孩子的名字？", "请留下手机号", "您的微信号")] == [True] * 4
    assert [asks_who(q) for q in ("您对帮扶活动满意吗", "您参加过几次活动")] == [False] * 2


# --- tables --------------------------------------------------------------------------------------


def _table(rows: int = 24) -> str:
    head = "序号,提交答卷时间,来自IP,1、您的姓名,2、满意吗？,3、希望开展什么？,4、意见,5、参加过(讲座),5、参加过(开放日)"
    lines = [
        f"{i},2020/6/18 10:{i:02d}:00,10.0.0.{i},家长{i},{'A.很满意' if i % 3 else 'B.满意'},"
        f"{'阅读┋户外' if i % 2 else '户外'},意见{i},{int(i % 2 == 0)},{int(i < 3)}"
        for i in range(rows)
    ]
    return "\n".join([head, *lines]) + "\n"


EXPECTED = """# yaml-language-server: $schema=../../../schema/survey.schema.json
title: "家长问卷"
date: 2021-02-18
school: yi
audience: parents
sent: 30
respondents: 24
answers:
  - question: "满意吗？"
    choices:
      "很满意": 16
      "满意": 8
  - question: "希望开展什么？"
    multiple: true
    choices:
      "户外": 24
      "阅读": 12
  - question: "参加过"
    multiple: true
    choices:
      "讲座": 12
"""
ARGUMENTS = ("--school", "yi", "--audience", "parents", "--title", "家长问卷", "--date", "2021-02-18")


def _run(root: Path, file: Path, *more: str) -> int:
    return main(["survey", "import", "--root", str(root), str(file), *ARGUMENTS, *more])


@pytest.mark.parametrize(
    ("codec", "separator", "end", "told_first"),
    [
        ("utf-8", ",", "\r\n", ""),
        ("utf-8-sig", ",", "\n", ""),
        ("gb18030", ",", "\r\n", ""),
        ("gb18030", ";", "\r\n", ""),
        ("utf-8-sig", ",", "\r\n", "sep=,\r\n"),
        ("gb18030", ";", "\r\n", "SEP=;\r\n"),
        ("utf-16", "\t", "\r\n", ""),
        ("utf-8", ",", "\r", ""),
    ],
)
def test_a_table_becomes_counts(
    make_archive: MakeArchive,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    codec: str,
    separator: str,
    end: str,
    told_first: str,
) -> None:
    root = make_archive(base())
    file = tmp_path / "答卷.csv"
    file.write_bytes((told_first + _table().replace(",", separator).replace("\n", end)).encode(codec))
    assert _run(root, file, "--sent", "30", "--out") == 0
    (path,) = (root / "records/bureau/2021/surveys").iterdir()
    assert path.name == "2021-02-18-yi-parents.yml"
    assert path.read_text(encoding="utf-8") == EXPECTED
    told = capsys.readouterr()
    assert told.err.count("没有收：") == 2
    assert "“您的姓名”，问的是谁在回答" in told.err
    assert "“意见”，是各人自己写的话" in told.err
    corpus = read_corpus(root)
    assert [d.rule for d in check_corpus(corpus, DAY("2021-02-20")) if "surveys" in d.span.file.path] == []
    assert _run(root, file, "--sent", "30", "--out") == 0  # the same again changes nothing
    assert _run(root, file, "--sent", "31", "--out") == 1
    assert path.read_text(encoding="utf-8") == EXPECTED


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "没有答卷"),
        (b"\x00\x01\x02", "不是 UTF-8 或 GBK"),
        (_table(4).encode(), "少于 5 份"),
        (b"x" * (9 * 1024 * 1024), "文件太大"),
        ("问题\n" + "\n".join("是" for _ in range(9)), 1),
        ('问"题\n' + '"' + "x" * 200_000, "读不出来"),
    ],
)
def test_what_is_no_table(data: bytes | str, words: str | int) -> None:
    found = count_answers(data if isinstance(data, bytes) else data.encode())
    if isinstance(words, int):
        assert not isinstance(found, str)
        assert len(found.questions) == words
    else:
        assert isinstance(found, str)
        assert words in found


@given(data=st.binary(max_size=300))
def test_no_bytes_break_the_count(data: bytes) -> None:
    count_answers(data)
    count_answers("序号,满意吗\n".encode() + data)


def test_a_school_that_nobody_knows(
    make_archive: MakeArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(_table(), encoding="utf-8")
    arguments = [a if a != "yi" else "nowhere" for a in ARGUMENTS]
    assert main(["survey", "import", "--root", str(make_archive(base())), str(file), *arguments]) == 2
    assert "没有代号是“nowhere”的校（园）" in capsys.readouterr().err
