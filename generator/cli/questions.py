"""Take what was typed with a command, and ask on a terminal for what is missing or cannot be understood."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from generator.images.faults import Fault

_Value = TypeVar("_Value")
LATER = "（以后再写就按回车）"


class Desk:
    """Settles values one by one. Where nobody is there to ask, ``faults`` gathers what cannot be understood."""

    def __init__(self, *, asks: bool) -> None:
        self.asks = asks
        self.faults: list[Fault] = []

    def settle_value(
        self,
        question: str,
        typed: str | None,
        read: Callable[[str], _Value | Fault],
        *,
        missing: Fault | None = None,
    ) -> _Value | None:
        """Return what ``read`` makes of a text, None for what is left away or wrong.

        missing: says that the value must be there, and is the fault where it is not.
        """
        while True:
            if not typed and self.asks:
                shown = question if missing else f"{question}{LATER}"
                typed = click.prompt(shown, default="", show_default=False).strip()
            if not typed:
                if missing is None:
                    return None
                if not self.asks:
                    self.faults.append(missing)
                    return None
                click.echo(f"{missing.message}；{missing.fix}")
                continue
            value = read(typed)
            if not isinstance(value, Fault):
                return value
            if not self.asks:
                self.faults.append(value)
                return None
            click.echo(f"{value.message}；{value.fix}")
            typed = None

    def refuse_faults(self) -> None:
        """Raise a usage error that names every fault, if there is one."""
        if self.faults:
            raise click.UsageError("\n".join(f"{fault.message}；{fault.fix}" for fault in self.faults))
