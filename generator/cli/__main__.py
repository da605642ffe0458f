"""``python -m generator.cli`` is the command ``pairing``."""

from __future__ import annotations

from generator.cli.main import run

run()
