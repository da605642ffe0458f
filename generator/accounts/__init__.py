"""Accounts of what was done and what is owed, from the archive and a day."""

from __future__ import annotations
