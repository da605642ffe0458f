"""Puts a closing, an amendment or the register into the archive: each file whole, all of them or none."""

from __future__ import annotations

from pathlib import Path

from generator.actions.closing.close import Writing
from generator.actions.photos.transaction import ChangeError, Changes, changing
from generator.archive import Corpus
from generator.records.text import decode


def paths(writing: Writing) -> tuple[str, ...]:
    """Return what is written, POSIX and relative to the archive's root."""
    return tuple(f"records/bureau/{writing.year}/{name}" for name in writing.files)


def write(root: Path, corpus: Corpus, writing: Writing) -> None:
    """Write it. Raises ``ChangeError`` with everything as it was."""
    with changing(root) as changes:
        for path, text in zip(paths(writing), writing.files.values(), strict=True):
            target = root / path
            if path.endswith("/filings.yml") and (old := corpus.bureau[writing.year].filings):
                _append(changes, target, old.file.text, text)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                changes.create(target, text.encode())
        changes.carry_out()


def _append(changes: Changes, target: Path, old: str, text: str) -> None:
    data = target.read_bytes()
    if decode(target.name, data, most=len(data)).file.text != old:
        raise ChangeError(f"{target.name} 刚刚被别的程序改动了；再运行一次")
    changes.replace(target, text.encode(), old=data)
