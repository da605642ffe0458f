"""What knows nothing of the archive: atomic files, locks, git, progress."""

from __future__ import annotations
