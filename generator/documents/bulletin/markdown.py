"""Write a bulletin as Markdown: with tables for a repository or a forum, with lists for 钉钉, which has no tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.documents.bulletin import phrases
from generator.documents.bulletin.bulletin_content import Bulletin, Passage, TextRun
from generator.documents.bulletin.outline import (
    Block,
    Commended,
    Items,
    Paragraph,
    Quote,
    Table,
    make_outline,
)
from generator.documents.bulletin.shortening import Part, shorten_message
from generator.documents.markup.dialect import BEGINNING, ENDING

# Signs that mean something anywhere in a line, and those that do at its beginning.
_SIGNS = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)")
_BEGINS = re.compile(r"^(\s*)([#+\-=>]|\d+(?=[.)]))")


def make_markdown(
    bulletin: Bulletin, *, link: str | None = None, tables: bool = True, limit: int | None = None
) -> str:
    """Return a bulletin as CommonMark that ends with a line feed; with tables as GitHub writes them.

    link: address of the page, at the end.   tables: False makes each row an item of a list.
    limit: most bytes of UTF-8, as in :func:`generator.documents.bulletin.plain_text.make_plain_text`.
    """
    parts = [Part(key="head", text=_blocks(_head(bulletin)))]
    if bulletin.note:
        parts.append(Part(key="note", text=_blocks(["**编者按**", *_note(bulletin.note)])))
    for heading, section in make_outline(bulletin).list_headings():
        blocks = [block for each in section.blocks for block in _block(each, tables=tables)]
        parts.append(Part(key=section.key, text=_blocks([f"## {_escaped(heading)}", *blocks])))
    parts.append(Part(key="foot", text=_blocks(_foot(bulletin, link))))
    return shorten_message(parts, limit=limit, left_out="（其余内容从略，请看全文。）\n")


def _blocks(blocks: Sequence[str] | Iterator[str]) -> str:
    return "\n\n".join(blocks) + "\n"


def _head(value: Bulletin) -> Iterator[str]:
    yield f"# {_escaped(phrases.format_bulletin_title(value))}"
    yield f"{_escaped(value.issuer)}　{phrases.format_date_line(value)}"
    yield f"**{_escaped(value.title)}**"
    yield from (f"> {_escaped(notice)}" for notice in phrases.list_notices(value))
    yield _escaped(phrases.summarise_month(value))


def _foot(value: Bulletin, link: str | None) -> Iterator[str]:
    yield "---"
    if link:
        yield f"[查看全文]({_target(link)})"
    yield from map(_escaped, phrases.list_imprint_lines(value))
    yield _escaped(f"{value.issuer}　{phrases.format_printed_line(value)}")


def _note(passages: Sequence[Passage]) -> Iterator[str]:
    items: list[str] = []
    for passage in passages:
        lines = "".join(_runs(passage.runs)).split("\n")
        # Two spaces before its end break a line in CommonMark.
        text = "  \n".join(map(_at_beginning, lines))
        if passage.kind == "item":
            indent = "   " * passage.depth
            mark = f"{passage.mark} " if passage.mark[:1].isdecimal() else "- "
            items.append(indent + mark + text.replace("\n", f"\n{indent}   "))
            continue
        if items:
            yield "\n".join(items)
            items = []
        match passage.kind:
            case "heading":
                yield f"### {text}"
            case "quote":
                yield f"> {text}".replace("\n", "\n> ")
            case _:
                yield text
    if items:
        yield "\n".join(items)


def _runs(runs: Sequence[TextRun]) -> Iterator[str]:
    for strong, group in groupby(runs, lambda run: run.strong):
        text = "".join(map(_linked, group))
        inner = text.strip()
        # Bold that begins or ends with a space is none in CommonMark.
        # Nor does bold begin with a comma or end with an opening bracket, as the dialect has it.
        bold = strong and inner and inner[0] not in ENDING and inner[-1] not in BEGINNING
        yield text.replace(inner, f"**{inner}**", 1) if bold else text


def _linked(run: TextRun) -> str:
    text = _escaped_within(run.text)
    return f"[{text}]({_target(run.link)})" if run.link else text


def _target(link: str) -> str:
    return re.sub(r"[\s<>()\\]", lambda match: f"%{ord(match[0]):02X}", link)


def _escaped(text: str) -> str:
    return _at_beginning(_escaped_within(text))


def _escaped_within(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text)


def _at_beginning(text: str) -> str:
    match = _BEGINS.match(text)
    if match is None:
        return text
    # A number is no list when the sign behind it is escaped; any other sign is escaped itself.
    place = match.end() if match[2].isdecimal() else match.start(2)
    return f"{text[:place]}\\{text[place:]}"


def _block(block: Block, *, tables: bool) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _escaped(block.text)
        case Items():
            yield "\n".join(f"- {_escaped(line)}" for line in block.lines)
        case Quote():
            yield f"> {_escaped(block.text)}{_escaped_within(block.source)}"
        case Commended():
            yield f"**{_escaped_within(block.title)}**（{_escaped_within(block.meta)}）"
            yield _escaped(block.remark)
        case Table():
            for group in block.groups:
                if group.title:
                    yield f"**{_escaped_within(group.title)}**（{_escaped_within(group.aside)}）"
                if tables:
                    yield _table(block, [row.cells for row in group.rows])
                else:
                    yield "\n".join(f"- {_escaped(row.line)}" for row in group.rows)


def _table(table: Table, rows: Sequence[Sequence[str]]) -> str:
    head = [_escaped_within(column.title) for column in table.columns]
    rule = [":-:" if column.centred else "---" for column in table.columns]
    cells = [[_escaped_within(cell) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *cells))
