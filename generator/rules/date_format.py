"""Dates are written 2020-05-14 and exist.

查什么
日期写成“年-月-日”，年四位，月、日各两位，如 `2020-03-05`；月份写成 `2020-03`。日历上要有这一天。

为什么
“3.5”可以是三月五日，也可以是三点五。写法统一，才能按月统计、按截止日判断是否按时。

怎么改
| 错 | 对 |
| --- | --- |
| `2020年3月5日` | `2020-03-05` |
| `2020.3.5` | `2020-03-05` |
| `2020/3/5` | `2020-03-05` |
| `2020-3-5` | `2020-03-05` |
| `2020-02-30` | 日历上没有这一天，请核对 |
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="date-format",
    requirement="format",
    severity=Severity.ERROR,
    summary="日期写成 2020-05-14",
    check=found_while_reading("date-format"),
    module=__name__,
)
