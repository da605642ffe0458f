"""Thirty-two reports in the manners of schools: what is read of each, that nothing is wrong in silence, that nothing is lost."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.actions.receive.drafting import Drafted, Group
from generator.actions.receive.folding import fold_text, split_number
from generator.actions.receive.headings import find_heading
from generator.actions.receive.labels import match_label, split_facts
from generator.archive import Corpus, read_corpus
from generator.documents.reports.content import list_lines
from tests.receive.archive import write_archive
from tests.receive.reports.sent import Report
from tests.receive_table import SETS, Score, draft_all, format_table, score, score_all

TABLE = Path(__file__).parent / "receive" / "table.txt"
_NUMBER = re.compile("(?:图|照片)[1-9一二三四]:?|活动[一二三]:|[左右]:|[▲↑]|图为|\\([左右]\\)?和?")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return read_corpus(write_archive(tmp_path_factory.mktemp("receive") / "archive"))


@pytest.fixture(scope="module")
def scored(corpus: Corpus) -> dict[str, list[tuple[Report, Score]]]:
    return {name: score_all(corpus, reports) for name, reports in SETS.items()}


def test_the_table_of_all_reports(scored: dict[str, list[tuple[Report, Score]]]) -> None:
    """`python -m tests.receive_table > tests/receive/table.txt` writes it anew: the difference shows what a change does."""
    written = "".join(format_table(name, found) for name, found in scored.items())
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


@pytest.mark.parametrize(
    "report", [each for reports in SETS.values() for each in reports], ids=lambda r: r.number
)
def test_no_word_is_lost(corpus: Corpus, report: Report) -> None:
    """Every line lies in a record or among what is left over, but for headings, labels and names of schools."""
    for group, drafted in draft_all(corpus, report.make()):
        kept = _fold("".join(_list_kept(drafted)))
        assert [piece for piece in _list_pieces(group) if _fold(piece) not in kept] == []


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
            else:
                pieces = [split_number(line)[1].strip("（）() ")]
            yield from (piece for piece in pieces if re.search("[\u4e00-\u9fff]", piece))


def _fold(text: str) -> str:
    return _NUMBER.sub("", fold_text(text).replace("_", ""))
