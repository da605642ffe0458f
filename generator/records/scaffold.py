"""The prompts that stand where a record is still to be written; the rule scaffold-unanswered refuses each of them."""

from __future__ import annotations


def make_prompt(label: str) -> str:
    """Return what stands in place of a field or a part: ``（请填写标题）``. ``label`` has 30 characters at most."""
    return f"（请填写{label}）"


CAPTION = make_prompt("图片说明")
"""Stands in place of a photo's caption."""


def is_prompt(text: str) -> bool:
    """Say whether a text is a prompt and nothing else."""
    return text.startswith("（请填写") and text.endswith("）")
