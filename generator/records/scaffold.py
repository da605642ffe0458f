"""The prompts and marks of a record that is still to be written or looked at; the rule scaffold-unanswered refuses them."""

from __future__ import annotations

import re

UNREAD = "# 请核对："
"""Begins the comment behind a value that a program read by less than a clear label, or on a line of its own."""

CONFIRM = "（请填写：这一段分得不一定对，核对后删去这一行）"
"""Stands above a part that a program told by its tone, or that has a heading of its own in it."""

PRIVATE = "（请填写：请核对，像是写了孩子的姓名和家庭情况；改成不指名的，再删去这一行）"
"""Stands above a part that seems to tell them."""

_MARK = re.compile(rf"[ \t]*{UNREAD}(?P<why>[^\r\n]*)")


def make_prompt(label: str) -> str:
    """Return what stands in place of a field or a part: ``（请填写标题）``. ``label`` has 30 characters at most."""
    return f"（请填写{label}）"


CAPTION = make_prompt("图片说明")
"""Stands in place of a photo's caption."""


def is_prompt(text: str) -> bool:
    """Say whether a text is a prompt and nothing else."""
    return text.startswith("（请填写") and text.endswith("）")


def find_mark(line: str) -> re.Match[str] | None:
    """Return the mark at the end of a front matter's line; its group ``why`` says what is to be looked at."""
    return _MARK.search(line)
