"""Tell whether the archive has a received record already, and what the received one says differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.archive import Corpus
from generator.documents.tables.grid import abbreviate_text
from generator.records import PARTS, ActivityRecord
from generator.records.models import DIRECTIONS, Activity, Photo
from generator.records.models.activity import Staff
from generator.records.scaffold import is_prompt

_FIELDS = (
    "title", "date", "measure", "partners", "direction", "staff", "grades", "place", "attendance", "lead", "plan",
    "pairs", "public",
)  # fmt: skip
"""All but ``reported``, which says when the record came, and names to be kept secret, which are not shown."""
_SHORTEST_LINE = 4
_MOST_SHOWN = 40
_PEOPLE = {"none": "没有人", "adults": "只有成人", "children": "有幼儿", None: "没有写"}


def find_earlier(
    corpus: Corpus, received: ActivityRecord, *, packed: bool
) -> tuple[ActivityRecord, bool] | None:
    """Return the archive's version of a record, and whether it is one for certain; None where there is none.

    Certain are the same words in one month, a package's own folder with the same title, and, on one day, the same
    title with half of its lines or nearly all lines. The same day and title alone may be two activities.
    """
    school = corpus.schools.get(received.school)
    others = [other for other in (school.activities if school else ()) if other.month == received.month]
    words = read_words(received)
    if words and (same := next((other for other in others if read_words(other) == words), None)):
        return same, True
    alike = None
    for other in others:
        if other.folder[:2] != received.folder[:2]:
            continue
        shared, titled = _share_lines(received, other), has_same_title(received, other)
        if shared >= 0.8 or (titled and (shared >= 0.5 or (packed and other.key == received.key))):
            return other, True
        alike = alike or (other if titled else None)
    return (alike, False) if alike else None


def read_words(record: ActivityRecord) -> str:
    """Return all that a record's text says, without white space, headings and prompts."""
    return "".join("".join(line.split()) for line in _list_own_lines(record))


def has_same_title(one: ActivityRecord, other: ActivityRecord) -> bool:
    """Say whether two records have the same title, prompts being none."""
    if not (one.knows("title") and other.knows("title")) or is_prompt(one.data.title):
        return False
    return "".join(one.data.title.split()) == "".join(other.data.title.split())


def _list_own_lines(record: ActivityRecord) -> Iterator[str]:
    return (text for text in _list_text(record.markdown.body) if not text.startswith("## "))


def _list_text(text: str) -> Iterator[str]:
    """Yield the lines of a text that are no prompts, without the white space around them."""
    return (line for each in text.split("\n") if (line := each.strip()) and not is_prompt(line))


def _share_lines(one: ActivityRecord, other: ActivityRecord) -> float:
    """Return which part of the longer record's lines the other has as well."""
    first, second = (
        {line for line in _list_own_lines(record) if len(line) >= _SHORTEST_LINE} for record in (one, other)
    )
    return len(first & second) / max(len(first), len(second), 1)


def list_changes(
    old: ActivityRecord, new: ActivityRecord, digests: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a newer version says differently, in Chinese, and the files of the old photos that it has no more.

    digests: of the newer version's photos by file name; of one that the archive has, as it has it.
    """
    changes = [
        f"{Activity.model_fields[name].title}：{before} → {after}"
        for name in _FIELDS
        if (before := _format_field(old, name)) != (after := _format_field(new, name))
    ]
    if old.data.private != new.data.private:
        changes.append("保密姓名改了")
    changes += _compare_texts(old, new)
    pictures, gone = _compare_photos(old, new, digests)
    return (*changes, *pictures), gone


def _format_field(record: ActivityRecord, name: str) -> str:
    written = record.tree.value.get(name)
    value: Any = getattr(record.data, name) if record.knows(name) and written is not None else written
    if isinstance(value, Staff):
        return f"派出 {value.sent} 人，接待 {value.received} 人"
    if isinstance(value, bool):
        value = "是" if value else "否"
    if isinstance(value, list):
        value = "、".join(map(str, value))
    if name == "direction":
        value = DIRECTIONS.get(value, value)
    return abbreviate_text(" ".join(str(value).split()), _MOST_SHOWN) if value not in (None, "") else "没有写"


def _compare_texts(old: ActivityRecord, new: ActivityRecord) -> Iterator[str]:
    before, after = (
        {section.title: "\n".join(_list_text(section.text)) for section in each.markdown.sections}
        for each in (old, new)
    )
    found = False
    for part in (*PARTS, *(title for title in (before | after) if title not in PARTS)):
        one, other = before.get(part, ""), after.get(part, "")
        if "".join(one.split()) == "".join(other.split()):
            continue
        found = True
        lengths = [len("".join(text.split())) for text in (one, other)]
        if not one or not other:
            yield f"“{abbreviate_text(part)}”{'没有了' if one else '是新的'}（{max(lengths)} 字）"
        else:
            yield f"“{abbreviate_text(part)}”的文字改了（{lengths[0]} 字 → {lengths[1]} 字）"
    if not found and read_words(old) != read_words(new):
        yield "正文改了"


def _compare_photos(
    old: ActivityRecord, new: ActivityRecord, digests: Mapping[str, str]
) -> tuple[list[str], tuple[str, ...]]:
    before = list_photos(old)
    after = {
        digests[entry.file]: entry
        for entry in (new.data.photos if new.knows("photos") else ())
        if entry.file in digests
    }
    changes = [
        f"多了图片 {entry.file}（{_caption(entry)}）"
        for digest, entry in after.items()
        if digest not in before
    ]
    gone = [entry for digest, entry in before.items() if digest not in after]
    changes += [f"少了图片 {entry.file}（{_caption(entry)}）" for entry in gone]
    for digest in before.keys() & after.keys():
        one, other = before[digest], after[digest]
        if one.caption != other.caption:
            changes.append(f"图片 {one.file} 的说明：{_caption(one)} → {_caption(other)}")
        if (one.people, one.consent) != (other.people, other.consent):
            changes.append(f"图片 {one.file} 里的人：{_describe_people(one)} → {_describe_people(other)}")
    both = [[d for d in found if d in before and d in after] for found in (before, after)]
    if both[0] != both[1]:
        changes.append("图片的先后换了")
    return changes, tuple(entry.file for entry in gone)


def list_photos(record: ActivityRecord) -> dict[str, Photo]:
    """Return what a record of the archive says of its photos, by the digest of each, those withdrawn left out."""
    digests = {photo.name: photo.digest or photo.name for photo in record.photo_files}
    entries = record.data.photos if record.knows("photos") else ()
    return {digests.get(entry.file, entry.file): entry for entry in entries if not entry.withdrawn}


def _caption(entry: Photo) -> str:
    return abbreviate_text(" ".join(entry.caption.split()), _MOST_SHOWN)


def _describe_people(entry: Photo) -> str:
    return _PEOPLE[entry.people] + ("，监护人同意" if entry.consent else "")
