"""A name stands once in a mapping.

查什么
同一份填写栏、同一个花括号里，一个名称只写一次。

为什么
写了两次，就不知道以哪一次为准。两次日期不一样时，活动可能记到错的月份里。

怎么改
看信息里说的前一次在第几行，留下对的那一行，删去另一行。

错：

```yaml
date: 2020-05-14
date: 2020-05-15
```

对：

```yaml
date: 2020-05-14
```
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="duplicate-key",
    requirement="format",
    severity=Severity.ERROR,
    summary="同一个名称只写一次",
    check=found_while_reading("duplicate-key"),
    module=__name__,
)
