"""Stand in for nh3 in the preview of a draft, where its compiled module cannot run.

The site itself is never built with it. It does what `generator/documents/markup/parsed_text.py` asks of nh3, for
HTML that markdown-it wrote without taking any from the text, and keeps nothing but what is listed; the page that
shows a preview does so in a frame without scripts. A test compares both.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

_VOID = frozenset({"br", "hr"})


class Cleaner:
    """Keep the tags, attributes and schemes of links that are listed, and the words of all else."""

    def __init__(
        self,
        *,
        tags: set[str],
        attributes: Mapping[str, set[str]],
        url_schemes: set[str],
        url_relative: str = "pass",
        link_rel: str | None = None,
    ) -> None:
        self.tags = frozenset(tags)
        self.attributes = attributes
        self.schemes = tuple(f"{scheme}:" for scheme in sorted(url_schemes))
        self.relative = url_relative != "deny"
        self.rel = link_rel

    def clean(self, html: str) -> str:
        """Return HTML as nh3 writes it."""
        writer = _Writer(self)
        writer.feed(html)
        writer.close()
        return "".join(writer.made)

    def allows(self, url: str) -> bool:
        """Say whether a link may lead to an address."""
        start = url.strip().lower()
        return start.startswith(self.schemes) or (self.relative and ":" not in start.partition("/")[0])


class _Writer(HTMLParser):
    def __init__(self, cleaner: Cleaner) -> None:
        super().__init__(convert_charrefs=True)
        self.cleaner = cleaner
        self.made: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.cleaner.tags:
            return
        listed = self.cleaner.attributes.get(tag, ())
        kept = [(name, value or "") for name, value in attrs if name in listed]
        kept = [(name, value) for name, value in kept if name != "href" or self.cleaner.allows(value)]
        if tag == "a" and self.cleaner.rel:
            kept.append(("rel", self.cleaner.rel))
        written = "".join(f' {name}="{_quote(value)}"' for name, value in kept)
        self.made.append(f"<{tag}{written}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.cleaner.tags and tag not in _VOID:
            self.made.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.made.append(escape(data, quote=False).replace("\N{NO-BREAK SPACE}", "&nbsp;"))


def _quote(value: str) -> str:
    return value.replace("&", "&amp;").replace("\N{NO-BREAK SPACE}", "&nbsp;").replace('"', "&quot;")
