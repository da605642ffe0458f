"""Report photos and texts that were probably used twice, for the officer alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.archive import Corpus
from generator.archive.privacy import mask_private_words
from generator.records import ActivityRecord
from generator.reuse.fingerprint_cache import PhotoFingerprints, load_fingerprints
from generator.reuse.photo_pairs import Match, Reuse, Used, find_reuse, list_photos
from generator.reuse.text_pairs import (
    Similar,
    SimilarSection,
    find_shared_passages,
    find_similar,
    find_similar_sections,
)

Concerns = Callable[[str], bool]
"""Says of a path whether the report is to be about it."""
Progress = Callable[[str, int, int], None]

MATCHES = {
    Match.EXACT: "同一个文件",
    Match.NEAR: "几乎相同（可能缩放、压缩、裁边或调过明暗）",
    Match.MIRRORED: "左右翻转后几乎相同",
}
NEXT_STEPS = (
    "先看两张图（或两段文字）是不是真的相同；机器会看错，拿不准就当作没有提示。",
    "两园参加的是同一次活动、用了同一张合影的，请学校换成各自拍的照片。",
    "放错了文件的，请学校换上这次活动的照片，在“记录”里不必说明。",
    "学校说不清的，列入下次督导走访；结论写进督导核查记录，不凭这份报告下结论。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a text, and whether the other text has it too."""

    text: str
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPair:
    """Two activities whose texts, or whose section ``part`` alone, are mostly the same, cut into passages."""

    first: ActivityRecord
    second: ActivityRecord
    share: float
    part: str
    first_text: tuple[Passage, ...]
    second_text: tuple[Passage, ...]

    @property
    def match(self) -> str:
        """Say what of them is the same."""
        if not self.part:
            return "正文大半相同"
        return f"“{self.part}”一字不差" if self.share == 1 else f"“{self.part}”几乎相同"


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A photo whose pixels could not be read: what is wrong with it, and what to do, in words."""

    photo: Used
    message: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found on ``today`` among so many ``photos`` (``unread`` could not be looked at) and ``records``.

    broken: those of the unread whose file looks whole, so that only this has found it; the check names the others.
    """

    today: dt.date
    photos: int
    unread: int
    records: int
    broken: tuple[Broken, ...]
    reuses: tuple[Reuse, ...]
    texts: tuple[TextPair, ...]

    @property
    def verdict(self) -> str:
        """Return the report in one sentence."""
        looked = f"核对了 {self.photos} 张图片、{self.records} 份记录"
        if self.unread:
            looked += f"（另有 {self.unread} 张图片打不开，没有核对）"
        if not self.reuses and not self.texts:
            return f"{looked}：没有发现疑似重复使用。"
        return f"{looked}：图片疑似重复使用 {len(self.reuses)} 处，文字疑似重复使用 {len(self.texts)} 处。"


def make_report(
    corpus: Corpus, cache: Path, today: dt.date, concerns: Concerns, progress: Progress
) -> tuple[Report, PhotoFingerprints]:
    """Return the report on all that ``concerns``, and the pictures that it shows.

    Raises OSError when the cache cannot be written.
    """
    used = list_photos(corpus)
    pictures = load_fingerprints(
        corpus.root, [u.photo for u in used], cache, lambda done, total: progress("读图片", done, total)
    )
    reuses = find_reuse(
        used, pictures.fingerprints, concerns, lambda done, total: progress("比对图片", done, total)
    )
    pairs = [
        _text_pair(corpus, pair)
        for pair in _similar_texts(corpus)
        if concerns(pair.first.file.path) or concerns(pair.second.file.path)
    ]
    unread = sum(1 for u in used if u.photo.digest not in pictures.fingerprints)
    report = Report(
        today=today,
        photos=len(used) - unread,
        unread=unread,
        records=len(corpus.activities),
        broken=tuple(
            Broken(photo=u, message=fault.message, fix=fault.fix)
            for u in used
            if concerns(u.photo.file.path) and (fault := pictures.faults.get(u.photo.digest))
        ),
        reuses=tuple(sorted(reuses, key=_order)),
        texts=tuple(
            sorted(pairs, key=lambda pair: (bool(pair.part), -pair.share, pair.first.key, pair.second.key))
        ),
    )
    return report, pictures


def _order(reuse: Reuse) -> tuple[bool, float, str, str]:
    return (
        reuse.match is not Match.EXACT,
        -reuse.share,
        reuse.first.photo.file.path,
        reuse.second.photo.file.path,
    )


def _similar_texts(corpus: Corpus) -> Iterator[Similar | SimilarSection]:
    """Yield pairs of like texts, then those of which a section alone is like."""
    wholes = find_similar(corpus.activities)
    yield from wholes
    known = {(pair.first.key, pair.second.key) for pair in wholes}
    for pair in find_similar_sections(corpus.activities):
        if (pair.first.key, pair.second.key) not in known:
            yield pair


def _text_pair(corpus: Corpus, pair: Similar | SimilarSection) -> TextPair:
    part = pair.title if isinstance(pair, SimilarSection) else ""
    one, other = (_plain_text(corpus, activity, part) for activity in (pair.first, pair.second))
    found = find_shared_passages(one, other)
    return TextPair(
        first=pair.first,
        second=pair.second,
        share=pair.share,
        part=part,
        first_text=_cut(one, [(start, size) for start, _, size in found]),
        second_text=_cut(other, [(start, size) for _, start, size in found]),
    )


def _plain_text(corpus: Corpus, activity: ActivityRecord, part: str) -> str:
    """Return an activity's text (or that of one section) without its headings, which are everyone's, and without
    what is private.
    """
    sections = [s.text.strip() for s in activity.markdown.sections if part in ("", s.title)]
    text = "\n\n".join(sections) or activity.markdown.body.strip()
    return mask_private_words(text, corpus.private_names.get(activity.year, ()))


def _cut(text: str, same: list[tuple[int, int]]) -> tuple[Passage, ...]:
    cut: list[Passage] = []
    at = 0
    for start, size in same:
        cut += [Passage(text=text[at:start], same=False), Passage(text=text[start : start + size], same=True)]
        at = start + size
    cut.append(Passage(text=text[at:], same=False))
    return tuple(piece for piece in cut if piece.text)


__all__ = ["MATCHES", "NEXT_STEPS", "Broken", "Passage", "Report", "TextPair", "Used", "make_report"]
