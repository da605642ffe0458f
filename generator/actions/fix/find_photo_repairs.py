"""Find a record's photos whose suffix belies them or that lie on their side, and have them made anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.actions.fix.repairs import PhotoRepair
from generator.actions.photos.paths import ActivityPlace
from generator.actions.photos.shrink import Progress, read_source
from generator.actions.photos.take_in_photos import (
    Intake,
    PhotoOptions,
    TakenPhoto,
    add_entries_to_record,
    examine_photos,
    make_photo_entry,
)
from generator.archive import Corpus
from generator.images.faults import Fault
from generator.images.orientation import find_orientation
from generator.records import ActivityRecord, PhotoFile, parse_activity

_SUFFIXES = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WebP": (".webp",), "HEIC": (".heic", ".heif")}


def find_photo_repair(
    corpus: Corpus, record: ActivityRecord, text: bytes, wrong: Mapping[str, str], progress: Progress
) -> tuple[PhotoRepair | None, bytes, tuple[str, ...]]:
    """Return what is done to a record's photos, the record's ``text`` with that, and what is left, in Chinese.

    wrong: the photos by name, each with the reason, as :func:`list_wrong_photos` gives them.
    Raises OSError when no decoding process can do its work here.
    """
    place = ActivityPlace(root=corpus.root.resolve(), key=record.key)
    known, _ = parse_activity(place.path, text)
    listed = (
        {photo.file for photo in known.data.photos if not photo.withdrawn}
        if known and known.knows("photos")
        else set()
    )
    names = [name for name in wrong if name in listed]
    doubts = [
        f"{name}：{wrong[name]}；记录的 photos 里没有写它，写上以后再运行一次"
        for name in wrong
        if name not in listed
    ]
    if known is None or not names:
        return None, text, tuple(doubts)
    found = examine_photos(place, known, [str(place.folder / name) for name in names], progress)
    doubts += [f"{source.rpartition('/')[2]}：{fault.message}；{fault.fix}" for source, fault in found.faults]
    intake = Intake(outcomes=found.taken)
    entries = [make_photo_entry(photo, known, PhotoOptions(), None) for photo in intake.taken]
    new = add_entries_to_record(place, text, intake, entries)
    if isinstance(new, tuple):
        return None, text, (*doubts, *(f"{fault.message}；{fault.fix}" for fault in new))
    if not intake.taken:
        return None, text, tuple(doubts)
    said = tuple(_describe(photo, wrong[photo.old or ""]) for photo in intake.taken)
    return PhotoRepair(place=place, intake=intake, said=said), new, tuple(doubts)


def _describe(photo: TakenPhoto, why: str) -> str:
    name = photo.name if photo.name == photo.old else f"{photo.old} → {photo.name}"
    place = "，去掉拍摄地点；提交过的话，仓库的历史里还有，见“隐私与图片”" if photo.located else ""
    return f"{name}：{why}{place}"


def list_wrong_photos(corpus: Corpus, record: ActivityRecord) -> Iterator[tuple[str, str]]:
    """Yield the photos to put right, each with the reason in Chinese."""
    for photo in record.photo_files:
        if (
            photo.facts is None
            or photo.facts.kind not in _SUFFIXES
            or not photo.facts.whole
            or photo.facts.frames > 1
        ):
            continue
        if not photo.name.lower().endswith(_SUFFIXES[photo.facts.kind]):
            yield photo.name, f"扩展名不对，里面是 {photo.facts.kind}"
        elif photo.facts.metadata and _is_turned(corpus, photo):
            yield photo.name, "照片是横着存的，转正"


def _is_turned(corpus: Corpus, photo: PhotoFile) -> bool:
    data = read_source(corpus.root / photo.file.path)
    kind = photo.facts.kind if photo.facts else ""
    return not isinstance(data, Fault) and kind != "HEIC" and find_orientation(data, kind) != 1
