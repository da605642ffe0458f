"""A field holds the kind of value that it asks for.

查什么
栏目里填的是它要的那种内容：数字只写数字，多项用方括号，只能选的词从规定的词里选，文字里没有看不见的字符。

为什么
人数、方式、年级都要由系统汇总。“两人”“2人”加不起来，别的词归不了类。

怎么改
| 错 | 对 |
| --- | --- |
| `partners: diyi` | `partners: [diyi]` |
| `staff: 2` | `staff: {sent: 2, received: 0}` |
| `staff: {sent: 两人, received: 0}` | `staff: {sent: 2, received: 0}` |
| `direction: 请进来` | `direction: host` |
| `grades: [大]` | `grades: [大班]` |
| `public: 否` | `public: false` |
"""

from __future__ import annotations

from generator.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="field-value",
    requirement="format",
    severity=Severity.ERROR,
    summary="栏目里填的内容符合要求",
    check=found_while_reading("field-value"),
    module=__name__,
)
