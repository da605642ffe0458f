"""The misplaced files of a submission as values, and their errors in place of the reader's vaguer ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.records import ActivityRecord
from generator.records.diagnostics import Diagnostic, SourceFile, Span
from generator.rules.submission.archive_paths import find_parent_folder, has_place
from generator.rules.submission.changed_paths import list_enclosing_folders

VAGUE = ("unexpected-file", "file-name", "school-known")
"""Rules that say only that a file may not lie where it does."""

USUAL_PLACE = "每次活动一个文件夹：records/校（园）代号/年/月/日-短名/activity.md，图片放在旁边"


@dataclass(frozen=True, slots=True, kw_only=True)
class Misplaced:
    """A file in the wrong place. ``targets`` are where it may belong: one, unless only its author knows.

    ``record`` is the activity that it holds, if it does, and ``was`` the path from which that was taken away.
    ``answers`` are a photo's names in the record that it is meant for, as paths: none of them is missing.
    """

    path: str
    targets: tuple[str, ...]
    diagnostic: Diagnostic
    record: ActivityRecord | None = None
    was: str = ""
    answers: frozenset[str] = frozenset()


def make_misplaced(
    path: str, targets: tuple[str, ...], fix: str, record: ActivityRecord | None = None, was: str = ""
) -> Misplaced:
    """Make the value of a file in the wrong place, with its error; ``fix`` says where it belongs."""
    safe = path.encode("utf-8", "backslashreplace").decode("utf-8")
    if has_place(path):
        message = f"方案里没有代号是“{path.split('/')[1]}”的校（园），这份材料不会计数，等于没有交"
    else:
        message = f"{'这份材料' if record else '这个文件'}放的地方不对，不会被读取{'，等于没有交' if record else ''}"
    diagnostic = Diagnostic(
        rule="unexpected-file",
        span=SourceFile(path=safe).make_span(),
        message=message,
        fix=fix,
        excerpt="",
    )
    return Misplaced(path=path, targets=targets, record=record, was=was, diagnostic=diagnostic)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """The misplaced files of a submission.

    ``unread`` are all files at paths that the archive does not read, ``along`` those of them that lie beside a
    misplaced record and move with it.
    """

    misplaced: tuple[Misplaced, ...] = ()
    unread: tuple[str, ...] = ()
    along: frozenset[str] = frozenset()

    def replace_diagnostics(self, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Replace what reading said of misplaced files, or of folders with nothing else, by where they belong.

        A misplaced file of which nothing was said is reported as well.
        """
        found = tuple(found)
        advised = {each.path for each in self.misplaced} | self.along
        unadvised = [path for path in self.unread if path not in advised]
        unread_above, unadvised_above = _with_folders(self.unread), _with_folders(unadvised)
        answered = frozenset(path for each in self.misplaced for path in each.answers)
        kept = [
            d
            for d in found
            if (d.rule not in VAGUE or d.span.file.path not in unread_above - unadvised_above)
            and not (d.rule == "photo-missing" and _named_photo(d.span) in answered)
        ]
        said = {d.span.file.path for d in kept}
        silent = [p for p in unadvised if p.startswith("records/") and said.isdisjoint(_with_folders([p]))]
        return (
            *kept,
            *(each.diagnostic for each in self.misplaced),
            *(make_misplaced(path, (), USUAL_PLACE).diagnostic for path in silent),
        )


def _named_photo(span: Span) -> str:
    """Return the path of the photo that a record names at ``span``."""
    name = span.file.read_line(span.line)[span.column - 1 : span.end_column - 1].strip("'\"")
    return f"{find_parent_folder(span.file.path)}/{name}"


def _with_folders(paths: Iterable[str]) -> frozenset[str]:
    """Return the paths and all folders above them."""
    return frozenset(each for path in paths for each in list_enclosing_folders(path))
