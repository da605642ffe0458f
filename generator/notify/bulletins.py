"""A month's bulletin as a message: its own plain text and Markdown, and the printed form for mail."""

from __future__ import annotations

from generator.bulletin import Bulletin
from generator.bulletin.markdown import markdown
from generator.bulletin.plain_text import plain_text
from generator.bulletin.words import bulletin_title, settled
from generator.notify.message import Message
from generator.pages import body


def bulletin_message(value: Bulletin, *, link: str) -> Message:
    """Return the bulletin as a message; `link` leads to its page, "" where it has none."""
    address = link or None
    return Message(
        what="bulletin",
        month=value.month,
        title=f"{bulletin_title(value)}（{value.month_name}）",
        link=link,
        plain=lambda limit: plain_text(value, link=address, limit=limit),
        markdown=lambda limit: markdown(value, link=address, tables=False, limit=limit),
        html=lambda: str(body.render((markdown(value, link=address),), level=1)[0]),
    )


def issued(value: Bulletin) -> bool:
    """Say whether a bulletin is final and may be sent."""
    return settled(value)
