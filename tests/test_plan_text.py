"""The plan's text keeps every word; its clauses are found by id; mistakes are named by line."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.archive.plan_clauses import Attachment, AttachmentIndex, Block, Clause, Paragraph, Plan
from generator.archive.plan_text import parse_plan

HERE = Path(__file__).parent / "plan_text"
CONTENT = Path(__file__).parent.parent / "content" / "plan"
CASES = sorted(path.name for path in HERE.iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def plan() -> Plan:
    return parse_plan(_read(CONTENT / "2020.md"))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _words(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield everything that a page of these blocks would print."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, AttachmentIndex):
            yield block.label
            yield from (f"{entry.label}{entry.title}" for entry in block.entries)
        elif isinstance(block, Clause):
            yield f"{block.label}{block.heading or ''}"
            yield from _words(block.blocks)


def _outline(blocks: tuple[Block, ...], depth: int = 0) -> Iterator[str]:
    indent = "  " * depth
    for block in blocks:
        if isinstance(block, Paragraph):
            yield f"{indent}{block.line}: “{block.text}”".replace("\n", "⏎")
        elif isinstance(block, Attachment):
            yield f"{indent}{block.line}: <{block.name}>"
        elif isinstance(block, AttachmentIndex):
            yield f"{indent}{block.line}: {block.label}"
            for entry in block.entries:
                yield f"{indent}  {entry.label} {entry.title} → {entry.anchor or 'nowhere'}"
        else:
            heading = "" if block.heading is None else f" {block.heading}"
            yield f"{indent}{block.line}: {block.id} #{block.anchor} [{block.label}]{heading}"
            yield from _outline(block.blocks, depth + 1)


@pytest.mark.parametrize("case", CASES)
def test_case(case: str) -> None:
    plan = parse_plan(_read(HERE / case / "plan.md"))
    lines = [plan.title or "(no title)", *_outline(plan.blocks)]
    lines += [f"problem {problem.line}: {problem.message} | {problem.fix}" for problem in plan.problems]
    assert "\n".join(lines) + "\n" == _read(HERE / case / "expected.txt")


@pytest.mark.parametrize("path", sorted(CONTENT.glob("*.md")), ids=lambda path: path.name)
def test_a_published_plan_is_well_formed(path: Path) -> None:
    plan = parse_plan(_read(path))
    assert plan.problems == ()
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", clause.anchor) for clause in plan)
    assert len({clause.anchor for clause in plan}) == len(plan)
    assert [clause.line for clause in plan] == sorted(clause.line for clause in plan)


def test_the_plan_of_2020_is_kept_word_for_word(plan: Plan) -> None:
    expected = _letters(_read(HERE / "plan-2020.txt"))
    markdown = re.sub(r"^#+ |<!--.*?-->|\\(?=[*\n])", "", _read(CONTENT / "2020.md"), flags=re.MULTILINE)
    assert _letters(markdown) == expected
    assert _letters(plan.title + "".join(_words(plan.blocks))) == expected


def test_the_clauses_of_2020(plan: Plan) -> None:
    assert {clause.id: clause.anchor for clause in plan} == {
        "一": "c1",
        "二": "c2",
        **{f"二-{item}": f"c2-{item}" for item in range(1, 5)},
        "三": "c3",
        "四": "c4",
        **{
            f"四-（{'一二三四'[part - 1]}）{suffix}": f"c4-{part}{suffix}"
            for part, items in enumerate((5, 2, 3, 3), start=1)
            for suffix in ("", *(f"-{item}" for item in range(1, items + 1)))
        },
        "五": "c5",
        **{f"五-{item}": f"c5-{item}" for item in range(1, 5)},
        "附件1": "fj1",
        "附件2": "fj2",
        "附件3": "fj3",
        "附件3-备注": "fj3-note",
    }
    assert [clause.id for clause in plan if clause not in plan.leaves] == [
        "二", "四", "四-（一）", "四-（二）", "四-（三）", "四-（四）", "五", "附件3",
    ]  # fmt: skip


def test_a_clause_is_quoted_in_its_own_words(plan: Plan) -> None:
    agreement = plan.find_clause("四-（一）-2")
    lesson = plan.find_clause("四-（三）-1")
    section = plan.find_clause("三")
    assert agreement is not None
    assert lesson is not None
    assert section is not None
    assert agreement.quote == "与被帮扶园签订帮扶协议，明确年度帮扶目标。"
    assert lesson.heading == "示范教学。"
    assert lesson.quote.startswith("示范教学。帮扶园每月大、中、小班各准备一节教学活动课")
    assert section.quote.startswith("帮扶形式\n主要通过优化帮扶方案")
    assert plan.find_clause("四-（九）-1") is None
    assert "四-（九）-1" not in plan


def test_the_preamble_stands_before_the_first_section(plan: Plan) -> None:
    first, second = plan.blocks[:2]
    assert isinstance(first, Paragraph)
    assert isinstance(second, Clause)
    assert first.text.startswith("为充分发挥")


def test_sections_are_counted_beyond_ten() -> None:
    numbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四",
               "十五", "十六", "十七", "十八", "十九", "二十", "二十一"]  # fmt: skip
    plan = parse_plan("# 长方案\n" + "".join(f"\n## {number}、部分\n" for number in numbers))
    assert plan.problems == ()
    assert [clause.anchor for clause in plan] == [f"c{number}" for number in range(1, 22)]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n\n", "\n\n\n"),
        lambda text: text.replace("\n\n", "\n\n　　"),
    ],
    ids=["bom", "crlf", "blank lines", "indents"],
)  # fmt: skip
def test_layout_makes_no_difference(plan: Plan, change: object) -> None:
    assert callable(change)
    changed = parse_plan(change(_read(CONTENT / "2020.md")))
    assert [(clause.id, clause.quote) for clause in changed] == [(clause.id, clause.quote) for clause in plan]
    assert changed.problems == ()


def test_a_plan_travels_to_another_process(plan: Plan) -> None:
    assert pickle.loads(pickle.dumps(plan)) == plan  # noqa: S301 - our own bytes


RULES = """# 某县结对帮扶办法

为了帮扶，制定本办法。

## 第一章 总则

第一条 本办法适用于全县幼儿园。

第二条　每月开展一次活动。活动包括：

（一）观摩；

1.看区角；

## 第二章 附则

第三条 自印发之日起施行。

## 附件1：领导小组

备注：名单另发。
"""


def test_chapters_and_articles_are_clauses() -> None:
    plan = parse_plan(RULES)
    assert plan.problems == ()
    assert [(c.id, c.anchor, c.level, c.label, c.heading) for c in plan] == [
        ("第一章", "z1", 1, "第一章 ", "总则"),
        ("第一条", "t1", 3, "第一条 ", None),
        ("第二条", "t2", 3, "第二条　", "每月开展一次活动。"),
        ("第二章", "z2", 1, "第二章 ", "附则"),
        ("第三条", "t3", 3, "第三条 ", None),
        ("附件1", "fj1", 1, "附件1：", "领导小组"),
        ("附件1-备注", "fj1-note", 3, "备注：", None),
    ]
    second = plan.find_clause("第二条")
    assert second is not None
    assert second.text.split("\n") == ["活动包括：", "（一）观摩；", "1.看区角；"]
    wrong = parse_plan(RULES.replace("第三条", "第五条"))
    assert [(p.line, p.message) for p in wrong.problems] == [
        (17, "条款“第五条”的编号不连续：这里应是第 3 条。")
    ]
    bare = parse_plan("# 某县办法\n\n第一条 互相学习。\n第二条 每月报送。\n")
    assert ([c.id for c in bare], bare.problems) == (["第一条", "第二条"], ())


DECIMALS = """# 某县方案

## 1 总则

### 1.1 目标

互相学习。

## 2 任务

### 2.1 结对

2.1.1 每月观摩。

2.1.2 每月示范。

### 2.2 档案

3.5 米高的架子。
"""


def test_numbers_of_several_parts_are_clauses() -> None:
    plan = parse_plan(DECIMALS)
    assert plan.problems == ()
    assert [(c.id, c.anchor, c.level) for c in plan] == [
        ("1", "c1", 1),
        ("1.1", "c1-1", 2),
        ("2", "c2", 1),
        ("2.1", "c2-1", 2),
        ("2.1.1", "c2-1-1", 3),
        ("2.1.2", "c2-1-2", 3),
        ("2.2", "c2-2", 2),
    ]
    last = plan.find_clause("2.2")
    assert last is not None
    assert last.text == "3.5 米高的架子。"
    wrong = parse_plan(DECIMALS.replace("2.1.2", "2.2.2").replace("### 2.2", "### 3.2"))
    assert [(p.line, p.message) for p in wrong.problems] == [
        (15, "条款“2.2.2”不在它的上一级下面。"),
        (17, "条款“3.2”不在它的上一级下面。"),
    ]
