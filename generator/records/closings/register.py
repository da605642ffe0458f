"""Append to the register of filings: each batch is sealed with all the text above it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.records.closings.digests import Core, digest_string
from generator.records.photo_lines import format_scalar

_SEAL = re.compile(r"^    seal: (\S*)\n", re.MULTILINE)
_HEAD = """\
# yaml-language-server: $schema=../../schema/filings.schema.json
# 备案登记簿：每份收下的材料一个备案号（年月、校园代号、序号），撤下、删去以后也不再用。
# 由 pairing close、pairing file 和 pairing amend 续写，只增不改，请不要手改。
# 每次登记末尾的 seal 是它以上全部文字的 SHA-256，改动一个字，pairing check 就会发现。
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Numbers given at one time: keys by number; with the closing or amendment that they came with, if any.

    cores: of texts that the chain freezes, by the text's digest.
    """

    filed: dt.date
    numbers: Mapping[str, str]
    cores: Mapping[str, Core] = field(default_factory=dict)
    link: str = ""
    digest: str = ""


def start_register(year: int, *, sample: bool) -> str:
    """Return the register of a year before anything was filed."""
    return f"{_HEAD}year: {year}\n" + ("sample: true\n" if sample else "") + "batches:\n"


def append_batch(text: str, batch: Batch) -> str:
    """Return the register with a batch more."""
    lines = [f"  - filed: {batch.filed}"]
    if batch.link:
        lines += [f"    link: {batch.link}", f"    digest: {batch.digest}"]
    lines.append("    numbers:" if batch.numbers else "    numbers: {}")
    lines += [f"      {number}: {key}" for number, key in batch.numbers.items()]
    if cores := sorted(batch.cores.items()):
        lines += ["    cores:", *(f"      {text}: {core.digest}" for text, core in cores)]
    if hidden := [(text, sorted(core.hidden)) for text, core in cores if core.hidden]:
        lines += [
            "    hidden:",
            *(f"      {text}: [{', '.join(map(format_scalar, names))}]" for text, names in hidden),
        ]
    text += "\n".join(lines) + "\n"
    return f"{text}    seal: {digest_string(text)}\n"


def find_broken_seals(text: str) -> Iterator[int]:
    """Yield the line of every seal that does not fit the text above it, and of text behind the last one."""
    end = 0
    for seal in _SEAL.finditer(text):
        end = seal.end()
        if seal[1] != digest_string(text[: seal.start()]):
            yield text.count("\n", 0, seal.start()) + 1
    if end != len(text):
        yield text.count("\n", 0, end) + 1
