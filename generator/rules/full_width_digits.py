"""Digits in dates and numbers are half-width.

查什么
日期、月份、人数里的数字和短横线是半角的。

为什么
中文输入法的“全角”状态会打出又宽又胖的数字（２０２０），看着一样，系统不认。

怎么改
按 Shift+空格 切回半角，重新打一遍。

| 错 | 对 |
| --- | --- |
| `date: ２０２０-０５-１４` | `date: 2020-05-14` |
| `attendance: １２` | `attendance: 12` |
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="full-width-digits",
    requirement="format",
    severity=Severity.ERROR,
    summary="日期和数字用半角",
    check=found_while_reading("full-width-digits"),
    module=__name__,
)
