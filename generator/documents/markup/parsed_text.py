"""A parsed text: its tokens, laid out as safe HTML or as lines of words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from generator.documents.markup import dialect
from generator.documents.markup.invisible import remove_invisible

_TAGS = frozenset(
    {"p", "br", "hr", "ul", "ol", "li", "strong", "code", "pre", "blockquote", "a"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
)
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "li": {"value"}, "th": {"align"}, "td": {"align"}}

_RECORDS = nh3.Cleaner(
    tags=set(_TAGS),
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https"},
    url_relative="deny",
    link_rel="noopener nofollow",
)
_OWN = nh3.Cleaner(tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes={"http", "https"}, link_rel=None)

_LAST_LEVEL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text's tokens. What is made of them has passed the sanitiser, or is plain words."""

    tokens: Sequence[Token]
    parser: MarkdownIt
    cleaner: nh3.Cleaner

    def render_html(self, level: int) -> Markup:
        """Return the text as HTML that is safe on a page. level: of its highest heading; others follow without a gap."""
        rendered = self.parser.renderer.render(_demoted(self.tokens, level), self.parser.options, {})
        return Markup(self.cleaner.clean(rendered))  # noqa: S704  # sanitised

    def list_lines(self) -> Iterator[str]:
        """Yield the words of each paragraph, item and row; within a paragraph lines end as they were typed."""
        mark = ""
        row: list[str] | None = None
        for token in self.tokens:
            match token.type:
                case "list_item_open" | "list_item_close":
                    if mark:  # a number without words
                        yield mark.rstrip()
                    mark = f"{token.info}. " if token.info and token.nesting > 0 else ""
                case "tr_open":
                    row = []
                case "tr_close":
                    yield "　".join(row or ())
                    row = None
                case "inline" | "fence":
                    if row is not None:
                        row.append(join_words(token))
                    else:
                        yield mark + join_words(token)
                        mark = ""

    @property
    def words(self) -> str:
        """All words on one line."""
        return " ".join(" ".join(self.list_lines()).split())


def parse_text(text: str, mask: Callable[[str], str]) -> Text:
    """Read a text of a record.

    mask: blacks out what must not be published; it is asked again without the mark-up, which may have cut a
    secret into pieces.
    """
    parser = dialect.make_record_parser()
    tokens = parser.parse(mask(remove_invisible(text)))
    for token in tokens:
        if token.type == "fence" and token.info.strip():
            token.content = f"{token.info.strip()}\n{token.content}"
        elif token.type == "inline" and (masked := mask(seen := join_words(token))) != seen:
            token.children = [Token("text", "", 0, content=masked)]
    return Text(tokens=tokens, parser=parser, cleaner=_RECORDS)


def parse_own_text(text: str) -> Text:
    """Read a text that the archive's keepers wrote, whose links may lead within the site."""
    parser = dialect.make_own_parser()
    return Text(tokens=parser.parse(text), parser=parser, cleaner=_OWN)


def join_words(token: Token) -> str:
    """Return the words of a paragraph, a heading, a cell or a block of code."""
    if token.children is None:
        return token.content.rstrip("\n")
    return "".join("\n" if child.tag == "br" else child.content for child in token.children)


def _demoted(tokens: Sequence[Token], level: int) -> Sequence[Token]:
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    if not levels:
        return tokens
    highest, last = min(levels), level - 1
    made = []
    for token in tokens:
        if token.type == "heading_open":
            last = min(level + int(token.tag[1]) - highest, last + 1, _LAST_LEVEL)
        made.append(token.copy(tag=f"h{last}") if token.type in ("heading_open", "heading_close") else token)
    return made
