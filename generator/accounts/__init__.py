"""What was done and what is owed: pure functions of the archive and a day."""

from __future__ import annotations
