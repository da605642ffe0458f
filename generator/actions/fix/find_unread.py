"""Find in a record what a program read and nobody has looked at yet, and take away the marks of what was looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from generator.actions.fix.repairs import Repair
from generator.archive import Corpus
from generator.records import ActivityRecord, parse_activity
from generator.records.scaffold import CONFIRM, find_mark
from generator.rules.submission.file_readers import list_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A marked line: its number from 1, why it is to be looked at, and the lines to look at, without the mark."""

    line: int
    why: str
    shown: tuple[str, ...]


def list_unread(record: ActivityRecord) -> Iterator[Unread]:
    """Yield a record's marked values in their order, then its parts that are marked."""
    file = record.file
    for number in range(1, record.markdown.body_line):
        line = file.read_line(number)
        if mark := find_mark(line):
            shown = line[: mark.start()].strip()
            yield Unread(line=number, why=mark["why"], shown=(shown,) if shown else _list_captions(record))
    for section in record.markdown.sections:
        lines = section.text.split("\n")
        if CONFIRM in (line.strip() for line in lines):
            at = next(n for n, line in enumerate(lines) if line.strip() == CONFIRM)
            number = next(
                n
                for n in range(section.line, section.line + len(lines) + 2)
                if file.read_line(n).strip() == CONFIRM
            )
            text = tuple(line for line in (*lines[:at], *lines[at + 1 :]) if line.strip())
            yield Unread(line=number, why=f"“{section.title}”这一段分得不一定对", shown=text)


def _list_captions(record: ActivityRecord) -> tuple[str, ...]:
    """Return what a mark on a line of its own is about: the captions."""
    photos = record.data.photos if record.knows("photos") else ()
    return tuple(f"{photo.file} {photo.caption}" for photo in photos if not photo.withdrawn)


def list_records(corpus: Corpus, paths: Iterable[str]) -> Iterator[ActivityRecord]:
    """Yield the activities that ``paths`` stand for, relative to the root."""
    given = set(list_files(corpus.root, paths))
    yield from (record for record in corpus.activities if record.file.path in given)


def remove_marks(record: ActivityRecord, data: bytes, lines: Collection[int]) -> Repair | None:
    """Return the repair that takes the marks of these lines away; None where the text cannot be edited so.

    data: the record's bytes.   A mark that is all of its line goes with it, and with the blank line below in a part.
    """
    try:
        old = data.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return None
    new: list[str] = []
    skip = False
    for number, line in enumerate(old, start=1):
        if skip and not line.strip():
            skip = False
            continue
        skip = False
        if number not in lines:
            new.append(line)
        elif line.strip() == CONFIRM:
            skip = True
        elif mark := find_mark(line):
            if line[: mark.start()].strip():
                new.append(line[: mark.start()] + ("\r" if line.endswith("\r") else ""))
        else:
            return None
    before, after = "\n".join(old), "\n".join(new)
    read, _ = parse_activity(record.file.path, after.encode())
    if read is None or read.tree.value != record.tree.value:
        return None
    return Repair(path=record.file.path, old=data, new=after.encode(), before=before, after=after)
