"""Keep the register of sent messages, `records/bureau/<year>/sent.yml`, so that nothing is sent twice.

A message is entered as `unknown` before its first byte leaves and as `sent` once the receiver has said so; a
run that is killed in between leaves `unknown` behind, which is true. The file is written beside
itself and renamed; whoever sends holds a lock, so that of two runs one gives way.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from generator.plumbing import locks
from generator.plumbing.system_errors import describe_system_error
from generator.records import YamlRecord, parse_yaml
from generator.records.models import Dispatch, Sent

_HEAD = "# 发送登记，由 pairing notify 和 pairing remind 续写；登记过的不再发第二次。\nmessages:"
_EMPTY = "# 发送登记，由 pairing notify 和 pairing remind 续写；登记过的不再发第二次。\nmessages: []\n"


class RegisterError(Exception):
    """The register cannot be read or written, or somebody else is sending; the text is Chinese."""


class Register:
    """The messages that were sent. Made by :func:`open_register`."""

    def __init__(self, path: Path, elsewhere: tuple[Dispatch, ...]) -> None:
        self._path = path
        self._elsewhere = elsewhere
        self._entries = _read(path)

    def find_dispatch(self, what: str, month: str, to: str, *, day: dt.date | None = None) -> Dispatch | None:
        """Return the latest such message; a reminder goes out once a `day`, a bulletin once a month."""
        found = [
            entry
            for entry in (*self._elsewhere, *self._entries)
            if (entry.what, entry.month, entry.to) == (what, month, to) and day in (None, entry.date)
        ]
        return next((entry for entry in found if entry.state == "sent"), found[-1] if found else None)

    def add_dispatch(self, entry: Dispatch) -> None:
        """Enter a message that is about to be sent."""
        self._write([*self._entries, entry])

    def mark_arrived(self) -> None:
        """Note that the message entered last was received."""
        *before, last = self._entries
        self._write([*before, last.model_copy(update={"state": "sent"})])

    def remove_last(self) -> None:
        """Take out the message entered last: its receiver has certainly not got it."""
        self._write(self._entries[:-1])

    def _write(self, entries: list[Dispatch]) -> None:
        lines = [
            f"  - {{what: {e.what}, month: {e.month}, to: {e.to}, date: {e.date}, state: {e.state}, digest: {e.digest}}}"
            for e in entries
        ]
        text = "\n".join([_HEAD, *lines]) + "\n" if lines else _EMPTY
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise RegisterError(f"写不了发送登记 {self._path}（{describe_system_error(error)}）") from None
        self._entries = list(entries)


@contextmanager
def open_register(path: Path, lock_file: Path, *, also: YamlRecord | None = None) -> Iterator[Register]:
    """Hold the register at `path` for this process alone.

    also: the archive's own register, when `path` is another file.   Raises RegisterError.
    """
    with ExitStack() as stack:
        try:
            lock_file.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locks.hold_lock(lock_file))
        except locks.Busy:
            raise RegisterError("另一个 pairing 正在发送；等它结束，再运行一次") from None
        except OSError as error:
            raise RegisterError(f"写不了 {lock_file}（{describe_system_error(error)}）") from None
        elsewhere: tuple[Dispatch, ...] = ()
        if also is not None:
            if not also.complete:
                raise RegisterError(f"发送登记 {also.file.path} 有错；先运行 pairing check 改正")
            elsewhere = tuple(also.data.messages)
        yield Register(path, elsewhere)


def _read(path: Path) -> list[Dispatch]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise RegisterError(f"读不了发送登记 {path}（{describe_system_error(error)}）") from None
    record, problems = parse_yaml("sent", path.name, data)
    if problems or record is None or not record.complete:
        raise RegisterError(f"发送登记 {path} 读不出来；改正以后再发，免得发两次")
    sent: Sent = record.data
    return list(sent.messages)
