"""Read the text of a Word cell as a person sees it, and report each piece that is left out.

Left out are what tracked changes delete, what is hidden or crossed out, the prompts of content controls that
nobody filled in, phonetic guides, pictures, notes and fields without a result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from generator.documents.tables.docx_numbering import Numbering
from generator.documents.tables.docx_style_reading import TextStyles, W, read_switch, read_value
from generator.documents.tables.grid import STRUCK, Unread, split_lines
from generator.documents.tables.picture_fonts import SYMBOLS, is_picture_font, remove_pictures

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SYMBOL = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"
_TEXT = {f"{W}t", _MATH_TEXT}
_SIGNS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_DELETED = {f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}rubyPr"}
_PICTURES = {f"{W}drawing", f"{W}pict", f"{W}object"}
_NOTES = {f"{W}footnoteReference": "脚注", f"{W}endnoteReference": "尾注", f"{W}commentReference": "批注"}
_KNOWN = _TEXT | _PICTURES | {f"{W}sym", f"{_SYMBOL}symEx"}
# Fields that mark something and show nothing.
_SILENT = {
    "",
    "XE",
    "TC",
    "TA",
    "RD",
    "SET",
    "PRIVATE",
    "BOOKMARK",
    "ADVANCE",
    "ASK",
    "FORMTEXT",
    "HYPERLINK",
}
# An automatic 3月 says something without any words after it, an automatic 1. does not.
_UNIT = re.compile("[年月日号周季]")
_PRIVATE = range(0xE000, 0xF900)

HIDDEN = "隐藏的文字没有读"
PROMPT = "内容控件还没有填，它的提示没有读"
_PHONETIC = "注音没有读"
_LONE_NUMBER = "自动编号后面没有文字，没有读"
_UNKNOWN_NUMBER = "自动编号的样式不认得，编号没有读"
_NO_RESULT = "域（带圈字符、公式一类）没有读，请改成普通文字"


@dataclass(slots=True)
class _Field:
    """A field whose end has not come yet: its code, whether its result has begun, what a form's field shows."""

    code: str = ""
    result: bool = False
    form: str = ""
    held: list[str] = field(default_factory=list)


@dataclass(slots=True)
class CellText:
    """Takes a cell's paragraphs one by one; then ``lines`` and ``points`` are what the cell shows."""

    styles: TextStyles
    numbering: Numbering
    lines: list[str] = field(default_factory=list)
    points: set[int] = field(default_factory=set)
    _left: dict[str, list[str]] = field(default_factory=dict)
    _fields: list[_Field] = field(default_factory=list)
    _begun: str = ""

    def read_paragraph(self, paragraph: Element, *, prompt: bool = False) -> None:
        """Read a paragraph. One whose mark is deleted or hidden goes on in the next."""
        properties = paragraph.find(f"{W}pPr")
        text = self._begun + self._seen(paragraph, properties, PROMPT if prompt else "")
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if mark is not None and (
            mark.find(f"{W}del") is not None
            or mark.find(f"{W}moveFrom") is not None
            or read_switch(mark, "vanish")
        ):
            self._begun = text
            return
        self._begun = ""
        listed, level = self.styles.list_of(properties)
        if not listed:
            self.lines += split_lines(text)
            return
        number = self.numbering.count_paragraph(listed, level)
        if number is None:
            self._left.setdefault(_UNKNOWN_NUMBER, []).append("")
            number = ""
        if number and not text.strip() and not _UNIT.search(number):
            self._leave(_LONE_NUMBER, number)
            return
        if number[-1:].isalnum():
            number += " "
        if found := split_lines(number + text):
            self.points.add(len(self.lines))
            self.lines += found

    def close_cell(self, unread: Unread, *, place: str, row: int = 0, label: str = "") -> None:
        """End the cell: note what was left out of it."""
        self.lines += split_lines(self._begun)
        self._begun = ""
        for waiting in self._fields:
            self._leave(_NO_RESULT, waiting.code + "".join(waiting.held))
        for reason, words in self._left.items():
            unread.add_piece(reason, place=place, row=row, label=label, text="".join(words))

    def _leave(self, reason: str, words: str) -> None:
        if words.strip():
            self._left.setdefault(reason, []).append(words)

    def _seen(self, paragraph: Element, properties: Element | None, reason: str) -> str:
        """Return what a paragraph shows. Each element waits with the reason for which its words are left out."""
        found: list[str] = []
        waiting = [(paragraph, reason, False, False)]
        while waiting:
            element, reason, capitals, pictured = waiting.pop()
            tag = element.tag
            if tag in _TEXT:
                text = element.text or ""
                if pictured and not reason:
                    text = self._read(text)
                self._put(found, text.upper() if capitals else text, reason)
            elif tag in _SIGNS:
                self._put(found, _SIGNS[tag], reason)
            elif tag in (f"{W}sym", f"{_SYMBOL}symEx"):
                self._put(found, self._symbol(element), reason)
            elif tag in _PICTURES:
                self._draw(element, found, reason)
            elif tag in _NOTES:
                self._left.setdefault(f"{_NOTES[tag]}没有读", []).append("")
            elif tag == f"{W}fldChar":
                self._turn(element, found, reason)
            elif tag == f"{W}instrText":
                if self._fields:
                    self._fields[-1].code += element.text or ""
            elif tag == f"{_MC}AlternateContent":
                waiting += [(child, reason, capitals, pictured) for child in reversed(_chosen(element))]
            elif tag in _DELETED:
                self._delete(element)
            else:
                if tag == f"{W}r":
                    own = element.find(f"{W}rPr")
                    reason = reason or self._unseen(own, properties)
                    capitals = self.styles.is_on("caps", own, properties)
                    pictured = _is_pictured(own)
                elif tag == f"{W}rt":
                    reason = reason or _PHONETIC
                elif tag == f"{W}sdt" and is_prompt(element):
                    reason = reason or PROMPT
                waiting += [(child, reason, capitals, pictured) for child in reversed(element)]
        return "".join(found)

    def _draw(self, element: Element, found: list[str], reason: str) -> None:
        """Note a picture, or a box with text: a plan has neither."""
        words = "".join(t.text or "" for t in element.iter(f"{W}t"))
        self._left.setdefault("文本框没有读" if words.strip() else "图片或图形没有读", []).append(words)

    def _delete(self, element: Element) -> None:
        """Pass over what a tracked change deletes or moves away, and properties."""

    def mark_table(self, number: int) -> None:
        """Note where a table stands, the number-th of the file; a plan's cells lead on to it by its own place."""

    def _unseen(self, run: Element | None, paragraph: Element | None) -> str:
        if self.styles.is_on("vanish", run, paragraph):
            return HIDDEN
        struck = any(self.styles.is_on(name, run, paragraph) for name in ("strike", "dstrike"))
        return STRUCK if struck else ""

    def _put(self, found: list[str], text: str, reason: str) -> None:
        hiding = next((f for f in self._fields if not f.result), None)
        if hiding is not None:
            hiding.held.append(text)
        elif reason:
            self._left.setdefault(reason, []).append(text) if text.strip() else None
        else:
            found.append(text)

    def _symbol(self, element: Element) -> str:
        """Return a symbol that is a character of its own; those of picture fonts are noted."""
        space = W if element.tag == f"{W}sym" else _SYMBOL
        try:
            code = int(element.get(f"{space}char", ""), 16)
            sign = chr(code) if code >= 0x20 and not 0xD800 <= code < 0xE000 else ""
        except (ValueError, OverflowError):
            code, sign = 0, ""
        if sign and code not in _PRIVATE and not is_picture_font(element.get(f"{space}font", "")):
            return sign
        self._left.setdefault(SYMBOLS, []).append("")
        return ""

    def _read(self, text: str) -> str:
        """Return a text in a font of pictures without them; they are noted."""
        read = remove_pictures(text)
        if read != text:
            self._left.setdefault(SYMBOLS, []).append("")
        return read

    def _turn(self, mark: Element, found: list[str], reason: str) -> None:
        """Follow a field over its begin, separator and end; text before the separator is code."""
        kind = mark.get(f"{W}fldCharType", "")
        if kind == "begin":
            self._fields.append(_Field(form=_form_value(mark)))
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            keyword = ended.code.split(maxsplit=1)[0].upper() if ended.code.strip() else ""
            if ended.form:
                self._put(found, ended.form, reason)
            elif not ended.result and keyword not in _SILENT:
                self._leave(_NO_RESULT, ended.code)


def _is_pictured(run: Element | None) -> bool:
    fonts = run.find(f"{W}rFonts") if run is not None else None
    return fonts is not None and is_picture_font(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "")


def is_prompt(control: Element) -> bool:
    """Say whether a content control shows its prompt, because nobody filled it in."""
    return bool(read_switch(control.find(f"{W}sdtPr"), "showingPlcHdr"))


def _chosen(alternatives: Element) -> list[Element]:
    """Return the content that is shown: the first choice that this reader knows something of, else the fallback."""
    for child in alternatives:
        if child.tag == f"{_MC}Choice" and any(element.tag in _KNOWN for element in child.iter()):
            return list(child)
    return [element for child in alternatives if child.tag == f"{_MC}Fallback" for element in child]


def _form_value(mark: Element) -> str:
    """Return what an old form's field shows: the chosen entry of a list, the box that is ticked or not."""
    data = mark.find(f"{W}ffData")
    if data is None:
        return ""
    choices = data.find(f"{W}ddList")
    if choices is not None:
        entries = [entry.get(f"{W}val", "") for entry in choices.findall(f"{W}listEntry")]
        at = read_value(choices, "result") or read_value(choices, "default") or "0"
        return entries[int(at)] if at.isascii() and at.isdigit() and int(at[:4]) < len(entries) else ""
    box = data.find(f"{W}checkBox")
    if box is None:
        return ""
    ticked = read_switch(box, "checked")
    return "☑" if (read_switch(box, "default") if ticked is None else ticked) else "☐"
