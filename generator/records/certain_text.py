"""Decode a record's bytes where their encoding is beyond doubt, and say what it was."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.records.decoding import MAX_BYTES

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8", "带 BOM 的 UTF-8"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
_HAN = re.compile("[\u4e00-\u9fff]")
_COMMON = 0.95
"""The share of Chinese characters that are in GB 2312: of UTF-8 misread as GBK less than half are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertainText:
    """A text with LF line ends, and what has to change for that, in Chinese: its encoding, its line ends."""

    text: str
    changes: tuple[str, ...] = ()


def decode_certain(data: bytes) -> CertainText | str:
    """Return the text, or why it is in doubt, in Chinese."""
    if len(data) > MAX_BYTES:
        return "文件太大，不像一份文字记录"
    found = _decode(data)
    if found is None:
        return "看不出文件是什么编码：用记事本打开看看，能看清就另存为 UTF-8"
    text, encoding = found
    if "\0" in text or "\N{REPLACEMENT CHARACTER}" in text:
        return "文件里有空字符或打不开的字，不知道原来是什么：对照原文改"
    changes = [f"编码：{encoding} → UTF-8"] if encoding else []
    if "\r" in text:
        changes.append("换行：Windows 格式（CRLF） → LF" if "\r\n" in text else "换行：旧式的 CR → LF")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CertainText(text=text, changes=tuple(changes))


def _decode(data: bytes) -> tuple[str, str] | None:
    """Return the text and its encoding, "" for UTF-8 without a mark."""
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            text = _try(data[len(mark) :], codec)
            return None if text is None else (text, name)
    if (text := _try(data, "utf-8")) is not None:
        return text, ""
    if data[:200].count(0) > len(data[:200]) // 5:
        text = _try(data, "utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
        return None if text is None else (text, "UTF-16")
    text = _try(data, "gb18030")
    if text is None or _is_damaged_utf8(data) or not _is_plausible(text):
        return None
    return text, "GBK"


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _is_damaged_utf8(data: bytes) -> bool:
    """Say whether most of the Chinese text reads as UTF-8, a few bytes of which were lost."""
    read = data.decode("utf-8", errors="replace")
    return len(_HAN.findall(read)) > read.count("\N{REPLACEMENT CHARACTER}")


def _is_plausible(text: str) -> bool:
    han = _HAN.findall(text)
    common = sum(_try_encode(sign) for sign in han)
    return bool(han) and common >= _COMMON * len(han)


def _try_encode(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
