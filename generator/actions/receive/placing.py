"""Work out where received records will lie: a free folder, or the place of an older version; nothing is written."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from generator.actions.photos.paths import RECORD
from generator.actions.photos.shrink import Progress
from generator.actions.receive.building import Builder
from generator.actions.receive.draft import Draft
from generator.actions.receive.keeping import complete_draft
from generator.actions.receive.packages import PackedRecord
from generator.actions.receive.placement import AlreadyThere, Differs, PhotoAnswer, Placed, Placement
from generator.actions.receive.sources import Refused
from generator.actions.receive.versions import find_earlier, has_same_title, read_words
from generator.archive import Corpus
from generator.records import ActivityRecord, parse_activity

_Build = Callable[[str, ActivityRecord | None], Placement | Refused]


class Placer:
    """Places records one after the other into an archive; no folder is given twice.

    replaces: says whether a newer version is to take the archive's place; asked only where it may.
    """

    def __init__(
        self,
        corpus: Corpus,
        today: dt.date,
        workspace: Path,
        progress: Progress,
        *,
        replaces: Callable[[Placement], bool] = lambda placement: False,
        reported: dt.date | None = None,
    ) -> None:
        self._corpus, self._root, self._replaces = corpus, corpus.root.resolve(), replaces
        self._builder = Builder(corpus, today, reported, workspace, progress)
        self._given: set[str] = set()
        self._placed: dict[str, list[_Placed]] = {}

    def place_draft(self, draft: Draft, answers: Mapping[int, PhotoAnswer] | None = None) -> Placed | Refused:
        """Return where a draft's record will lie. ``answers``: about photos, by their index."""
        record = self._parse(draft)
        if isinstance(record, Refused):
            return record
        told = answers or {}
        return self._place(record, False, lambda key, old: self._builder.build_draft(key, draft, told, old))

    def recall(self, draft: Draft) -> Draft:
        """Return a draft with what the archive has settled already, if it has this record: nobody is asked for it again."""
        record = self._parse(draft)
        found = None if isinstance(record, Refused) else find_earlier(self._corpus, record, packed=False)
        return complete_draft(draft, found[0]) if found and found[1] else draft

    def _parse(self, draft: Draft) -> ActivityRecord | Refused:
        """Return a draft as a record in the folder that its day and kind of help ask for, or why it gets none."""
        if not draft.school:
            reason = f"{_why(draft, 'school')}；用 --school 写明，如 --school 园代号"
            return Refused(name=draft.source, reason=reason)
        day = draft.date or next(iter(_candidate_days(draft)), None)
        if day is None:
            reason = f"{_why(draft, 'date')}；用 --ask 回答，或用 --date 写明，如 --date 2020-05-14"
            return Refused(name=draft.source, reason=reason)
        slug = str(draft.values.get("measure") or "activity")
        return self._builder.parse_draft(f"{draft.school}/{day:%Y}/{day:%m}/{day:%d}-{slug}", draft, None)

    def place_packed(self, packed: PackedRecord, source: str) -> Placed | Refused:
        """Return where a package's record will lie."""
        record, _ = parse_activity(f"records/{packed.key}/{RECORD}", packed.text)
        if record is None:
            return Refused(name=source, reason=f"{packed.key} 的文字读不出来；在填报页上重新存一份")
        return self._place(
            record, True, lambda key, old: self._builder.build_packed(key, packed, source, old)
        )

    def _place(self, record: ActivityRecord, packed: bool, build: _Build) -> Placed | Refused:
        """Return a record's place: that of the archive's version of it, or a free one."""
        found = find_earlier(self._corpus, record, packed=packed)
        if found is not None:
            old, certain = found
            moved = record.folder[:2] != old.folder[:2]
            made = build(self._free(record.key) if moved else old.key, old)
            if isinstance(made, Refused) or made.over is None:
                return made
            if not made.over.changes:
                return AlreadyThere(source=made.source, key=old.key)
            if not made.over.blocked and self._replaces(made):
                return self._give(made)
            if certain:
                return Differs(source=made.source, earlier=made.over)
        new = build(self._free(record.key), None)
        if isinstance(new, Refused):
            return new
        return self._give(dataclasses.replace(new, alike=f"records/{found[0].key}" if found else ""))

    def _give(self, made: Placement) -> Placement | AlreadyThere | Refused:
        """Take a place as given, unless this run has placed the same record before."""
        one = _Placed(placement=made, words=read_words(made.record))
        for where in _list_pigeonholes(made):
            for other in self._placed.get(where, ()):
                how = tell_twins(one, other)
                if how == "same":
                    return AlreadyThere(source=made.source, key=other.placement.key, now=True)
                if how:
                    first = other.placement.source
                    reason = f"与这一次收的“{first}”是同一份材料，里面却不一样；两份里只交对的那一份"
                    return Refused(name=made.source, reason=reason)
        for where in _list_pigeonholes(made):
            self._placed.setdefault(where, []).append(one)
        self._given.add(made.key.casefold())
        return made

    def _free(self, key: str) -> str:
        """Return a key that neither the archive nor this run has."""
        number, free = 1, key
        while free.casefold() in self._given or os.path.lexists(self._root / "records" / free):
            number += 1
            free = f"{key}-{number}"
        return free


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A placement with the words of its text."""

    placement: Placement
    words: str


def _list_pigeonholes(placement: Placement) -> tuple[str, ...]:
    """Return where to look for a record's twins: its school's day, and the record whose place it takes."""
    record = placement.record
    day = f"{record.school} {record.month}-{record.folder[:2]}"
    return (day, placement.over.path) if placement.over else (day,)


def tell_twins(one: _Placed, other: _Placed) -> Literal["", "same", "differs"]:
    """Say whether two records of one day, or of one place, are the same or two versions of one; "" where they are neither."""
    made, placed = one.placement, other.placement
    same_place = made.over and placed.over and made.over.path == placed.over.path
    if one.words != other.words:
        packed = made.draft is None and placed.draft is None
        return "differs" if same_place or (packed and has_same_title(made.record, placed.record)) else ""
    same_facts = _list_facts(made.record) == _list_facts(placed.record)
    if same_facts and _list_digests(made) == _list_digests(placed):
        return "same"
    return "differs" if one.words or same_place else ""


def _list_facts(record: ActivityRecord) -> dict[str, object]:
    return {name: value for name, value in record.tree.value.items() if name not in ("photos", "reported")}


def _list_digests(placement: Placement) -> set[str]:
    return {hashlib.sha256(photo.data).hexdigest() for photo in placement.photos}


def _candidate_days(draft: Draft) -> Iterator[dt.date]:
    """Yield the days that a report names; the first one's folder will do until somebody has chosen."""
    for doubt in draft.doubts:
        if doubt.field == "date":
            yield from (dt.date.fromisoformat(day) for day, _ in doubt.candidates)


def _why(draft: Draft, field_name: str) -> str:
    return next((doubt.why for doubt in draft.doubts if doubt.field == field_name), "没有写")
