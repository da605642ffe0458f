"""A lock is one process's, is waited for or refused, and ends with its process, even a killed one."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.plumbing import locks

HOLDER = """
import sys, time
from pathlib import Path
from generator.plumbing import locks
with locks.hold_lock(Path(sys.argv[1])) as held:
    print(held, flush=True)
    time.sleep(float(sys.argv[2]))
"""


@contextmanager
def held_elsewhere(path: Path, seconds: float = 60) -> Iterator[subprocess.Popen[bytes]]:
    """Let another process hold the path while the block runs, or for so many seconds."""
    command = [sys.executable, "-c", HOLDER, str(path), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == b"True"
        try:
            yield process
        finally:
            process.kill()


PLACES = (
    "file",
    pytest.param("folder", marks=pytest.mark.skipif(os.name == "nt", reason="folders, not there")),
)


@pytest.mark.parametrize("place", PLACES)
def test_a_lock_is_one_processes_until_that_ends(place: str, tmp_path: Path) -> None:
    path = tmp_path / place
    if place == "folder":
        path.mkdir()
    with held_elsewhere(path) as process:
        with pytest.raises(locks.Busy), locks.hold_lock(path):
            pass
        process.kill()
        process.wait()
        with locks.hold_lock(path) as held:
            assert held
    with locks.hold_lock(path) as held, pytest.raises(locks.Busy), locks.hold_lock(path):
        assert held


def test_a_lock_is_waited_for(tmp_path: Path) -> None:
    began = time.monotonic()
    with (
        held_elsewhere(tmp_path / "lock", seconds=0.5),
        locks.hold_lock(tmp_path / "lock", wait=True) as held,
    ):
        assert held
        assert time.monotonic() - began >= 0.4


@pytest.mark.skipif(os.name == "nt", reason="as a network file system answers on POSIX")
def test_a_file_system_without_locks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", flock)
    with locks.hold_lock(tmp_path / "lock") as held:
        assert not held


def test_what_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), locks.hold_lock(tmp_path / "missing/lock"):
        pass
