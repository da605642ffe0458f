"""Make a month's bulletin a message: plain text and Markdown, with the printed form for mail."""

from __future__ import annotations

import functools
from pathlib import Path

from generator.actions.notify.message import Attachment, Message
from generator.archive import Corpus
from generator.documents import safe_html
from generator.documents.bulletin import Bulletin
from generator.documents.bulletin.formats import make_document
from generator.documents.bulletin.illustrations import load_illustrations
from generator.documents.bulletin.markdown import make_markdown
from generator.documents.bulletin.phrases import format_bulletin_title
from generator.documents.bulletin.plain_text import make_plain_text


def make_bulletin_message(corpus: Corpus, value: Bulletin, root: Path, *, link: str) -> Message:
    """Return the bulletin as a message; `link` leads to its page, "" where it has none."""
    address = link or None

    @functools.cache
    def attachments() -> tuple[Attachment, ...]:
        data = make_document(value, load_illustrations(corpus, value, root), "pdf")
        return (Attachment(name=f"{value.month}.pdf", kind="application/pdf", data=data),)

    return Message(
        what="bulletin",
        month=value.month,
        title=f"{format_bulletin_title(value)}（{value.month_name}）",
        link=link,
        plain=lambda limit: make_plain_text(value, link=address, limit=limit),
        markdown=lambda limit: make_markdown(value, link=address, tables=False, limit=limit),
        html=lambda: str(safe_html.render_safe_html(make_markdown(value, link=address), level=1)),
        attachments=attachments,
    )
