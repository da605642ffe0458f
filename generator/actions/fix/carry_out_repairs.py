"""Carry out repairs, all of them or none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.actions.fix.repairs import Repair
from generator.actions.photos.take_in_photos import stage_changes
from generator.actions.transaction import open_transaction


def carry_out_repairs(root: Path, repairs: Iterable[Repair]) -> tuple[Path, ...]:
    """Make the changes; return the files that could not be removed.

    Raises :class:`ChangeError` when anything else fails, or a file is not any more what it was; then everything is
    as it was. So it is after an interrupt.
    """
    base = root.resolve()
    with open_transaction(base) as changes:
        for repair in repairs:
            if repair.old is not None and repair.new is not None:
                if repair.photos is not None:
                    stage_changes(repair.photos.place, repair.old, repair.new, repair.photos.intake, changes)
                elif repair.new != repair.old:
                    changes.replace_file(base / repair.path, repair.new, old=repair.old)
            for move in repair.moves:
                changes.move_file(base / move.source, base / move.target)
        return changes.carry_out()
