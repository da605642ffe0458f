"""Decode a record's bytes, with one diagnostic for each way an editor spoils the encoding."""

from __future__ import annotations

from dataclasses import dataclass

from generator.records.diagnostics import Diagnostic, Severity, SourceFile

MAX_BYTES = 256 * 1024  # a record of text; the largest of the sample year is 4 KB
MAX_BOOK_BYTES = 16 * 1024 * 1024  # what a command writes of a whole month or year: 200,000 records

_BOMS = ((b"\xff\xfe", "utf-16-le", "文件编码是 UTF-16"), (b"\xfe\xff", "utf-16-be", "文件编码是 UTF-16"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A file's text with LF line ends, and what was wrong with its bytes."""

    file: SourceFile
    problems: tuple[Diagnostic, ...] = ()


def decode_record(path: str, data: bytes, *, most: int = MAX_BYTES) -> Decoded:
    """Decode a text record; anything but UTF-8 with LF is reported and still read as far as possible."""
    problems: list[Diagnostic] = []
    if len(data) > most:
        file = SourceFile(path=path)
        return Decoded(
            file=file,
            problems=(
                Diagnostic(
                    rule="file-size",
                    span=file.make_span(),
                    message=f"文件太大：文字记录最多 {most // 1024} KB",
                    fix="正文里只写文字，图片另存为 01.jpg 等文件放在同一文件夹",
                ),
            ),
        )
    text, encoding = _read(data)
    bom = text.startswith("\ufeff")
    text = text.removeprefix("\ufeff")
    crlf = "\r\n" in text
    other_ends = "\r" in text
    if other_ends:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    file = SourceFile(path=path, text=text)
    if encoding:
        problems.append(
            Diagnostic(
                rule="file-encoding",
                span=file.make_span(),
                message=f"{encoding}，不是 UTF-8，别人打开会是乱码",
                fix="用记事本打开，“另存为”时编码选 UTF-8，再重新上传",
            )
        )
    elif bom:
        problems.append(
            Diagnostic(
                rule="file-bom",
                span=file.make_span(),
                message="文件开头带有看不见的 BOM 标记",
                fix="“另存为”时编码选 UTF-8（不要选“带有 BOM 的 UTF-8”）",
                severity=Severity.WARNING,
            )
        )
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        problems.append(
            Diagnostic(
                rule="file-encoding",
                span=file.make_span(line),
                message="文件里有空字符，不像一份文字记录",
                fix="用记事本新建文件，把文字重新粘贴进去，编码选 UTF-8",
                excerpt="",
            )
        )
    if other_ends:
        problems.append(
            Diagnostic(
                rule="line-endings",
                span=file.make_span(),
                message=f"换行用的是{' Windows 格式（CRLF）' if crlf else '旧式的 CR'}",
                fix="不影响内容；在编辑器右下角换成 LF 即可",
                severity=Severity.WARNING,
            )
        )
    return Decoded(file=file, problems=tuple(problems))


def _read(data: bytes) -> tuple[str, str]:
    """Return the text and, when it is not UTF-8, what its encoding is, in words."""
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return data.decode(codec, errors="replace"), name
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    # UTF-16 without a mark: half of the bytes of a mostly ASCII front matter are zero.
    if data[:200].count(0) > len(data[:200]) // 5:
        codec = "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"
        return data.decode(codec, errors="replace"), "文件编码是 UTF-16"
    try:
        return data.decode("gb18030"), "文件编码是 GBK"
    except UnicodeDecodeError:
        return data.decode("utf-8", errors="replace"), "看不出文件是什么编码"
