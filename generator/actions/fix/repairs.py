"""What would be mended, as values: nothing is changed yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.actions.photos.paths import ActivityPlace
from generator.actions.photos.take_in_photos import Intake


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRepair:
    """Photos of one record that are put right, as ``pairing photos add`` does it, and what is said of each, in Chinese."""

    place: ActivityPlace
    intake: Intake = field(repr=False)
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A file that goes to its place; both paths are POSIX and relative to the archive's root."""

    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What is mended of one record, or of one file that only moves.

    old: the file's bytes; None where they stay as they are, as ``new`` then is.   before, after: its text, for a
    comparison.   changes: what that does not show, in Chinese.   moves: the file first, then what lies beside it.
    """

    path: str
    old: bytes | None = field(default=None, repr=False)
    new: bytes | None = field(default=None, repr=False)
    before: str = ""
    after: str = ""
    changes: tuple[str, ...] = ()
    photos: PhotoRepair | None = None
    moves: tuple[Move, ...] = ()

    @property
    def target(self) -> str:
        """Where the file lies in the end."""
        return self.moves[0].target if self.moves else self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What is left as it is: the file, why, and who must do what, in Chinese."""

    path: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairPlan:
    """Everything that can be mended now, and what is left."""

    repairs: tuple[Repair, ...]
    doubts: tuple[Doubt, ...]
