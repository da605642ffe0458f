"""Find workflow commands in a log as the forges' runners do.

GitHub's runner (`ActionCommand.cs`) splits the log at CR, LF and CR LF, takes a line that begins with `::` after white
space for a command, else `##[` anywhere in it. Forgejo's and Gitea's and act know the same two forms at a line's start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A workflow command: ``::name key=value,…::text``, unescaped."""

    name: str
    properties: dict[str, str]
    text: str


def find_commands(log: str) -> list[Command]:
    """Return all commands that a runner would obey in a log."""
    return [found for line in re.split("\r\n|\r|\n", log) if (found := _read(line))]


def _read(line: str) -> Command | None:
    if (line := line.strip()).startswith("::") and (at := line.find("::", 2)) >= 0:
        head, text = line[2:at], line[at + 2 :]
        joined = ","
    elif (start := line.find("##[")) >= 0 and (at := line.find("]", start)) >= 0:
        head, text = line[start + 3 : at], line[at + 1 :]
        joined = ";"
    else:
        return None
    name, _, given = head.partition(" ")
    pairs = (pair.partition("=") for pair in given.split(joined) if pair)
    return Command(name=name, properties={k: _plain(v) for k, _, v in pairs}, text=_plain(text))


def _plain(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text
