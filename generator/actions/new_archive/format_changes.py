"""What changed in the format of records from version to version, for those who upgrade an archive."""

from __future__ import annotations

from collections.abc import Iterator

CHANGES: tuple[tuple[str, str], ...] = ()
"""Version and, in Chinese, what an archive must change by hand. Every older record has stayed valid so far."""


def list_changes(*, since: str) -> Iterator[str]:
    """Yield the changes that came after a version."""
    for version, words in CHANGES:
        if parse_version(version) > parse_version(since):
            yield f"{version} 版：{words}"


def parse_version(version: str) -> tuple[int, ...]:
    """Return a version's numbers; of what is none, none."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())
