"""Write the search index: which pages hold which pairs of characters, and the pages' texts, in many small files.

A piece of text is in a page only if all its pairs of neighbours are. The search page intersects the pairs' lists
and looks into the texts of the pages that it shows. All files lie in a folder named by what they hold, packed, so
that no server has to; `data/search.json` names the folder.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.site.pages.site import Site
from generator.site.search_index.page_texts import Entry, read_entries
from generator.site.search_index.spelling import fold_for_search

POINTER = "data/search.json"
FOLDER = "data/search/"
SHARD = 12_000
"""So many bytes of lists a file of the index has at least, and so many characters a file of texts."""
TITLE, NAME, BODY = range(3)
_BITS = 21
"""A character takes so many."""

_Numbers = NDArray[np.int64]


def write_search_index(site: Site, folder: Path, urls: Iterable[str]) -> None:
    """Write the index of the finished pages at `urls` below `folder`, the staging folder."""
    entries = read_entries(site, folder, urls)
    files = {**dict(_make_text_files(entries)), **dict(_make_list_files(entries))}
    files["table"] = _encode(_make_table(entries, files))
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    target = folder / FOLDER / digest.hexdigest()[:16]
    target.mkdir(parents=True)
    for name, content in files.items():
        (target / f"{name}.gz").write_bytes(gzip.compress(content, 6, mtime=0))
    (folder / POINTER).write_bytes(_encode({"folder": f"{FOLDER}{target.name}/"}) + b"\n")


def _encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _make_table(entries: Sequence[Entry], files: dict[str, bytes]) -> dict[str, object]:
    """Return what every search needs: by what pages are filtered, and where which file begins."""
    columns = {
        "school": [e.school for e in entries],
        "month": [e.month for e in entries],
        "measure": [e.measure for e in entries],
        "year": [e.year for e in entries],
    }
    names = {key: sorted(set(values) - {""}) for key, values in columns.items()}
    places = {key: {name: at for at, name in enumerate(("", *found))} for key, found in names.items()}
    firsts = [np.frombuffer(files[name][4:12], "<u4") for name in sorted(files) if name[0] == "p"]
    return {
        "pages": len(entries),
        "names": names,
        "columns": {key: [places[key][value] for value in values] for key, values in columns.items()},
        "texts": [json.loads(files[name])[0]["n"] for name in sorted(files) if name[0] == "t"],
        "pairs": [[int(first[0]), int(first[1]) >> 2] for first in firsts],
    }


def _make_text_files(entries: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the pages' texts, some pages each, in order."""
    batch: list[dict[str, object]] = []
    size = count = 0
    for number, entry in enumerate(entries):
        batch.append(
            {
                "n": number,
                "u": entry.url,
                "t": entry.title,
                "k": entry.kind,
                "s": entry.school,
                "d": entry.day,
                "m": entry.month,
                "x": entry.lines,
                "a": (*entry.names, *entry.aliases),
            }
        )
        size += sum(map(len, entry.lines))
        if size >= SHARD or number == len(entries) - 1:
            yield f"t{count:05}", _encode(batch)
            batch, size, count = [], 0, count + 1


def _make_list_files(entries: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the pairs' lists.

    A file holds, in numbers of four bytes, little-endian: the number n of its lists; for each list its first character,
    and its second times four plus the class of text; for each list the place at which it ends. Then the lists, each
    page as the distance to the one before, seven bits a byte, the lowest first.
    """
    keys, pages = _list_pairs(entries)
    if not len(keys):
        return
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    gaps = np.diff(pages, prepend=0)
    gaps[starts] = pages[starts]
    data, ends = _encode_numbers(gaps)
    edges = np.append(starts, len(keys))
    borders = np.concatenate(([0], ends))[edges]
    firsts = keys[starts]
    at = count = 0
    while at < len(firsts):
        # Whole lists, until there are enough bytes; each also costs twelve in the head.
        cost = borders[at + 1 :] - borders[at] + 12 * np.arange(1, len(firsts) - at + 1)
        to = at + int(np.searchsorted(cost, SHARD)) + 1
        to = min(to, len(firsts))
        chosen = firsts[at:to]
        head = np.concatenate(
            (
                [to - at],
                chosen >> (_BITS + 2),
                chosen & ((1 << (_BITS + 2)) - 1),
                borders[at + 1 : to + 1] - borders[at],
            )
        )
        yield f"p{count:05}", _lay_out(head, to - at, data[borders[at] : borders[to]])
        at, count = to, count + 1


def _lay_out(head: _Numbers, count: int, data: NDArray[np.uint8]) -> bytes:
    numbers = head.astype("<u4")
    # The file's first pair follows its number at once: the table takes it from there.
    pairs = np.stack((numbers[1 : count + 1], numbers[count + 1 : 2 * count + 1]), axis=1).ravel()
    return numbers[:1].tobytes() + pairs.tobytes() + numbers[2 * count + 1 :].tobytes() + data.tobytes()


def _list_pairs(entries: Sequence[Entry]) -> tuple[_Numbers, _Numbers]:
    """Return every pair with every page that holds it: (pair and class of text, page), in order."""
    keys, pages = [], []
    for number, entry in enumerate(entries):
        own = np.concatenate(
            (
                _pair_up([entry.title], TITLE),
                _pair_up([*entry.names, *(entry.aliases)], NAME),
                _pair_up([entry.title, *entry.names, *entry.aliases, *entry.lines], BODY),
            )
        )
        own = np.unique(own)
        keys.append(own)
        pages.append(np.full(len(own), number, np.int64))
    if not keys:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    all_keys, all_pages = np.concatenate(keys), np.concatenate(pages)
    order = np.argsort(all_keys, kind="stable")
    return all_keys[order], all_pages[order]


def _pair_up(texts: Sequence[str], kind: int) -> _Numbers:
    """Return the pairs of neighbours of each text; its first character follows 0, and its last is followed by 0."""
    text = "\0" + "\0".join(filter(None, map(fold_for_search, texts))) + "\0"
    codes = np.frombuffer(text.encode("utf-32-le"), "<u4").astype(np.int64)
    return (codes[:-1] << (_BITS + 2)) | (codes[1:] << 2) | kind


def _encode_numbers(numbers: _Numbers) -> tuple[NDArray[np.uint8], _Numbers]:
    """Return numbers below 2²¹ with seven bits a byte, the lowest first, and where each ends."""
    lengths = 1 + (numbers >= 1 << 7) + (numbers >= 1 << 14)
    ends = np.cumsum(lengths)
    data = np.zeros(int(ends[-1]), np.uint8)
    begins = ends - lengths
    for place in range(3):
        some = lengths > place
        more = (lengths[some] > place + 1) * 0x80
        data[begins[some] + place] = ((numbers[some] >> (7 * place)) & 0x7F) | more
    return data, ends
