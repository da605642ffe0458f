"""What is read of an archive survives the way to another process, and is counted while it is read."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from generator.archive import Corpus, read_corpus
from generator.records import ActivityRecord, NoteRecord, YamlRecord
from tests.conftest import ROOT


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
    return [*found, [tree.find_span((name,)) for name in type(record.data).model_fields]]


@pytest.mark.parametrize("root", [ROOT, *sorted(ROOT.glob("tests/rules/*/bad-*"))], ids=lambda p: p.name)
def test_a_pickled_record_is_the_same_record(root: Path) -> None:
    read = read_corpus(root, content=ROOT / "content")
    again = pickle.loads(pickle.dumps(read.schools))  # noqa: S301  # our own
    assert told(Corpus(root=root, bureau=read.bureau, schools=again, problems=read.problems)) == told(read)


def test_progress_counts_the_activities() -> None:
    seen: list[int] = []
    read = read_corpus(ROOT, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == len(read.activities)
