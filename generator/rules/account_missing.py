"""Every school of the programme has an account that hands in its records.

查什么
有账号名单 `accounts.yml` 的年度，方案里的每所校（园）至少有一个账号。

为什么
没有登记账号的园，交来的材料一直是红的，要等教育局临时登记；月末最后一天就来不及了。

怎么改
给提示的园登记一个账号；由别的园代交的，加在那个账号的 `schools` 里：

```yaml
  - {name: example-guangcai, schools: [guangcai, heiquan]}
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import list_schools


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for year, bureau in corpus.bureau.items():
        record, programme = bureau.accounts, corpus.find_programme(year)
        if record is None or programme is None or not record.knows("accounts"):
            continue
        given = {school for account in record.data.accounts for school in account.schools}
        absent = [school for school in programme.school_ids if school not in given]
        if absent:
            yield make_problem(
                RULE.slug,
                record.find_span("accounts", key=True),
                f"{len(absent)} 所校（园）没有登记账号：{list_schools(corpus, absent)}",
                "给每一所登记一个账号，或加进代交的账号的 schools",
            )


RULE = Rule(
    slug="account-missing",
    requirement="archive-parts",
    severity=Severity.WARNING,
    summary="每所校（园）都登记了账号",
    check=_check,
    text=__doc__,
)
