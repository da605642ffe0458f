"""Files are put in their place whole: the old one stays until then, and nothing is left beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.plumbing import atomic


def test_a_file_takes_its_place(tmp_path: Path) -> None:
    atomic.write_file(tmp_path / "a/b/c.txt", "一\n二\n")
    assert (tmp_path / "a/b/c.txt").read_bytes() == "一\n二\n".encode()
    atomic.write_file(tmp_path / "a/b/c.txt", b"\0\r\n")
    assert (tmp_path / "a/b/c.txt").read_bytes() == b"\0\r\n"
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == ["c.txt"]


def test_what_cannot_be_written_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    atomic.write_file(tmp_path / "c.txt", "old")

    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        atomic.write_file(tmp_path / "c.txt", "new")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"c.txt": "old"}
