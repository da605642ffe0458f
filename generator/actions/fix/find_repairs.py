"""Find what can be mended among files of the archive: texts, places, photos. Writes nothing.

Only files that people write are looked at: what commands write is sealed or written again, and records that a
closing has counted are the bureau's to amend.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set

from generator.actions.fix.find_photo_repairs import find_photo_repair, list_wrong_photos
from generator.actions.fix.repairs import Doubt, Move, Repair, RepairPlan
from generator.actions.fix.replace_names import replace_names
from generator.actions.photos.shrink import Progress
from generator.archive import PHOTO_SUFFIXES, Corpus
from generator.records.decoding import MAX_BYTES
from generator.records.text_fixes import fix_text
from generator.rules.submission.archive_paths import find_parent_folder
from generator.rules.submission.file_readers import list_files, make_folder_reader
from generator.rules.submission.find_misplaced import find_misplaced
from generator.rules.submission.guess_place import SchoolGuess, normalise_text
from generator.rules.submission.placement import Misplaced

_KINDS = (
    (re.compile(r"(?i:(?:.*/)?(?:activity|活动|活动记录|活动材料)(?:\.(?:md|markdown|txt))+)"), "activity"),
    (re.compile(r"records/(?!bureau/)[^/]+/school\.yml"), "school"),
    (re.compile(r"records/(?!bureau/)[^/]+/[0-9]{4}/plan\.yml"), "plan"),
    (re.compile(r"records/(?!bureau/)[^/]+/[0-9]{4}/roster\.yml"), "roster"),
    (re.compile(r"records/(?!bureau/)[^/]+/[0-9]{4}/agreement-[a-z0-9-]+\.md"), "agreement"),
    (re.compile(r"records/bureau/[0-9]{4}/programme\.yml"), "programme"),
    (re.compile(r"records/bureau/[0-9]{4}/inspections/[^/]+\.md"), "inspection"),
    (re.compile(r"records/bureau/[0-9]{4}/events/[^/]+\.md"), "event"),
    (re.compile(r"records/bureau/[0-9]{4}/bulletins/[^/]+\.md"), "bulletin"),
)


def find_repairs(
    corpus: Corpus, paths: Iterable[str], progress: Progress, *, passed: Set[str] = frozenset()
) -> RepairPlan:
    """Return what can be mended of the files that ``paths`` stand for, relative to the root.

    passed: files that are left alone.   progress: of the photos that are made anew.
    Raises OSError when no decoding process can do its work here.
    """
    search = _Search(corpus, progress)
    files = [path for path in list_files(corpus.root, paths) if path not in passed]
    repairs = {path: repair for path in files if (repair := search.mend(path)) is not None}
    moved = {repair.path: repair for repair in search.move(files, repairs)}
    for path in files:
        if path not in moved and (repair := search.mend_photos(path, repairs.get(path))) is not None:
            repairs[path] = repair
    return RepairPlan(
        repairs=tuple(repair for _, repair in sorted((repairs | moved).items())),
        doubts=tuple(sorted(search.doubts, key=lambda doubt: doubt.path)),
    )


def find_kind(path: str) -> str:
    """Return the kind of record that people write at a path, "" for any other file."""
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(path)), "")


class _Search:
    def __init__(self, corpus: Corpus, progress: Progress) -> None:
        self.corpus, self.progress = corpus, progress
        self.read_file = make_folder_reader(corpus.root, most=MAX_BYTES)
        self.doubts: list[Doubt] = []
        self.texts: dict[str, bytes] = {}

    def leave(self, path: str, why: str) -> None:
        self.doubts.append(Doubt(path=path, why=why))

    def mend(self, path: str) -> Repair | None:
        """Return what is mended of a record's text and photos where it lies."""
        kind = find_kind(path)
        old = self.read_file(path) if kind else None
        if old is None:
            return None
        fix = fix_text(kind, old)
        if fix.doubt:
            self.leave(path, fix.doubt)
            return None
        after = self._replace_names(path, fix.after) if kind == "activity" else fix.after
        if after == fix.after and not fix.is_needed:
            return None
        if number := self.corpus.filing_number(_key_of(path)):
            self._leave_filed(path, number)
            return None
        self.texts[path] = new = after.encode("utf-8")
        return Repair(path=path, old=old, new=new, before=fix.before, after=after, changes=fix.changes)

    def _replace_names(self, path: str, text: str) -> str:
        """Return an activity's text with ids for Chinese names, where it lies in its place; the names it keeps are left."""
        if _key_of(path) not in self.corpus.by_key:
            return text
        new, doubts = replace_names(self.corpus, path, text)
        if not self.corpus.filing_number(_key_of(path)):
            for why in doubts:
                self.leave(path, why)
        return new

    def mend_photos(self, path: str, repair: Repair | None) -> Repair | None:
        """Return a record's repair with what is done to its photos; None where nothing is."""
        record = self.corpus.by_key.get(_key_of(path)) if path.endswith("/activity.md") else None
        wrong = dict(list_wrong_photos(self.corpus, record)) if record is not None else {}
        if record is None or not wrong:
            return None
        if number := self.corpus.filing_number(_key_of(path)):
            self._leave_filed(path, number)
            return None
        old = repair.old if repair else self.read_file(path)
        text = repair.new if repair else old
        if old is None or text is None:
            return None
        photos, new, doubts = find_photo_repair(self.corpus, record, text, wrong, self.progress)
        for why in doubts:
            self.leave(path, why)
        if photos is None:
            return None
        after = fix_text("activity", new).after
        return Repair(
            path=path,
            old=old,
            new=new,
            before=repair.before if repair else fix_text("activity", old).before,
            after=after,
            changes=repair.changes if repair else (),
            photos=photos,
        )

    def _leave_filed(self, path: str, number: str) -> None:
        amend = f"pairing amend {_key_of(path)} --reason 原因 --decided-by 决定人"
        why = f"已经备案（{number}），这里不动它；要改的，请教育局改好以后运行 {amend}"
        if Doubt(path=path, why=why) not in self.doubts:
            self.leave(path, why)

    def move(self, files: list[str], repairs: dict[str, Repair]) -> Iterator[Repair]:
        """Yield the repairs of files that lie in the wrong place, where the right one is certain."""

        def read(path: str) -> bytes | None:
            return self.texts.get(path) or self.read_file(path)

        placement = find_misplaced(self.corpus, files, read)
        beside = Counter(find_parent_folder(each.path) for each in placement.misplaced if each.record)
        ids = SchoolGuess(self.corpus).ids
        for each in placement.misplaced:
            why = self._doubt_move(each, ids, beside)
            if why:
                self.leave(each.path, why)
                continue
            moves = [Move(source=each.path, target=each.targets[0])]
            if each.record is not None and find_parent_folder(each.path) != find_parent_folder(
                each.targets[0]
            ):
                moves += self._list_photos_beside(each)
            repair = repairs.get(each.path) or Repair(path=each.path)
            yield Repair(
                path=each.path,
                old=repair.old,
                new=repair.new,
                before=repair.before,
                after=repair.after,
                changes=repair.changes,
                moves=tuple(moves),
            )

    def _doubt_move(self, each: Misplaced, ids: dict[str, str], beside: Counter[str]) -> str:
        """Return why a file is not moved; "" where its place is certain."""
        advice = each.diagnostic.fix
        if len(each.targets) != 1:
            return f"{each.diagnostic.message}：{advice}"
        target = each.targets[0]
        named = {ids[part] for part in map(normalise_text, each.path.split("/")) if part in ids}
        if os.path.lexists(self.corpus.root / target) and target.casefold() != each.path.casefold():
            return f"{target} 已经有了，不知道哪一份对：看看再删去一份"
        if each.record is None:
            owner = self.corpus.by_key.get(find_parent_folder(target).removeprefix("records/"))
            if owner is None:
                return "" if named == {target.split("/")[1]} else f"{each.diagnostic.message}：{advice}"
            if self.corpus.filing_number(owner.key):
                return f"这份记录已经备案，这里不动它；请教育局处理：{advice}"
            listed = owner.knows("photos") and any(
                photo.file == target.rpartition("/")[2] and not photo.withdrawn for photo in owner.data.photos
            )
            return "" if listed else f"{each.diagnostic.message}：{advice}"
        if named != {target.split("/")[1]}:
            return f"{each.diagnostic.message}；路径里没有本园的代号或名称：{advice}"
        if not each.record.knows("date", "measure"):
            return f"{each.diagnostic.message}；先写好 date 和 measure：{advice}"
        if _key_of(f"{find_parent_folder(each.path)}/activity.md") in self.corpus.by_key:
            return (
                f"{each.diagnostic.message}；同一文件夹里已经有 activity.md，不知道照片是哪一份的：{advice}"
            )
        if beside[find_parent_folder(each.path)] > 1:
            return f"{each.diagnostic.message}；一个文件夹里有几份记录，不知道照片是哪一份的：{advice}"
        return ""

    def _list_photos_beside(self, each: Misplaced) -> Iterator[Move]:
        """Yield the photos in a misplaced record's folder, which move with it."""
        folder, target = find_parent_folder(each.path), find_parent_folder(each.targets[0])
        with os.scandir(self.corpus.root / folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.lower().endswith(PHOTO_SUFFIXES) and entry.is_file(follow_symlinks=False):
                    yield Move(source=f"{folder}/{entry.name}".lstrip("/"), target=f"{target}/{entry.name}")


def _key_of(path: str) -> str:
    return path.removeprefix("records/").removesuffix("/activity.md")
