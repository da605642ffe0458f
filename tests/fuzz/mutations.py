"""Changes to an input that its reader should survive: of bytes, of lines, and by what has meaning in YAML or Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

TOKENS: tuple[bytes, ...] = (
    *(b"---\n", b"...\n", b"- ", b": ", b"? ", b"&a ", b"*a", b"!!python/object ", b"!<tag:x> ", b"<<: *a\n", b"|\n", b">-\n"),
    *(b"[", b"]", b"{", b"}", b",", b"#", b" #", b'"', b"'", b"\\", b"\\u2028", b"%YAML 9.9\n", b"\t", b"\r", b"\n", b"\n\n  "),
    *(b"\0", b"\x07", b"\x1b[2J", b"\xff", b"\xef\xbb\xbf", b"\xfe\xff", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc2\x85"),
    *("\u2028".encode(), "\u202e".encode(), "\u200b".encode(), "\ufeff".encode(), "\U000e0041".encode(), "e\u0301".encode()),
    *("：".encode(), "，".encode(), "“".encode(), "”".encode(), "【".encode(), "２０２１".encode(), "　".encode()),
    *(b"0", b"-1", b"1e999", b".nan", b"0x7f", b"9" * 400, b"99999-12-31", b"0000-00-00", b"2021-02-30", b"9999-12-31"),
    *(b"::error::x\n", b"##[error]x", b"<script>", b"![a](b)", b"](", b"`", b"~~~\n", "## 记录\n".encode(), b"<<<<<<< a\n=======\n>>>>>>> b\n"),
    *(b"title: ", b"date: ", b"photos: ", b"rows: ", b"null", b"~", b"true", b"13800138000", b"TODO"),
)  # fmt: skip
MOST_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Change:
    """A change: what is done, at which of 65,536 equal places of the input, how far and with which token."""

    kind: str
    place: int
    length: int
    token: int


KINDS = (
    "insert",
    "replace",
    "delete",
    "repeat",
    "flip",
    "line-delete",
    "line-repeat",
    "line-move",
    "value",
    "cut",
)


def apply_changes(data: bytes, changes: Iterable[Change]) -> bytes:
    """Return the input with the changes made one after the other, no longer than a record may be."""
    for change in changes:
        data = _apply(data, change)[:MOST_BYTES]
    return data


def _count_times(change: Change) -> int:
    """Return how often something is repeated: mostly a few times, one time in sixteen very often."""
    return 2 + change.length % 8 if change.length % 16 else 20 * (1 + change.length)


def _apply(data: bytes, change: Change) -> bytes:
    token = TOKENS[change.token % len(TOKENS)]
    at = change.place * (len(data) + 1) // 65_536
    end = min(len(data), at + 1 + change.length % 64)
    if change.kind.startswith("line") or change.kind == "value":
        lines = data.split(b"\n")
        number = change.place * len(lines) // 65_536
        line = lines.pop(number)
        if change.kind == "line-repeat":
            lines[number:number] = [line] * _count_times(change)
        elif change.kind == "line-move":
            lines.insert(change.length % (len(lines) + 1), line)
        elif change.kind == "value":
            lines.insert(number, line.partition(b":")[0] + b": " + token)
        return b"\n".join(lines)
    match change.kind:
        case "insert":
            return data[:at] + token + data[at:]
        case "replace":
            return data[:at] + token + data[end:]
        case "delete":
            return data[:at] + data[end:]
        case "repeat":
            return data[:at] + (data[at:end] or token) * _count_times(change) + data[end:]
        case "flip":
            return (
                data[:at]
                + bytes(byte ^ (1 << change.length % 8) for byte in data[at : at + 1])
                + data[at + 1 :]
            )
        case _:
            return data[:at]
