"""Read a Word file's styles: which text they hide, cross out or set in capitals, and which list it belongs to.

ECMA-376 part 1, 17.7.3: these properties toggle. What a run says itself holds; else a paragraph's and a
character's style that both say it cancel each other out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TOGGLES = ("vanish", "strike", "dstrike", "caps")
_OFF = ("0", "false", "off", "none")
_DEEPEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyles:
    """Styles by id, each with its ancestors' properties; ``default`` is the paragraphs' default style."""

    toggles: Mapping[str, Mapping[str, bool]]
    lists: Mapping[str, tuple[str, int]]
    default: str = ""

    def is_on(self, name: str, run: Element | None, paragraph: Element | None) -> bool:
        """Say whether a property holds for a run of a paragraph; both are given by their properties."""
        own = read_switch(run, name)
        if own is not None:
            return own
        styles = (read_value(run, "rStyle"), read_value(paragraph, "pStyle") or self.default)
        return sum(self.toggles.get(style, {}).get(name, False) for style in styles) == 1

    def list_of(self, paragraph: Element | None) -> tuple[str, int]:
        """Return the list (numId) and the level that a paragraph belongs to; the list is "" for none."""
        own = paragraph.find(f"{W}numPr") if paragraph is not None else None
        number, level = self.lists.get(read_value(paragraph, "pStyle") or self.default, ("", 0))
        if own is not None:
            number = read_value(own, "numId") or number
            level = _level(read_value(own, "ilvl"), level)
        return ("" if number == "0" else number), level


def read_switch(properties: Element | None, name: str) -> bool | None:
    """Return what properties say of a switch, None where they say nothing."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return None if found is None else found.get(f"{W}val", "true").lower() not in _OFF


def read_value(properties: Element | None, name: str) -> str:
    """Return a property's value, "" where there is none."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return "" if found is None else found.get(f"{W}val", "")


def read_styles(root: Element | None) -> TextStyles:
    """Return the styles of a styles part, none where the file has no such part."""
    styles = {} if root is None else {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
    toggles: dict[str, dict[str, bool]] = {}
    lists: dict[str, tuple[str, int]] = {}
    default = ""
    for name, style in styles.items():
        said: dict[str, bool] = {}
        number, level = "", 0
        for ancestor in reversed(list(_ancestry(style, styles))):
            properties = ancestor.find(f"{W}rPr")
            said |= {key: on for key in _TOGGLES if (on := read_switch(properties, key)) is not None}
            if (listed := ancestor.find(f"{W}pPr/{W}numPr")) is not None:
                number = read_value(listed, "numId") or number
                level = _level(read_value(listed, "ilvl"), level)
        toggles[name] = said
        lists[name] = number, level
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0").lower() not in _OFF:
            default = name
    return TextStyles(toggles=toggles, lists=lists, default=default)


def _ancestry(style: Element, styles: Mapping[str, Element]) -> Iterator[Element]:
    """Yield a style and what it is based on; a chain that never ends is cut."""
    for _ in range(_DEEPEST):
        yield style
        base = styles.get(read_value(style, "basedOn"))
        if base is None:
            return
        style = base


def _level(text: str, otherwise: int) -> int:
    return min(int(text), 8) if text.isascii() and text.isdigit() else otherwise
