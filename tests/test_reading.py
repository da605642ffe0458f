"""Reading with a second process gives the very corpus that one process reads."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from generator.archive import Corpus, begin_reading, read_corpus, reading
from generator.records import ActivityRecord, NoteRecord, YamlRecord
from tests.conftest import ROOT
from tests.test_forks import forking


def told(read: Corpus) -> list[object]:
    """Return everything that a corpus says, as values that can be compared."""
    found: list[object] = [read.problems]
    for school in read.schools.values():
        tables = [school.profile, *school.plans.values(), *school.rosters.values()]
        notes = [note for year in school.agreements.values() for note in year.values()]
        found += [
            school.id,
            school.problems,
            [told_of(r) for r in (*tables, *notes, *school.activities) if r],
        ]
    return found


def told_of(record: YamlRecord | NoteRecord | ActivityRecord) -> list[object]:
    file, tree = record.file, record.tree
    found: list[object] = [file.path, file.text, record.data, record.complete, record.unread, tree.value]
    if isinstance(record, ActivityRecord):
        found += [record.key, record.photo_files]
    if isinstance(record, NoteRecord | ActivityRecord):
        markdown = record.markdown
        found += [markdown.front, markdown.front_line, markdown.body, markdown.body_line, markdown.sections]
    return [*found, [tree.span((name,)) for name in type(record.data).model_fields]]


@pytest.mark.parametrize("root", [ROOT, *sorted(ROOT.glob("tests/rules/*/bad-*"))], ids=lambda p: p.name)
def test_a_pickled_record_is_the_same_record(root: Path) -> None:
    read = read_corpus(root, content=ROOT / "content")
    again = pickle.loads(pickle.dumps(read.schools))  # noqa: S301  # our own
    assert told(Corpus(root=root, bureau=read.bureau, schools=again, problems=read.problems)) == told(read)


@forking
def test_two_processes_read_what_one_reads() -> None:
    before = reading._LARGE
    try:
        reading._LARGE = 10
        begun = begin_reading(ROOT)
        assert begun.shared._process is not None
        seen: list[int] = []
        two = read_corpus(ROOT, begun=begun, progress=seen.append)
        reading._LARGE = 1_000_000
        one = read_corpus(ROOT)
    finally:
        reading._LARGE = before
    assert told(two) == told(one)
    assert seen == sorted(seen)
    assert seen[-1] == len(one.activities)
