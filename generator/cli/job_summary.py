"""The summary page of a GitHub Actions job."""

from __future__ import annotations

import os
from pathlib import Path


def append_to_summary(text: str) -> bool:
    """Append Markdown to the job's summary; False outside GitHub Actions, where there is none."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return False
    with Path(path).open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return True
