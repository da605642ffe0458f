"""The help of every command is for any county: it names no school, office or person of the first one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from generator.cli.main import pairing
from tests.test_three_counties import _list_words as list_words


def list_helps(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from list_helps(inner, click.Context(inner, info_name=name, parent=context))


def test_no_help_names_the_first_county() -> None:
    words = list_words()
    typed = "|".join(re.escape(word) for word in words if word.isascii())
    others = "|".join(re.escape(word) for word in words if not word.isascii())
    pattern = re.compile(rf"(?<![A-Za-z0-9-])(?:{typed})(?![A-Za-z0-9-])|{others}", re.ASCII)
    helps = dict(list_helps(pairing, click.Context(pairing, info_name="pairing")))
    assert len(helps) > 40
    assert {path: found for path, text in helps.items() if (found := pattern.findall(text))} == {}
