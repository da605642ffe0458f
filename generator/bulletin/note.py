"""The officer's Markdown note → passages of plain words: a safe subset that every output can lay out.

Emphasis, web links, lists, headings and quotations stay; raw HTML never passes the CommonMark renderer, of a
picture only its description is left, and of a table each row becomes a paragraph: no words are lost.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from html.parser import HTMLParser
from urllib.parse import urlsplit

import cmarkgfm

from generator.bulletin.value import Passage, Run
from generator.privacy import mask

# Control characters, and those that turn the direction of writing.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_BLOCKS = {"p", "li", "tr", "pre", *(f"h{level}" for level in range(1, 7))}
_DEEPEST = 2


def passages(markdown: str, names: Collection[str] = ()) -> tuple[Passage, ...]:
    """Return a note's passages with everything private blacked out."""
    text = _CONTROL.sub("", markdown).strip()
    reader = _Reader()
    reader.feed(cmarkgfm.markdown_to_html_with_extensions(text, 0, ["table", "strikethrough"]))
    reader.close()
    reader.end_block()
    return tuple(_masked(passage, names) for passage in reader.found)


def _masked(passage: Passage, names: Collection[str]) -> Passage:
    runs = tuple(_run(run, mask(run.text, names)) for run in passage.runs)
    whole = mask("".join(run.text for run in runs), names)
    if whole != "".join(run.text for run in runs):  # mark-up had cut a secret into pieces
        runs = (Run(text=whole),)
    return Passage(kind=passage.kind, runs=runs, mark=passage.mark, depth=passage.depth)


def _run(run: Run, text: str) -> Run:
    return Run(text=text, strong=run.strong, emphasis=run.emphasis, link=run.link)


class _Reader(HTMLParser):
    """Reads what the CommonMark renderer makes; nothing else reaches it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Passage] = []
        self._runs: list[Run] = []
        self._strong = self._emphasis = self._quotes = 0
        self._link = ""
        self._heading = self._between_cells = False
        self._lists: list[int | None] = []
        self._mark = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS or tag in ("ul", "ol", "blockquote"):
            self.end_block()
        if tag in ("strong", "th"):
            self._strong += 1
        elif tag == "em":
            self._emphasis += 1
        elif tag == "a":
            self._link = _address(given.get("href", ""))
        elif tag == "br":
            self.handle_data("\n")
        elif tag == "img":
            self.handle_data(given.get("alt", ""))
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "ul":
            self._lists.append(None)
        elif tag == "ol":
            start = given.get("start", "")
            self._lists.append(int(start) if start.isdecimal() else 1)
        elif tag == "li" and self._lists:
            number = self._lists[-1]
            self._mark = "•" if number is None else f"{number}."
            if number is not None:
                self._lists[-1] = number + 1
        elif tag[0] == "h" and tag in _BLOCKS:
            self._heading = True
        if tag == "tr":
            self._between_cells = True
        elif tag in ("th", "td"):
            self._between_cells = False
            if self._runs:
                self.handle_data("　")

    def handle_endtag(self, tag: str) -> None:
        self._between_cells = tag in ("th", "td")
        if tag in _BLOCKS or tag in ("ul", "ol", "blockquote"):
            self.end_block()
        if tag in ("strong", "th"):
            self._strong -= 1
        elif tag == "em":
            self._emphasis -= 1
        elif tag == "a":
            self._link = ""
        elif tag == "blockquote":
            self._quotes -= 1
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag[0] == "h" and tag in _BLOCKS:
            self._heading = False

    def handle_data(self, data: str) -> None:
        if not self._between_cells and (data.strip("\n") or self._runs):
            self._runs.append(
                Run(text=data, strong=self._strong > 0, emphasis=self._emphasis > 0, link=self._link)
            )

    def end_block(self) -> None:
        """Finish the passage being read, if it has words."""
        runs, self._runs = _joined(self._runs), []
        if not runs:
            return
        depth = min(max(0, len(self._lists) - 1), _DEEPEST)
        if self._heading:
            self.found.append(Passage(kind="heading", runs=runs))
        elif self._mark or self._lists:
            self.found.append(Passage(kind="item", runs=runs, mark=self._mark, depth=depth))
        else:
            self.found.append(Passage(kind="quote" if self._quotes else "paragraph", runs=runs))
        self._mark = ""


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Join neighbours of one kind. A line break between Han characters is the editor's, not the writer's."""
    found: list[Run] = []
    for run in runs:
        if found and _run(found[-1], "") == _run(run, ""):
            found[-1] = _run(run, found[-1].text + run.text)
        else:
            found.append(run)
    found = [_run(run, _one_line(run.text)) for run in found]
    while found and not found[0].text.strip():
        found.pop(0)
    while found and not found[-1].text.strip():
        found.pop()
    if found:
        found[0] = _run(found[0], found[0].text.lstrip())
        found[-1] = _run(found[-1], found[-1].text.rstrip())
    return tuple(found)


def _one_line(text: str) -> str:
    text = re.sub(r"(?<=[^\x00-\x7f])[ \t]*\n[ \t]*(?=[^\x00-\x7f]|$)", "", text)
    return re.sub(r"[ \t]*\n[ \t]*", " ", text)


def _address(href: str) -> str:
    """Return a web address, or "" for what leads anywhere else."""
    try:
        return href if urlsplit(href).scheme in ("http", "https") else ""
    except ValueError:
        return ""
