"""Bring the files that the program gave an archive to this version; what the county changed itself stays."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator import __version__
from generator.actions.new_archive.given_files import PIN, list_given_files
from generator.actions.new_archive.manifest import Manifest, digest, write_manifest
from generator.actions.transaction import open_transaction

_OURS = frozenset({"README.md", "mkdocs.yml", ".github/CODEOWNERS"})
"""Given once, to be filled in by the county: a newer program never touches them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """What an upgrade does, paths in order. ``kept``: changed by the county, and by the program since.

    since: the version that the archive was given its files by.
    """

    since: str
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether the archive is up to date."""
        return not (self.added or self.replaced or self.removed) and self.since == __version__


def plan_upgrade(root: Path, manifest: Manifest) -> Upgrade:
    """Return what would change. Raises MissingFilesError, OSError."""
    given = list_given_files()
    added: list[str] = []
    replaced: list[str] = []
    removed: list[str] = []
    kept: list[str] = []
    for name, data in given.items():
        path, noted = root / name, manifest.files.get(name)
        if name in _OURS:
            continue
        if not path.is_file():
            if noted is None:
                added.append(name)  # what the county deleted stays deleted
            continue
        there = digest(path.read_bytes())
        if there == digest(data):
            continue
        if there == noted or name == PIN:
            replaced.append(name)
        elif noted != digest(data):
            kept.append(name)
    for name, noted in manifest.files.items():
        path = root / name
        if name not in given and name not in _OURS and path.is_file():
            (removed if digest(path.read_bytes()) == noted else kept).append(name)
    return Upgrade(
        since=manifest.version,
        added=tuple(added),
        replaced=tuple(replaced),
        removed=tuple(removed),
        kept=tuple(kept),
    )


def carry_out_upgrade(root: Path, upgrade: Upgrade) -> None:
    """Write what an upgrade adds and replaces and remove what it removes, all or nothing.

    Raises ChangeError, MissingFilesError, OSError.
    """
    given = list_given_files()
    with open_transaction(root) as changes:
        for name in upgrade.added:
            changes.add_file(root / name, given[name])
        for name in upgrade.replaced:
            changes.replace_file(root / name, given[name])
        for name in upgrade.removed:
            changes.remove_file(root / name)
        changes.carry_out()
    write_manifest(root, given)
