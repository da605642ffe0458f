"""Pair photos of different activities that show one picture, exactly or nearly."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.archive import Corpus
from generator.records import ActivityRecord, PhotoFile
from generator.reuse.fingerprint import WINDOWS, Fingerprint
from generator.reuse.index import Index
from generator.reuse.likeness import Likeness, compare_fingerprints


class Match(StrEnum):
    """In what way two photos are one."""

    EXACT = "exact"
    NEAR = "near"
    MIRRORED = "mirrored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A photo in the activity that it is to prove."""

    activity: ActivityRecord
    photo: PhotoFile

    @property
    def caption(self) -> str:
        """What the record says of the photo, or "" where it does not name it."""
        return next((p.caption for p in self.activity.data.photos if p.file == self.photo.name), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """One picture in two activities. ``share`` is that of the compared parts that agree, 1 when exact."""

    first: Used
    second: Used
    match: Match
    distance: int = 0
    share: float = 1.0


def list_photos(corpus: Corpus) -> tuple[Used, ...]:
    """Return every photo file of the archive with its activity."""
    return tuple(Used(activity=a, photo=photo) for a in corpus.activities for photo in a.photo_files)


def find_reuse(
    used: Collection[Used],
    fingerprints: Mapping[str, Fingerprint],
    concerns: Callable[[str], bool] = lambda path: True,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Reuse, ...]:
    """Return the pictures that stand in two activities, first those that are one file.

    concerns: says of a photo's path whether pairs with it are wanted; a pair is returned when either is.
    """
    where: dict[str, list[Used]] = {}
    for each in used:
        if each.photo.digest:
            where.setdefault(each.photo.digest, []).append(each)
    wanted = {digest for digest, there in where.items() if any(concerns(u.photo.file.path) for u in there)}
    found = [
        Reuse(first=one, second=other, match=Match.EXACT)
        for there in where.values()
        for one, other in _pairs(there, there)
        if concerns(one.photo.file.path) or concerns(other.photo.file.path)
    ]
    for one_digest, other_digest, match, distance, likeness in _near(
        {digest: fingerprints[digest] for digest in where if digest in fingerprints}, wanted, progress
    ):
        found += [
            Reuse(first=one, second=other, match=match, distance=distance, share=likeness.share)
            for one, other in _pairs(where[one_digest], where[other_digest])
        ]
    return tuple(found)


def _pairs(one: list[Used], other: list[Used]) -> Iterator[tuple[Used, Used]]:
    """Yield the pairs in different activities, once each; a burst within one activity is no reuse."""
    for place, first in enumerate(one):
        for second in one[place + 1 :] if one is other else other:
            if first.activity.key < second.activity.key:
                yield first, second
            elif first.activity.key > second.activity.key:
                yield second, first


_Found = tuple[str, str, Match, int, Likeness]


def _near(
    fingerprints: Mapping[str, Fingerprint], wanted: Collection[str], progress: Callable[[int, int], None]
) -> Iterator[_Found]:
    """Yield pairs of different files that hold one picture, each once."""
    distinctive = {digest: f for digest, f in fingerprints.items() if f.is_distinctive}
    digests = list(distinctive)
    index = Index([f.hashes for f in distinctive.values()])
    looked_for = [place for place, digest in enumerate(digests) if digest in wanted]
    met: set[tuple[str, str]] = set()
    for done, place in enumerate(looked_for, 1):
        digest = digests[place]
        # All were looked for so far: what lies before has met this one already.
        first = place + 1 if len(looked_for) == len(digests) else 0
        for match, photo in (
            (Match.NEAR, distinctive[digest]),
            (Match.MIRRORED, distinctive[digest].mirror_picture()),
        ):
            for candidate in index.look_up(photo, first):
                other = digests[candidate.place]
                pair = (min(digest, other), max(digest, other))
                if other == digest or pair in met:
                    continue
                known, part = distinctive[other], WINDOWS[candidate.part]
                likeness = (
                    compare_fingerprints(known, photo, part)
                    if candidate.within
                    else compare_fingerprints(photo, known, part)
                )
                if likeness.is_same:
                    met.add(pair)
                    yield digest, other, match, candidate.distance, likeness
        progress(done, len(looked_for))
