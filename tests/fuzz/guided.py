"""``python -m tests.fuzz.guided TARGET …``: one target under atheris; what follows is libFuzzer's."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["generator"]):
    from tests.fuzz.targets import load_targets, run


def main() -> None:
    """Search until libFuzzer's time is over, or it found something."""
    load_targets()
    name = sys.argv.pop(1)
    atheris.Setup(sys.argv, lambda data: run(name, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
