"""Small ICC profiles of every kind that photos carry, each far from sRGB, so that ignoring one would show."""

from __future__ import annotations

import itertools
import struct

_D50 = (0.9642, 1.0, 0.8249)
_SRGB = ((0.4360, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))


def _fixed(*numbers: float) -> bytes:
    return struct.pack(f">{len(numbers)}i", *(round(n * 65536) for n in numbers))


def _xyz(*numbers: float) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(*numbers)


def _gamma(value: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IHH", 1, round(value * 256), 0)


def _described(name: str) -> bytes:
    text = name.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(8 + 3 + 67)


def profile(kind: bytes, space: bytes, connection: bytes, name: str, tags: dict[bytes, bytes]) -> bytes:
    """Put a profile of version 2 together (ICC.1:2001-04)."""
    parts = {
        b"desc": _described(name),
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
        b"wtpt": _xyz(*_D50),
        **tags,
    }
    at, table, body = 128 + 4 + 12 * len(parts), b"", b""
    for tag, data in parts.items():
        table += tag + struct.pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = at + len(body)
    header = struct.pack(
        ">I4sI4s4s4s12s4s", size, bytes(4), 0x02400000, kind, space, connection, bytes(12), b"acsp"
    )
    header += bytes(28) + _fixed(*_D50)
    return header.ljust(128, b"\0") + struct.pack(">I", len(parts)) + table + body


def grey(gamma: float) -> bytes:
    """Return a profile of grey pixels: 2.2 is what they usually mean, 1.0 makes middle grey much lighter."""
    return profile(b"mntr", b"GRAY", b"XYZ ", f"grey {gamma}", {b"kTRC": _gamma(gamma)})


def swapped() -> bytes:
    """Return a profile of RGB pixels whose red means blue and whose blue means red."""
    red, green, blue = _SRGB
    tags = {b"rXYZ": _xyz(*blue), b"gXYZ": _xyz(*green), b"bXYZ": _xyz(*red)}
    return profile(
        b"mntr", b"RGB ", b"XYZ ", "swapped", tags | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _gamma(2.2))
    )


def inks() -> bytes:
    """Return a profile of CMYK pixels in which every ink only darkens: all colours come out grey."""
    table = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    straight = bytes(range(256))
    # Corners of the four inks: lightness falls by a quarter for each; 128 is neutral.
    corners = b"".join(
        bytes((255 - 63 * sum(inks_), 128, 128)) for inks_ in itertools.product((0, 1), repeat=4)
    )
    return profile(
        b"prtr", b"CMYK", b"Lab ", "inks", {b"A2B0": table + straight * 4 + corners + straight * 3}
    )
