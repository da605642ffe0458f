"""Atomic files, locks, git, progress: code that knows nothing of the archive."""

from __future__ import annotations
