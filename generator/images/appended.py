"""Name what stands behind a picture's end: what phones append, or something hidden there."""

from __future__ import annotations

_TEXTS = (
    (b"<?php", "script"),
    (b"<script", "script"),
    (b"<html", "HTML"),
    (b"<!doctype", "HTML"),
    (b"<body", "HTML"),
    (b"<iframe", "HTML"),
    (b"<svg xmlns", "HTML"),
)
_ARCHIVES = ((b"Rar!\x1a\x07", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"%PDF-", "PDF"))
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!/")
_ZIP_END, _ZIP_ENTRY, _ZIP_REACH = b"PK\x05\x06", b"PK\x01\x02", 66_000

_FILMS = (b"ftyp", b"free", b"mdat")
_PHONE_ENDS = (b"SEFT", b"\x1b*9HWfu\x84\x93\xa2\xb1")  # Samsung, vivo
_PHONE_MARKS = tuple(
    b"vivo{ cameraalbum live_ edof huawei honor oppo oplus oneplus jxrs xiaomi miui samsung meizu google".split()
)
_PHONE_REACH = 256


def name_appended(tail: bytes) -> str:
    """Return what stands behind a picture's end.

    "" nothing, ``padding``, ``phone`` (a film, a second picture, the phone's notes), ``HTML``, ``script``,
    ``ZIP``, ``RAR``, ``7z``, ``PDF``, ``program`` or ``unknown``.
    """
    bare = tail.strip(b"\0\r\n \xff")
    if not bare:
        return "padding" if tail else ""
    lower = bare.lower()
    if found := next((name for mark, name in _TEXTS if mark in lower), ""):
        return found
    if found := next((name for mark, name in _ARCHIVES if mark in bare), ""):
        return found
    # Both ends of a ZIP, since four bytes may stand in a film by chance.
    if _ZIP_END in bare[-_ZIP_REACH:] and _ZIP_ENTRY in bare:
        return "ZIP"
    if bare.startswith(_PROGRAMS):
        return "program"
    return "phone" if _is_from_phone(tail.lstrip(b"\0"), lower) else "unknown"


def _is_from_phone(tail: bytes, lower: bytes) -> bool:
    # A second picture holds another lens, the brightness or the depth.
    if tail.startswith(b"\xff\xd8\xff") or tail[4:8] in _FILMS:
        return True
    if tail.rstrip(b"\0").endswith(_PHONE_ENDS) or b"ftypmp4" in lower or b"ftypisom" in lower:
        return True
    ends = lower[:_PHONE_REACH] + lower[-_PHONE_REACH:]
    return any(mark in ends for mark in _PHONE_MARKS)
