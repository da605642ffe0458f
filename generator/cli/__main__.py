"""``python -m generator.cli`` is the command ``pairing``."""

from __future__ import annotations

from generator.cli.entry import run

if __name__ == "__main__":
    run()
