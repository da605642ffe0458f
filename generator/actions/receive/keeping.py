"""Keep in a newer version of a record what only the archive knows: settled values, the bureau's settings, tombstones."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from generator.actions.photos.paths import RECORD
from generator.actions.receive.draft import FIELDS, Draft, Value
from generator.actions.receive.record_text import format_part, prompt
from generator.records import PARTS, ActivityRecord, parse_activity
from generator.records.key_order import order_keys
from generator.records.models import Photo
from generator.records.photo_lines import Entry, Unclear, find_front_matter, format_scalar, write_photos
from generator.records.scaffold import CONFIRM, UNREAD, is_prompt

_SET = ("pairs", "public", "private")
"""What the bureau sets in a record, and no report or package says."""


def complete_draft(draft: Draft, old: ActivityRecord) -> Draft:
    """Return a draft with what the archive has settled where the report leaves it open or in doubt."""
    values, unsure, sources = dict(draft.values), dict(draft.unsure), dict(draft.sources)
    for field, known in _list_settled(old).items():
        if field not in values or field in unsure:
            values[field] = known
            sources[field] = "档案里原来写的"
            unsure.pop(field, None)
    there = {section.title: section.text for section in old.markdown.sections}
    guessed = frozenset(
        part
        for part in draft.guessed
        if CONFIRM in there.get(part, CONFIRM)
        or there[part].split() != format_part(draft.sections[part]).split()
    )
    doubts = tuple(doubt for doubt in draft.doubts if doubt.field not in values)
    return dataclasses.replace(
        draft, values=values, unsure=unsure, sources=sources, doubts=doubts, guessed=guessed
    )


def _list_settled(old: ActivityRecord) -> dict[str, Value]:
    data = old.data
    found: dict[str, Value | None] = {
        "title": data.title, "date": data.date, "measure": data.measure, "partners": tuple(data.partners),
        "direction": data.direction, "sent": data.staff.sent, "received": data.staff.received,
        "grades": tuple(data.grades), "place": data.place, "attendance": data.attendance, "lead": data.lead, "plan": data.plan,
    }  # fmt: skip
    settled: dict[str, Value] = {}
    for field in FIELDS:
        value, name = found.get(field), "staff" if field in ("sent", "received") else field
        if value is None or value == () or not old.knows(name):
            continue
        open_still = is_prompt(str(value)) or UNREAD in old.file.read_line(old.find_span(name).line)
        if not open_still:
            settled[field] = value
    return settled


def keep_parts(text: str, draft: Draft, old: ActivityRecord) -> str:
    """Return a draft's record with the archive's text in each part that the report does not have."""
    there = {section.title: section.text.strip() for section in old.markdown.sections}
    for part in PARTS:
        if part not in draft.sections and there.get(part):
            text = text.replace(f"## {part}\n\n{prompt(part)}", f"## {part}\n\n{there[part]}")
    return text


def keep_tombstones(key: str, text: bytes, old: ActivityRecord) -> bytes | None:
    """Return a record's text with the entries of photos that were withdrawn; None where they do not fit in."""
    gone = [photo for photo in old.data.photos if photo.withdrawn]
    if not gone:
        return text
    path = f"records/{key}/{RECORD}"
    record, _ = parse_activity(path, text)
    names = {photo.file.lower() for photo in record.data.photos} if record else set()
    if any(photo.file.lower() in names for photo in gone):
        return None
    return write_photos(path, text, added=[_write_tombstone(photo) for photo in gone])[0]


def _write_tombstone(photo: Photo) -> Entry:
    entry = _say(photo)
    if photo.withdrawn is None:
        return entry
    stone = photo.withdrawn
    told = {"date": stone.date.isoformat(), "reason": stone.reason, "digest": stone.digest}
    return {**entry, "withdrawn": told}


def _say(photo: Photo) -> dict[str, str]:
    said = {"file": photo.file, "caption": photo.caption}
    if photo.people:
        said["people"] = photo.people
    if photo.consent:
        said["consent"] = "true"
    if photo.taken:
        said["taken"] = photo.taken.isoformat()
    if not photo.public:
        said["public"] = "false"
    return said


def keep_settings(
    key: str,
    text: bytes,
    old: ActivityRecord,
    digests: Mapping[str, str],
    known: Mapping[str, Photo],
    *,
    draft: Draft | None,
) -> bytes | None:
    """Return a record's text with the bureau's settings, of the record and of each photo that the archive has.

    Returns None where they cannot be written in.

    digests: of the record's photos by file name.   known: the archive's photos by digest.   draft: where the record is
    made of a report, which says less of a photo than the archive does.
    """
    path = f"records/{key}/{RECORD}"
    record, _ = parse_activity(path, text)
    if record is None or not record.knows("photos"):
        return None
    changed: dict[int, Entry] = {}
    for index, entry in enumerate(record.data.photos):
        before = known.get(digests.get(entry.file, ""))
        if before and (said := _list_kept(before, entry, draft)):
            changed[index] = said
    written, _ = write_photos(path, text, changed=changed)
    return None if written is None else _add_fields(path, written, record, old)


def _list_kept(before: Photo, entry: Photo, draft: Draft | None) -> dict[str, str]:
    """Return what the archive says of a photo and its newer version's entry does not."""
    said: dict[str, str] = {} if before.public else {"public": "false"}
    if draft is None:
        return said
    if entry.people in (None, before.people):
        said |= {name: value for name, value in _say(before).items() if name in ("people", "consent")}
    if before.taken:
        said["taken"] = before.taken.isoformat()
    if (is_prompt(entry.caption) or "图片" in draft.unsure) and not is_prompt(before.caption):
        said["caption"] = before.caption
    return said


def _add_fields(path: str, text: bytes, record: ActivityRecord, old: ActivityRecord) -> bytes | None:
    if not old.data.public and record.tree.value.get("public", "false") != "false":
        return None  # what the bureau keeps back is not published by a newer version
    lines = {}
    for name in _SET:
        value = old.tree.value.get(name)
        if value is None or name in record.tree.value or not old.knows(name):
            continue
        if isinstance(value, list):
            lines[name] = f"[{', '.join(format_scalar(str(each)) for each in value)}]"
        else:
            lines[name] = str(value)  # public: true or false
    if not lines:
        return text
    try:
        written = text.decode("utf-8")
        start, end = find_front_matter(written)
    except (UnicodeDecodeError, Unclear):
        return None
    front = written[start:end] + "".join(f"{name}: {value}\n" for name, value in lines.items())
    read, _ = parse_activity(path, f"{written[:start]}{front}{written[end:]}".encode())
    if read is None or any(read.tree.value.get(name) != old.tree.value[name] for name in lines):
        return None
    return f"{written[:start]}{order_keys('activity', front, read.tree)}{written[end:]}".encode()
