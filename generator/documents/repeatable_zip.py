"""Repack a ZIP archive so that the same members give the same bytes on every run and system."""

from __future__ import annotations

import io
import zipfile

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP archive can hold."""


def repack_zip(data: bytes) -> bytes:
    """Return the archive with its members in their order, compressed, without times and the system's mark.

    Equal bytes need the same zlib: another one may compress the same members a little differently.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _EARLIEST)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(member, old.read(name))
    return out.getvalue()
