"""An archive does not mix sample records and real records.

查什么
档案里要么全是示例数据（都写着 `sample: true`），要么全是真实记录，不混放。哪一种少，就在哪一种上指出来。

为什么
混在一起，完成数就分不清真假。有示例数据时，网站每一页都挂着“示例数据”的横幅，真实记录也会被人当成示例。

怎么改
- 正式使用：请维护人员运行一次 `pairing start`，它删去全部示例，留下方案、校（园）档案和空白计划表；再交真实记录。
- 真实档案里混进了示例：删去那几份示例。
- 这份本来就是示例：在填写栏加一行 `sample: true`。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.records.sealed_files import is_sealed
from generator.rules.rule import Rule, make_problem

_SEALED = "这个文件由命令写成，不要手工改；请维护人员运行 pairing start 删去示例"


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    records = [r for r in corpus.sampled_records if r.knows("sample")]
    samples = [r for r in records if r.data.sample]
    if not samples or len(samples) == len(records):
        return
    real = len(records) - len(samples)
    if len(samples) <= real:
        for record in samples:
            message = f"这份是示例数据，档案里却有 {real} 份真实记录"
            yield make_problem(
                RULE.slug,
                record.find_span("sample"),
                message,
                _SEALED
                if is_sealed(record.file.path)
                else "删去这份示例；其实是真实记录的，删去 sample 这一行",
            )
    else:
        for record in records:
            if not record.data.sample:
                yield make_problem(
                    RULE.slug,
                    record.find_span(),
                    f"这份是真实记录，档案里还有 {len(samples)} 份示例数据",
                    _SEALED
                    if is_sealed(record.file.path)
                    else "请维护人员运行 pairing start 删去示例后再交；这份也是示例的，加一行 sample: true",
                )


RULE = Rule(
    slug="sample-mixed",
    requirement="truthful",
    severity=Severity.ERROR,
    summary="示例与真实记录不混放",
    check=_check,
    text=__doc__,
    heeds_seals=True,
)
