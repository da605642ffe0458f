"""Take in all that was received: a place for each record, and a reason for each file that gets none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from generator.actions.photos.shrink import Progress
from generator.actions.receive.draft import Draft
from generator.actions.receive.drafting import Drafted, Group, make_drafts
from generator.actions.receive.evidence import Desk
from generator.actions.receive.inputs import PASTED, Received, group_sources
from generator.actions.receive.packages import Package
from generator.actions.receive.parts import Left
from generator.actions.receive.placement import AlreadyThere, Differs, PhotoAnswer, Placed, Placement
from generator.actions.receive.placing import Placer
from generator.actions.receive.sources import Refused
from generator.actions.receive.writing import write_placements
from generator.actions.transaction import open_transaction
from generator.documents.reports.report_content import list_lines


class Asker(Protocol):
    """Somebody who answers what reports leave open."""

    def name_school(self, desk: Desk, group: Group, drafted: Drafted) -> tuple[Desk, Drafted]:
        """Return the drafts of a group, made again where it was said whose they are, and the desk that they are read at."""

    def fill_in(self, desk: Desk, draft: Draft) -> Draft:
        """Return a draft with its open fields answered as far as they are."""

    def describe_photos(self, draft: Draft) -> Mapping[int, PhotoAnswer]:
        """Return what is said of a draft's photos, by their index."""

    def replaces(self, newer: Placement) -> bool:
        """Say whether a newer version is to take the place of the archive's."""


@dataclass(slots=True)
class Outcome:
    """What becomes of everything that was received; nothing is written yet.

    differing: the archive has another version, which stays.
    left: words that belong to no record at all; those of a record's report are its draft's.
    """

    placements: list[Placement] = field(default_factory=list)
    already: list[AlreadyThere] = field(default_factory=list)
    differing: list[Differs] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    packages: tuple[Package, ...] = ()

    @property
    def is_read(self) -> bool:
        """Say whether nothing was refused or left out for another version."""
        return not (self.refused or self.differing)

    @property
    def is_whole(self) -> bool:
        """Say whether everything found its place: all is read, and no photo unfit."""
        return self.is_read and not any(placement.faults for placement in self.placements)

    @property
    def paths(self) -> list[str]:
        """Every folder that writing the records changes, POSIX."""
        return [path for placement in self.placements for path in placement.paths]

    def take(self, placed: Placed | Refused) -> None:
        """Note what became of a record."""
        match placed:
            case Placement():
                self.placements.append(placed)
            case AlreadyThere():
                self.already.append(placed)
            case Differs():
                self.differing.append(placed)
            case Refused():
                self.refused.append(placed)


def take_in(
    desk: Desk,
    received: Received,
    workspace: Path,
    progress: Progress,
    asker: Asker | None = None,
    *,
    replace: bool = False,
    reported: dt.date | None = None,
) -> Outcome:
    """Return what becomes of everything that was received. Never raises for bad input; writes into ``workspace`` alone.

    replace: newer versions take the archive's place without asking.   reported: when it was handed in, None for today.
    Raises OSError when no decoding process can do its work here.
    """
    outcome = Outcome(refused=list(received.refused), packages=received.packages)
    replaces = asker.replaces if asker and not replace else lambda newer: replace
    placer = Placer(desk.corpus, desk.today, workspace, progress, replaces=replaces, reported=reported)
    for package in received.packages:
        for packed in package.records:
            outcome.take(placer.place_packed(packed, package.name))
    for group in group_sources(received.sources):
        _take_group(outcome, placer, desk, group, asker)
    return outcome


def _take_group(outcome: Outcome, placer: Placer, desk: Desk, group: Group, asker: Asker | None) -> None:
    outcome.refused += group.refused
    drafted = make_drafts(desk, group)
    if asker:
        desk, drafted = asker.name_school(desk, group, drafted)
    outcome.left += drafted.left
    for draft in drafted.drafts:
        filled = asker.fill_in(desk, placer.recall(draft)) if asker else draft
        placed = placer.place_draft(filled, asker.describe_photos(filled) if asker else None)
        outcome.take(placed)
        if (
            isinstance(placed, Refused | Differs) and draft.source == PASTED
        ):  # nobody has it but the clipboard
            lines = [line for content in group.contents for line in list_lines(content.blocks)]
            why = placed.reason if isinstance(placed, Refused) else "档案里已经有这份材料，没有换"
            outcome.left.append(Left(text="\n".join(lines), why=why))
    why = (
        "有几份材料，不知道是哪一份的图片；放进那份材料的文件夹再收"
        if drafted.drafts
        else "只有图片，没有文字；加上 --text，或把文字和图片放在一个文件夹里"
    )
    outcome.refused += [Refused(name=photo.name, reason=why) for photo in drafted.pictures]


def write_outcome(root: Path, outcome: Outcome) -> None:
    """Write the records of an outcome into the archive, all of them or none. Raises ChangeError, OSError."""
    root = root.resolve()
    with open_transaction(root) as changes:
        write_placements(changes, root, outcome.placements)
        changes.carry_out()
