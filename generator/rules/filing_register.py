"""The register of filings is sealed, gives no number twice, and every filed record exists.

查什么
备案登记簿 `filings.yml` 的每次登记都有封签，上面的文字一个字没有改；备案号的写法对，没有重号，也没有一份记录两个号；登记过的记录都还在；结账里的备案号与登记簿一致。

为什么
备案号写在简报和考核表里，一个号永远只指一份材料。

怎么改
登记簿由命令续写，不手改。照提示从修改记录里恢复原来的文件。备案的记录确实要删去、改名的，登记一次更正：

```sh
pairing amend leimeng/2020/05/12-lesson --reason 交错了文件夹 --decided-by 基教股股长
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.accounts.filing_numbers import fits_record
from generator.archive import BureauRecords, Corpus
from generator.records import YamlRecord
from generator.records.closings import Settlement, shorten_digest
from generator.records.closings.register import find_broken_seals
from generator.records.diagnostics import Diagnostic, Severity, SourceFile
from generator.rules.rule import Rule, make_problem

_Found = Iterator[Diagnostic]
_RESTORE = "从修改记录里恢复原来的 filings.yml"


def _check(corpus: Corpus, today: dt.date) -> _Found:
    for year, bureau in corpus.bureau.items():
        settlement = corpus.find_settlement(year)
        register = bureau.filings
        if register is None:
            if settlement.links:
                span = SourceFile(path=f"records/bureau/{year}/filings.yml").make_span()
                message = "结了账，却没有备案登记簿 filings.yml，或它读不出来"
                yield make_problem(RULE.slug, span, message, _RESTORE, excerpt="")
        elif register.complete:
            yield from _seals(register)
            yield from _numbers(register, settlement)
            yield from _cores(register)
            yield from _agreement(bureau, register, settlement)
            yield from _gone(corpus, register, settlement)


def _seals(register: YamlRecord) -> _Found:
    broken = next(find_broken_seals(register.file.text), 0)
    if broken:
        line = register.file.read_line(broken)
        what = "封签与上面的文字不符" if "seal:" in line else "末尾的封签后面又写了文字"
        message = f"登记簿改动过：第 {broken} 行的{what}，改动在这一行以上" if "seal:" in line else what
        yield make_problem(RULE.slug, register.file.make_span(broken), message, _RESTORE)


def _numbers(register: YamlRecord, settlement: Settlement) -> _Found:
    numbers: set[str] = set()
    keys: dict[str, str] = {}
    for index, batch in enumerate(register.data.batches):
        for number, key in batch.numbers.items():
            wrong = []
            if not fits_record(number, key):
                wrong.append(f"备案号“{number[:60]}”与记录“{key[:80]}”对不上：号里应是它的年月和校（园）代号")
            if number in numbers:
                wrong.append(f"备案号 {number} 用了两次")
            if key in keys and key not in settlement.struck:
                wrong.append(f"{key} 已经有备案号 {keys[key]}")
            for message in wrong:  # the place is looked for only where it is needed
                span = register.find_span("batches", index, "numbers", number)
                yield make_problem(RULE.slug, span, message, _RESTORE)
            numbers.add(number)
            keys[key] = number


def _cores(register: YamlRecord) -> _Found:
    """Report texts whose core is written twice, and what was not public of a text without core."""
    known: set[str] = set()
    for index, batch in enumerate(register.data.batches):
        for name, wrong in (
            ("cores", batch.cores.keys() & known),
            ("hidden", batch.hidden.keys() - batch.cores),
        ):
            for text in sorted(wrong):
                what = "登记了两次骨架校验值" if name == "cores" else "没有骨架校验值，却写了当时不公开的"
                span = register.find_span("batches", index, name, text)
                yield make_problem(RULE.slug, span, f"文字 {shorten_digest(text)} {what}", _RESTORE)
        known |= batch.cores.keys()


def _agreement(bureau: BureauRecords, register: YamlRecord, settlement: Settlement) -> _Found:
    registered = {number: key for batch in register.data.batches for number, key in batch.numbers.items()}
    for closing in bureau.closings.values():
        for at, school in enumerate(closing.data.schools):
            for name, records in (("records", school.records), ("late", school.late)):
                for index, record in enumerate(records):
                    if registered.get(record.number) != record.record:
                        span = closing.find_span("schools", at, name, index, "number")
                        there = registered.get(record.number, "没有登记")
                        message = f"结账里 {record.number} 是 {record.record}，登记簿里是 {there}"
                        yield make_problem(RULE.slug, span, message, "恢复改动过的那一份")


def _gone(corpus: Corpus, register: YamlRecord, settlement: Settlement) -> _Found:
    """Report filed records that are not there; those in a closing are `closing-changed`'s."""
    for key, number in settlement.numbers.items():
        if key not in corpus.by_key and key not in settlement.seals:
            span = SourceFile(path=f"records/{key}/activity.md").make_span()
            fix = (
                "从修改记录里恢复整个文件夹；确实要删的："
                f"pairing amend {key} --reason 原因 --decided-by 决定人"
            )
            yield make_problem(RULE.slug, span, f"{number} 备案的记录不见了", fix, excerpt="")


RULE = Rule(
    slug="filing-register",
    requirement="monthly-report",
    severity=Severity.ERROR,
    summary="备案登记簿完整，备案的记录都在",
    check=_check,
    text=__doc__,
    heeds_seals=True,
)
