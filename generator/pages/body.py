"""Markdown of records → sanitised HTML: an explicit list of what may pass, everything else is dropped.

Raw HTML never passes the CommonMark renderer, and what it makes passes the sanitiser, so that a page
shows a record's words, lists, tables and web links and nothing that runs, loads or leads astray.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Sequence

import cmarkgfm
import nh3
from markupsafe import Markup

from generator.privacy import mask

_TAGS = frozenset(
    {"p", "br", "hr", "ul", "ol", "li", "strong", "em", "del", "code", "pre", "blockquote", "a", "wbr"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
)
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}}
_EXTENSIONS = ["table", "strikethrough"]

_RECORDS = nh3.Cleaner(
    tags=set(_TAGS),
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https"},
    url_relative="deny",
    link_rel="noopener nofollow",
)
_OWN = nh3.Cleaner(tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes={"http", "https"}, link_rel=None)

# Paragraphs without a sign that means anything in Markdown or HTML: most of what schools write. What the
# renderer makes of them is known, so it is not asked (a test compares the two).
_PROSE = re.compile(
    r"\n*(?:(?:[^\W\d_]|[“‘（《【「])[^\x00-\x1f\\`*_\[\]<>&!~|\"\x7f\u202a-\u202e\u2066-\u2069]*(?<! )(?:\n+|\Z))+"
)
# Control characters are no HTML, and those that turn the direction of writing turn the page around them.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_BLANK = re.compile(r"\n{2,}")

# Raw HTML cannot pass the renderer, so no text can forge this mark between two texts.
_BETWEEN = "<wbr>"
_IMAGE = re.compile(r'<img src="[^"]*" alt="([^"]*)"(?: title="[^"]*")? />')
_TAG = re.compile(r"<[^>]*>")
_PLAIN = re.compile(r"</?(?:p|ul|ol|li|strong|em|h[1-6]|blockquote|wbr|br /|hr /)>")
_HEADING = re.compile(r"<(/?)h([1-6])>")
_LAST_LEVEL = 6
_LINE = "¦"


def render(texts: Sequence[str], *, names: Collection[str] = (), level: int = 3) -> tuple[Markup, ...]:
    """Return each Markdown text as HTML that is safe on a page.

    names: private names, blacked out like phone and identity-card numbers.
    level: of the highest heading within a text; deeper ones follow without a gap.
    """
    masked = [mask(text, names) for text in texts]
    marked = iter(_marked([text for text in masked if not _is_prose(text)], names, level))
    # Prose holds no sign of mark-up that could lead anywhere.
    return tuple([Markup(_paragraphs(t) if _is_prose(t) else next(marked)) for t in masked])  # noqa: S704


def _marked(texts: Sequence[str], names: Collection[str], level: int) -> list[str]:
    """Return texts with mark-up as sanitised HTML; together, since a call costs more than its work."""
    joined = _BETWEEN.join(map(_html, texts))
    # The renderer's own plain tags, without any attribute, are all that most records have; what holds
    # nothing else needs no sanitiser, which takes longer than all the rest of a page's text.
    words = _PLAIN.sub("", joined)
    if "<" in words:
        joined = _RECORDS.clean(joined)
        words = _TAG.sub("", joined)
    words = html.unescape(words.replace("\n", _LINE))
    secret = mask(words, names) != words
    return [_finish(part, names, level, secret=secret) for part in joined.split(_BETWEEN)]


def render_own(text: str, *, level: int = 2) -> Markup:
    """Return Markdown that the archive's keepers wrote: like :func:`render`, with links within the site.

    Its code keeps long lines, which scroll, also for who has only a keyboard.
    """
    shown = _finish(_OWN.clean(_html(text)), (), level, secret=False)
    return Markup(shown.replace("<pre>", '<pre tabindex="0">'))  # noqa: S704  # sanitised


def summary(texts: Iterable[str], names: Collection[str] = (), *, limit: int = 80) -> str:
    """Return the first words of Markdown texts as plain text, masked, for descriptions and feeds."""
    for text in texts:
        words = " ".join(_visible(_html(text)).split())
        if words:
            words = mask(words, names)
            return words if len(words) <= limit else words[: limit - 1].rstrip("，、；：") + "…"
    return ""


def _html(text: str) -> str:
    if _is_prose(text):
        return _paragraphs(text)
    text = _CONTROL.sub("", text)
    rendered: str = cmarkgfm.markdown_to_html_with_extensions(text, 0, _EXTENSIONS)
    # A record's pictures are its photos; of any other only the description stays.
    return _IMAGE.sub(r"\1", rendered) if "<img" in rendered else rendered


def _is_prose(text: str) -> bool:
    return not text or _PROSE.fullmatch(text) is not None


def _paragraphs(prose: str) -> str:
    return "".join([f"<p>{p}</p>\n" for p in _BLANK.split(prose.strip("\n"))]) if prose else ""


def _visible(rendered: str) -> str:
    return html.unescape(_TAG.sub("", rendered))


def _lines(rendered: str) -> str:
    # Cells and paragraphs end with a line feed, which must not join the figures of a table into a number.
    return _visible(rendered.replace("\n", _LINE))


def _finish(rendered: str, names: Collection[str], level: int, *, secret: bool) -> str:
    if secret and (seen := _lines(rendered)) != (masked := mask(seen, names)):
        # A secret that mark-up had cut into pieces: the words without the mark-up can be masked.
        lines = (line.strip() for line in masked.split(_LINE))
        return "".join(f"<p>{html.escape(line)}</p>\n" for line in lines if line)
    if "<h" in rendered:
        rendered = _demote(rendered, level)
    if "<table>" in rendered:
        opening = '<div class="table-wrap" role="group" aria-label="表格" tabindex="0"><table>'
        rendered = rendered.replace("<table>", opening).replace("</table>", "</table></div>")
    return rendered


def _demote(rendered: str, level: int) -> str:
    levels = [int(match[2]) for match in _HEADING.finditer(rendered)]
    if not levels:
        return rendered
    highest, last, closing = min(levels), level - 1, 0

    def demoted(match: re.Match[str]) -> str:
        nonlocal last, closing
        if match[1]:
            return f"</h{closing}>"
        last = closing = min(level + int(match[2]) - highest, last + 1, _LAST_LEVEL)
        return f"<h{closing}>"

    return _HEADING.sub(demoted, rendered)
