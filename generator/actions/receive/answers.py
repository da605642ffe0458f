"""Take an archivist's answers into a draft: what was in doubt becomes certain, and what hangs on it is read again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

from generator.actions.receive.draft import REQUIRED, Draft, Value
from generator.actions.receive.evidence import Desk
from generator.actions.receive.people import read_count
from generator.archive.privacy import names_person
from generator.records.models import Photo

_DIRECTIONS = {
    "host": "host",
    "visit": "visit",
    "online": "online",
    "请进来": "host",
    "走出去": "visit",
    "线上": "online",
}
_MOST = 200


class UnfitAnswer(ValueError):
    """An answer that cannot be taken; the Chinese message says what can."""


def parse_answer(desk: Desk, draft: Draft, field: str, text: str) -> Value:
    """Return what an answer means for a field. Raises :class:`UnfitAnswer`."""
    text = text.strip()
    match field:
        case "date":
            return _parse_day(text)
        case "school":
            return _one_school(desk, text, desk.programme.school_ids)
        case "partners":
            return _partners(desk, draft, text)
        case "measure":
            for measure in desk.programme.measures:
                if text in (measure.id, measure.name):
                    return measure.id
            raise UnfitAnswer("写代号，如 area-observation，或帮扶内容的全名")
        case "direction":
            if text in _DIRECTIONS:
                return _DIRECTIONS[text]
            raise UnfitAnswer("只能写 host（请进来）、visit（走出去）、online（线上）")
        case "sent" | "received" | "attendance":
            if re.fullmatch(r"[0-9]{1,4}(?:人|名)?", text) and (count := read_count(text)) is not None:
                return count
            raise UnfitAnswer("写一个数，没有就写 0")
        case _:
            return _parse_text(field, text)


def _parse_day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text) if len(text) == 10 else dt.date.fromisoformat("")
    except ValueError:
        raise UnfitAnswer("写成 2020-05-14 的样子") from None


def _one_school(desk: Desk, text: str, among: tuple[str, ...] | list[str]) -> str:
    if text in among:
        return text
    found = {each.school for each in desk.names.find(text, short=True)} & set(among)
    if len(found) == 1:
        return found.pop()
    raise UnfitAnswer("写校（园）的代号或全名")


def _partners(desk: Desk, draft: Draft, text: str) -> tuple[str, ...]:
    others = list(desk.programme.list_partners_of(draft.school))
    given = [part for part in re.split(r"[\s,，、;；\[\]]+", text) if part]
    if not given:
        raise UnfitAnswer("写对方园的代号，几所之间用逗号")
    return tuple(dict.fromkeys(_one_school(desk, part, others) for part in given))


def _parse_text(field: str, text: str) -> str:
    try:
        Photo(file="01.jpg", caption=text)
    except ValueError:
        raise UnfitAnswer(f"写一行，不超过 {_MOST} 个字") from None
    if field == "lead" and names_person(text):
        raise UnfitAnswer("像是姓名；只写职务，如 业务园长")
    return text


def settle(draft: Draft, field: str, value: Value) -> Draft:
    """Return a draft in which a field is certain. What a direction says of the numbers is filled in as well."""
    values = {**draft.values, field: value}
    if field == "direction" and value in ("host", "visit"):
        values.setdefault("sent" if value == "host" else "received", 0)
    doubts = tuple(doubt for doubt in draft.doubts if doubt.field not in values)
    unsure = {name: why for name, why in draft.unsure.items() if name != field}
    sources = {**draft.sources, field: "回答"}
    return dataclasses.replace(draft, values=values, doubts=doubts, sources=sources, unsure=unsure)


def list_open(draft: Draft) -> tuple[str, ...]:
    """Return the required fields that are still open, in the order of a record."""
    return tuple(field for field in REQUIRED if field not in draft.values)
