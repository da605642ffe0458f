"""Ask on a terminal what a photo shows and who is in it."""

from __future__ import annotations

import sys

import click

PEOPLE = ("none", "adults", "children")


def is_terminal() -> bool:
    """Say whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_people(shown: str) -> str:
    """Return who is in a photo, "" for later."""
    question = f"{shown}图中人物：none 没有人、adults 只有成人、children 有幼儿（以后再写就按回车）"
    while True:
        answer: str = click.prompt(question, default="", show_default=False).strip().lower()
        if answer in ("", *PEOPLE):
            return answer
        click.echo("只能写 " + "、".join(PEOPLE))


def ask_caption(shown: str) -> str | None:
    """Return a photo's caption, None for later."""
    from generator.cli.photos_messages import find_caption_problem

    while True:
        caption: str = click.prompt(f"{shown}的说明（以后再写就按回车）", default="", show_default=False)
        if not caption.strip():
            return None
        if not (problem := find_caption_problem(caption)):
            return caption.strip()
        click.echo(f"说明{problem}")
