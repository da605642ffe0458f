"""Write a bulletin as plain text, for group messages in 钉钉 or 微信 and to be copied."""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.bulletin import phrases
from generator.documents.bulletin.bulletin_content import Bulletin, Passage
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


def make_plain_text(bulletin: Bulletin, *, link: str | None = None, limit: int | None = None) -> str:
    """Return a bulletin as text that ends with a line feed.

    link: address of the page, at the end.   limit: most bytes of UTF-8 that the receiver takes; whole sections
    are then left out, the least urgent first, and a line says so.
    """
    parts = [Part(key="head", text=_joined(_head(bulletin)))]
    if bulletin.note:
        parts.append(Part(key="note", text=_joined(["【编者按】", *map(_passage, bulletin.note)])))
    for heading, section in make_outline(bulletin).list_headings():
        lines = [heading, *(line for block in section.blocks for line in _block(block))]
        parts.append(Part(key=section.key, text=_joined(lines)))
    parts.append(Part(key="foot", text=_joined(_foot(bulletin, link))))
    return shorten_message(parts, limit=limit, left_out="（其余内容从略，请看全文。）\n")


def _joined(lines: list[str] | Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _head(value: Bulletin) -> Iterator[str]:
    yield phrases.format_bulletin_title(value)
    yield f"{value.issuer}　{phrases.format_date_line(value)}"
    yield ""
    yield value.title
    yield from (f"（{notice}）" for notice in phrases.list_notices(value))
    yield phrases.summarise_month(value)


def _foot(value: Bulletin, link: str | None) -> Iterator[str]:
    if link:
        yield f"全文：{link}"
    yield from phrases.list_imprint_lines(value)
    yield f"{value.issuer}　{phrases.format_printed_line(value)}"


def _passage(passage: Passage) -> str:
    text = "".join(
        f"{run.text}（{run.link}）" if _foreign(run.text, run.link) else run.text for run in passage.runs
    )
    match passage.kind:
        case "item":
            indent = "　" * passage.depth
            return indent + f"{passage.mark} {text}".strip().replace("\n", f"\n{indent}　")
        case "quote":
            return f"> {text}".replace("\n", "\n> ")
        case _:
            return text


def _foreign(text: str, link: str) -> bool:
    return bool(link) and link != text


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield block.text
        case Items():
            yield from (f"· {line}" for line in block.lines)
        case Quote():
            yield f"“{block.text}”{block.source}"
        case Commended():
            yield f"· {block.meta}：{block.title}"
            yield f"　{block.remark}"
        case Table():
            for group in block.groups:
                if group.title:
                    yield f"【{group.title}】{group.aside}"
                yield from (f"· {row.line}" for row in group.rows)
