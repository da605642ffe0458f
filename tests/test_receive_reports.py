"""Eighty-four reports in the manners of schools: what is read of each, that nothing is wrong in silence, that nothing is lost."""

from __future__ import annotations

import dataclasses
import itertools
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.actions.receive.captions import split_captions
from generator.actions.receive.draft import DraftPhoto
from generator.actions.receive.drafting import Drafted, Group, make_drafts
from generator.actions.receive.folding import fold_text, split_number
from generator.actions.receive.headings import find_heading
from generator.actions.receive.inputs import open_desk
from generator.actions.receive.labels import match_label, split_facts
from generator.actions.receive.record_text import write_record
from generator.archive import Corpus, read_corpus
from generator.documents.reports.report_content import (
    Block,
    Box,
    Embedded,
    Image,
    Line,
    ReportContent,
    Table,
    list_lines,
)
from generator.records import PARTS, parse_activity
from tests.receive.archive import write_archive
from tests.receive.blind import BLIND, score_all_blind
from tests.receive.reports.sent import Report
from tests.receive_table import SETS, TODAY, Score, draft_all, format_table, score, score_all

TABLE = Path(__file__).parent / "receive" / "table.txt"
_NUMBER = re.compile(
    "(?:(?<!意)图|照片)[1-9一二三四](?![0-9]):?|活动[一二三]:|[左右]:|[▲↑]|图为|图片说明:|\\([左右]\\)?和?"
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return read_corpus(write_archive(tmp_path_factory.mktemp("receive") / "archive"))


@pytest.fixture(scope="module")
def scored(corpus: Corpus) -> dict[str, list[tuple[Report, Score]]]:
    return {name: score_all(corpus, reports) for name, reports in SETS.items()}


@pytest.fixture(scope="module")
def blind(corpus: Corpus) -> dict[str, list[tuple[Report, Score]]]:
    return score_all_blind(corpus)


def test_the_table_of_all_reports(
    scored: dict[str, list[tuple[Report, Score]]], blind: dict[str, list[tuple[Report, Score]]]
) -> None:
    """`python -m tests.receive_table > tests/receive/table.txt` writes it anew: the difference shows what a change does."""
    everything = {**scored, **blind}
    written = "".join(format_table(name, found) for name, found in everything.items())
    assert written == TABLE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SETS)
def test_nine_tenths_are_right_and_nothing_is_wrong_without_a_mark(
    scored: dict[str, list[tuple[Report, Score]]], name: str
) -> None:
    scores = [each for _, each in scored[name]]
    right = sum(len(each.right) for each in scores)
    assert right / (right + sum(len(each.asked) + len(each.wrong) for each in scores)) >= 0.9
    assert [
        (report.number, each.wrong, each.lost) for report, each in scored[name] if each.wrong or each.lost
    ] == []


@pytest.mark.parametrize("name", BLIND)
def test_nothing_of_a_blind_set_is_wrong_without_a_mark(
    blind: dict[str, list[tuple[Report, Score]]], name: str
) -> None:
    assert [(report.number, each.wrong) for report, each in blind[name] if each.wrong] == []


def test_at_most_three_in_ten_of_what_is_right_carry_a_mark(
    scored: dict[str, list[tuple[Report, Score]]], blind: dict[str, list[tuple[Report, Score]]]
) -> None:
    """Of all sets together: what is read of told texts, such as grades, is marked; with a clear label nearly nothing is."""
    scores = [each for found in (*scored.values(), *blind.values()) for _, each in found]
    noted, right = (sum(map(len, names)) for names in zip(*((s.noted, s.right) for s in scores), strict=True))
    assert noted / right <= 0.3


def test_the_scale_sees_what_is_wrong_asked_and_lost(corpus: Corpus) -> None:
    (report,) = (each for each in SETS["看过的"] if each.number == "14")
    sent = report.make()
    other = dataclasses.replace(sent.records[0], place="别处", attendance=9, summary=("写了",))
    changed = dataclasses.replace(sent, records=(other,), unplaced=("没有的话",))
    found = score(corpus, Report(number="", manner="", make=lambda: changed))
    assert (found.wrong, found.asked, found.lost) == (
        ("place=西苑幼儿园",),
        ("attendance", "总结"),
        ("没有的话",),
    )


_ALL = [
    report
    for reports in (*SETS.values(), *(module.REPORTS for module in BLIND.values()))
    for report in reports
]


def _draft_read(corpus: Corpus, report: Report) -> list[tuple[Group, Drafted]]:
    """Return what is made of a report, nothing of one that is to be refused."""
    sent = report.make()
    refused = any(report.number in module.EXTRA.refused for module in BLIND.values())
    return [] if refused else draft_all(corpus, sent)


@pytest.mark.parametrize("report", _ALL, ids=lambda r: r.number)
def test_no_word_is_lost(corpus: Corpus, report: Report) -> None:
    """Every line lies in a record or among what is left over, but for headings, labels and names of schools."""
    for group, drafted in _draft_read(corpus, report):
        kept = _fold("".join(_list_kept(drafted)))
        assert [piece for piece in _list_pieces(group) if _fold(piece) not in kept] == []


def test_mixtures_of_all_reports_lose_no_word_and_make_records_that_can_be_read(corpus: Corpus) -> None:
    """Lines of all reports shuffled into lines, cells and tables within tables: reading them never fails."""
    dice = random.Random(20200514)  # noqa: S311  # the same mixtures every time
    lines = [
        line
        for report in _ALL
        for group, _ in _draft_read(corpus, report)
        for content in group.contents
        for line in list_lines(content.blocks)
    ]
    lines += [
        "图1：",
        "一、",
        "【】",
        "##",
        "| a |",
        "时间：",
        "2020年13月45日",
        "附件：",
        "图为（左）和（右）",
        "活动一：",
        "x" * 500,
    ]
    for number in range(120):
        group = Group(
            contents=tuple(_mix(dice, lines, f"{n}.docx") for n in range(dice.randint(1, 3))),
            pictures=tuple(DraftPhoto(name=f"{n}.jpg", data=b"x") for n in range(dice.randint(0, 2))),
            hints=tuple(dice.sample(lines, dice.randint(0, 2))),
        )
        school = dice.choice((None, "guangcai", "leimeng"))
        drafted = make_drafts(open_desk(corpus, TODAY, school=school), group)
        kept = "\n".join(map(_fold, _list_kept(drafted)))
        lost = [piece for piece in _list_pieces(group) if _fold(piece).strip("。；;、)") not in kept]
        assert [piece for piece in lost if not split_captions(piece)] == [], number
        for draft in drafted.drafts:
            record, _ = parse_activity(
                "records/a/2020/05/14-a/activity.md", write_record(draft, TODAY).encode()
            )
            assert record
            assert [section.title for section in record.markdown.sections] == list(PARTS), number


def _mix(dice: random.Random, lines: list[str], name: str) -> ReportContent:
    blocks = tuple(_mix_block(dice, lines, 0) for _ in range(dice.randint(0, 20)))
    return ReportContent(name=name, blocks=blocks, pictures=(Embedded(name="图", data=b"x"),))


def _mix_block(dice: random.Random, lines: list[str], depth: int) -> Block:
    kind = dice.random()
    if kind < 0.8 or depth > 1:
        return Line(text=dice.choice(lines), alone=dice.random() < 0.9)
    if kind < 0.9:
        return Image(number=0)
    return Table(
        rows=tuple(
            tuple(
                Box(
                    column=column,
                    span=dice.choice((1, 1, 2)),
                    content=tuple(_mix_block(dice, lines, depth + 1) for _ in range(dice.randint(0, 3))),
                )
                for column in range(1, dice.randint(1, 5))
            )
            for _ in range(dice.randint(0, 4))
        )
    )


def _list_kept(drafted: Drafted) -> Iterator[str]:
    yield from (left.text for left in drafted.left)
    for draft in drafted.drafts:
        yield from (line for lines in draft.sections.values() for line in lines)
        yield from (photo.caption for photo in draft.photos)
        yield from (left.text for left in draft.left)
        yield from (*draft.lost, *draft.sources.values(), str(draft.values.get("title", "")))
        yield {"visit": "走出去", "host": "请进来"}.get(str(draft.values.get("direction")), "")


def _list_pieces(group: Group) -> Iterator[str]:
    """Yield the words that a group's files hold: of a fact what follows its label, of a heading what follows it."""
    for content in group.contents:
        for line in list_lines(content.blocks):
            facts, heading = split_facts(line), find_heading(line)
            if match_label(line):
                pieces = []
            elif facts and not heading:
                pieces = [fact.text for fact in facts if fact.field not in ("schools", "own")]
            elif heading:
                pieces = [heading.rest]
            elif captions := split_captions(line):
                pieces = [*captions]
            else:
                pieces = [split_number(line)[1].strip("（）() ")]
            yield from (piece for piece in pieces if re.search("[\u4e00-\u9fff]", piece))


def _fold(text: str) -> str:
    return _NUMBER.sub("", fold_text(text).replace("_", ""))


def test_no_child_in_hardship_is_named_without_a_mark(corpus: Corpus) -> None:
    named, bare = 0, []
    for module in BLIND.values():
        for report in module.REPORTS:
            drafts = [draft for _, drafted in _draft_read(corpus, report) for draft in drafted.drafts]
            for draft, child in itertools.product(drafts, module.EXTRA.children.get(report.number, ())):
                parts = {part for part, lines in draft.sections.items() if child in "".join(lines)}
                shown = [*map(str, draft.values.values()), *(photo.caption for photo in draft.photos)]
                named += bool(parts)
                bare += [(report.number, part) for part in parts - draft.private]
                bare += [(report.number, "") for text in shown if child in text]
    assert named > 0
    assert bare == []
