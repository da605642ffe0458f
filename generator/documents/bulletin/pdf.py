"""Write a bulletin as PDF: its outline as data for one Typst template, set with the fonts beside it and no others.

The same value, photos, template, fonts and version of Typst give the same bytes on every machine: nothing is
read from the system, and no time is written. Nothing of a record is ever part of the template's text.
"""

from __future__ import annotations

import dataclasses
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.documents.bulletin import phrases, typesetting
from generator.documents.bulletin.bulletin_content import Bulletin
from generator.documents.bulletin.illustrations import Illustration
from generator.documents.bulletin.outline import (
    Block,
    Commended,
    Items,
    Paragraph,
    Quote,
    Table,
    make_outline,
)
from generator.documents.bulletin.typesetting import FONTS, format_code_point, mark_undrawable

TEMPLATE = Path(__file__).with_name("bulletin.typ")


def make_pdf(bulletin: Bulletin, photos: Mapping[str, Illustration]) -> bytes:
    """Return a bulletin as a tagged PDF. ``photos`` go by the commended activities' keys.

    A character that no font has becomes 〓, and a note at the end gives its number.
    """
    missing: set[str] = set()
    data = _drawable(_data(bulletin, photos), missing)
    if missing:
        data["missing"] = (
            f"注：字库中没有的字以“〓”代替：{'、'.join(map(format_code_point, sorted(missing)))}。"
        )
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for key, photo in photos.items():
            (folder / _name(key)).write_bytes(photo.jpeg)
        return typesetting.compile_pdf(folder / TEMPLATE.name, FONTS)


def find_undrawable(bulletin: Bulletin) -> tuple[str, ...]:
    """Return the characters of a bulletin that no font of the PDF has."""
    missing: set[str] = set()
    _drawable(_data(bulletin, {}), missing)
    return tuple(sorted(missing))


def _name(key: str) -> str:
    return f"{key.replace('/', '-')}.jpg"


def _drawable(value: object, missing: set[str]) -> dict[str, object]:
    """Return the data with every text made drawable."""

    def each(part: object) -> object:
        if isinstance(part, str):
            return mark_undrawable(part, missing)
        if isinstance(part, dict):
            return {key: each(item) for key, item in part.items()}
        if isinstance(part, list | tuple):
            return [each(item) for item in part]
        return part

    made = each(value)
    assert isinstance(made, dict)  # noqa: S101  # what `_data` returns
    return made


def _data(value: Bulletin, photos: Mapping[str, Illustration]) -> dict[str, object]:
    return {
        "document-title": f"{phrases.format_bulletin_title(value)}（{value.month_name}）",
        "keywords": [value.county, value.name, value.month],
        "name": value.name,
        "number": phrases.format_issue_number(value),
        "issuer": value.issuer,
        "date": phrases.format_date_line(value),
        "printed": phrases.format_printed_line(value),
        "title": value.title,
        "notices": phrases.list_notices(value),
        "summary": phrases.summarise_month(value),
        "note": [dataclasses.asdict(passage) for passage in value.note],
        "sections": [
            {"heading": heading, "blocks": [_block(block, photos) for block in section.blocks]}
            for heading, section in make_outline(value).list_headings()
        ],
        "imprint": phrases.list_imprint_lines(value),
        "missing": "",
    }


def _block(block: Block, photos: Mapping[str, Illustration]) -> dict[str, object]:
    match block:
        case Table():
            groups = [
                {"title": group.title, "aside": group.aside, "rows": [row.cells for row in group.rows]}
                for group in block.groups
            ]
            columns = [dataclasses.asdict(column) for column in block.columns]
            return {"kind": "table", "columns": columns, "groups": groups}
        case Commended(key=key) if key in photos:
            photo = {"photo": _name(key), "alt": photos[key].caption}
            return {"kind": "commended"} | dataclasses.asdict(block) | photo
    kinds: dict[type, str] = {
        Paragraph: "paragraph",
        Items: "items",
        Quote: "quote",
        Commended: "commended",
    }
    return {"kind": kinds[type(block)]} | dataclasses.asdict(block)
