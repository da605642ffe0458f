"""Turn the Markdown of records into safe HTML with private names and numbers blacked out."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from markupsafe import Markup

from generator.archive.privacy import mask_private_words
from generator.documents import markup

_TABLE = '<div class="table-wrap" role="group" aria-label="表格" tabindex="0"><table>'


def read_text(text: str, names: Collection[str] = ()) -> markup.Text:
    """Read a text. names: private ones, blacked out like telephone and identity-card numbers."""
    return markup.parse_text(text, partial(mask_private_words, names=names))


def write_html(text: markup.Text, *, level: int = 3) -> Markup:
    """Return a text as it stands on a page. level: of its highest heading."""
    # Only the sanitiser's output holds these tags as such: what a text says of them is escaped.
    html = str(text.render_html(level))
    return Markup(html.replace("<table>", _TABLE).replace("</table>", "</table></div>"))  # noqa: S704


def render_safe_html(text: str, *, names: Collection[str] = (), level: int = 3) -> Markup:
    """Return a Markdown text as it stands on a page."""
    return write_html(read_text(text, names), level=level)


def render_own(text: str, *, level: int = 2) -> Markup:
    """Return Markdown that the archive's keepers wrote: like :func:`render_safe_html`, with links within the site.

    Its code keeps long lines, which scroll, also for who has only a keyboard.
    """
    own = str(write_html(markup.parse_own_text(text), level=level))
    return Markup(own.replace("<pre>", '<pre tabindex="0">'))  # noqa: S704  # see `write_html`
