"""Fuzzing of what reads other people's bytes; ``make fuzz`` for longer than the tests do."""

from __future__ import annotations
