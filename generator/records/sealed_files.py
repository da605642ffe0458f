"""Name the files that a command writes and nobody edits, and the remedy where one is wrong."""

from __future__ import annotations

import re

_SEALED = re.compile(
    r"records/bureau/[0-9]{4}/(?:(closings|amendments|draws|assessments)/([^/]+)\.yml|(filings)\.yml)"
)
_AGAIN = {
    "closings": "还没有合并的，删去它再运行 pairing close {name}；结论要更正的，用 pairing amend",
    "amendments": "还没有合并的，删去它再运行 pairing amend",
    "draws": "还没有合并的，删去它再运行 pairing draw；要再抽的，写成另一个文件，两次都公布",
    "assessments": "还没有合并的，删去它再运行 pairing assess {name} --publish",
    "filings": "还没有合并的，换成主分支上的，再运行一次写它的命令（pairing close、amend 或 file）",
}


def is_sealed(path: str) -> bool:
    """Say whether nobody edits the file at ``path``, POSIX and relative to the archive's root."""
    return _SEALED.fullmatch(path) is not None


def find_remedy(path: str) -> str:
    """Return what to do where such a file is wrong, instead of editing it."""
    match = _SEALED.fullmatch(path)
    if match is None:
        return ""
    again = _AGAIN[match[1] or match[3]].format(name=match[2])
    return f"这个文件由命令写成，不要手工改。合并过的，从修改记录里恢复原来的文件；{again}"
