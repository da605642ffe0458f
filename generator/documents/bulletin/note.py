"""Read the officer's Markdown note as passages of plain words, which every format lays out.

Bold, web links, lists, headings and quotations stay. Of a table each row becomes a paragraph: no words are lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from markdown_it.token import Token

from generator.archive.privacy import mask_private_words
from generator.documents import markup
from generator.documents.bulletin.bulletin_content import Passage, TextRun

_DEEPEST = 2
_BULLET = "•"


def read_passages(markdown: str, names: Collection[str] = ()) -> tuple[Passage, ...]:
    """Return a note's passages with everything private blacked out."""
    return tuple(_passages(markup.parse_text(markdown, partial(mask_private_words, names=names)).tokens))


def _passages(tokens: Sequence[Token]) -> Iterator[Passage]:
    lists = quotations = 0
    heading = head = False
    mark = ""
    row: list[TextRun] | None = None
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                lists += 1
            case "bullet_list_close" | "ordered_list_close":
                lists -= 1
            case "list_item_open" | "list_item_close":
                if mark not in ("", _BULLET):  # a number without words
                    yield Passage(kind="item", runs=(), mark=mark, depth=min(lists - 1, _DEEPEST))
                mark = "" if token.nesting < 0 else f"{token.info}." if token.info else _BULLET
            case "blockquote_open":
                quotations += 1
            case "blockquote_close":
                quotations -= 1
            case "heading_open" | "heading_close":
                heading = token.nesting > 0
            case "tr_open":
                row = []
            case "th_open" | "td_open":
                head = token.tag == "th"
                if row:
                    row.append(TextRun(text="　", strong=head))
            case "inline" if row is not None:
                row += (replace(run, strong=head or run.strong) for run in _runs(token))
            case "inline" | "fence" | "tr_close":
                runs = _joined(row if row is not None else _runs(token))
                row = None
                if not any(run.text.strip() for run in runs):
                    continue
                # Every output has an indent of its own.
                runs = (replace(runs[0], text=runs[0].text.lstrip()), *runs[1:])
                if heading and not mark:
                    yield Passage(kind="heading", runs=runs)
                elif lists:
                    yield Passage(kind="item", runs=runs, mark=mark, depth=min(lists - 1, _DEEPEST))
                else:
                    yield Passage(kind="quote" if quotations else "paragraph", runs=runs)
                mark = ""


def _runs(token: Token) -> Iterator[TextRun]:
    strong, link = False, ""
    for child in token.children or (Token("text", "", 0, content=markup.join_words(token)),):
        if child.nesting == 0:
            yield TextRun(text="\n" if child.tag == "br" else child.content, strong=strong, link=link)
        elif child.tag == "strong":
            strong = child.nesting > 0
        elif child.tag == "a":
            link = str(child.attrGet("href") or "") if child.nesting > 0 else ""


def _joined(runs: Iterable[TextRun]) -> tuple[TextRun, ...]:
    """Join neighbours that look alike."""
    groups = groupby((run for run in runs if run.text), lambda run: (run.strong, run.link))
    return tuple(
        TextRun(text="".join(run.text for run in group), strong=strong, link=link)
        for (strong, link), group in groups
    )
