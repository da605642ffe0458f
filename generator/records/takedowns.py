"""Reduce a record's text to its core, which no take-down changes.

Taking down means: `public: false` on the record or a photo, a photo withdrawn, a photo's caption put in other
words. It must be possible at once, also by hand and after the month was closed, and nothing else may be changed
along with it. So a closing keeps, beside the digest of the whole text, that of its core: the text less these.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

import yaml

from generator.records import ActivityRecord, parse_activity
from generator.records.photo_lines import IN_DOUBT, Front, Unclear, find_front_matter, strip_withdrawals

RECORD = "activity.md"
"""Stands for the record itself among the names of what is not public."""

_PUBLIC = "public"
_TAKEN = (_PUBLIC, "withdrawn")
_MOST_TRIES = 100  # hashes of a text that anybody may have written

_REST = re.compile(r" +#.*| *")  # a comment, or spaces, as far as the line goes

_Edit = tuple[int, int, str]


def list_hidden(record: ActivityRecord) -> frozenset[str]:
    """Return what of a record says `public: false`: names of photos, and ``RECORD`` for the record."""
    hidden = {photo.file for photo in record.data.photos if not photo.public}
    return frozenset(hidden if record.data.public else {*hidden, RECORD})


def extract_core_text(record: ActivityRecord) -> str | None:
    """Return a record's text without captions, `public` and the tombstones of withdrawn photos.

    ``None`` where the text leaves in doubt what it says: then nothing may be changed in it. Comments between
    the values that are left out are left out, too, and spaces before a closing bracket; all else stays as it was
    typed.
    """
    text = record.file.text
    read, problems = parse_activity(record.file.path, text.encode("utf-8", "surrogatepass"))
    if read is None or not read.complete or any(problem.rule in IN_DOUBT for problem in problems):
        return None
    try:
        start, end = find_front_matter(text)
        front = Front(text[start:end])
        edits = [(*gap, "") for gap in front.find_values(front.root, (_PUBLIC,))]
        for item in front.list_items():
            edits += [(*gap, "") for gap in front.find_values(item, _TAKEN)]
            edits += _captions(front.text, item)
            if item.flow_style:
                bracket = item.end_mark.index - 1
                edits.append((len(front.text[:bracket].rstrip(" ")), bracket, ""))
    except (Unclear, yaml.YAMLError):
        return None
    return text[:start] + _edited(front.text, edits) + text[end:]


def guess_texts_before_hiding(text: str) -> Iterator[str]:
    """Yield what a text that has no core may have been before `public: false` was written somewhere in it.

    ``text`` has LF line ends and no byte order mark.
    """
    text = strip_withdrawals(text)
    try:
        start, end = find_front_matter(text)
        front = Front(text[start:end])
        hidden = [options for node in (front.root, *front.list_items()) for options in _hidden(front, node)]
    except (Unclear, yaml.YAMLError):
        return
    for edits in itertools.islice(_undoing(hidden), _MOST_TRIES):
        yield text[:start] + _edited(front.text, edits) + text[end:]


def _captions(text: str, item: Any) -> Iterator[_Edit]:
    for key, value in item.value:
        if key.value != "caption":
            continue
        start = key.end_mark.index
        if not isinstance(value, yaml.ScalarNode) or text[start] != ":":
            raise Unclear
        end, block = value.end_mark.index, value.style in ("|", ">")
        if not block and (rest := _REST.match(text, end)):
            end = rest.end()
        yield start + 1, max(start + 1, end), "\n" if block else ""


def _undoing(hidden: list[tuple[_Edit, ...]]) -> Iterator[list[_Edit]]:
    """Yield edits that undo all of it, then one, then two and so on: mostly one was written, or each."""
    for number in dict.fromkeys((len(hidden), *range(1, len(hidden)))):
        for some in itertools.combinations(hidden, number):
            yield from map(list, itertools.product(*some))


def _hidden(front: Front, mapping: Any) -> Iterator[tuple[_Edit, ...]]:
    """Yield for each `public: false` of a mapping what undoes it: nothing in its place, or "true"."""
    for key, value in mapping.value:
        if key.value == _PUBLIC and isinstance(value, yaml.ScalarNode) and value.value == "false":
            gap = next(front.find_values(mapping, (_PUBLIC,)))  # a second one is refused while reading
            yield (*gap, ""), (value.start_mark.index, value.end_mark.index, "true")


def _edited(text: str, edits: list[_Edit]) -> str:
    out, at = [], 0
    for start, end, new in sorted(edits):
        out += [text[at:start], new]
        at = max(at, end)
    return "".join((*out, text[at:]))
