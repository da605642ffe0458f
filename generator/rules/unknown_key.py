"""Names in the front matter are those of the format.

查什么
填写栏里冒号前面的名称，是[栏目说明](../../fields/)里有的名称。

为什么
名称拼错了，后面的内容就没有人认领，等于没有填。检查会猜出您想写哪一个。

怎么改
照着提示改成正确的名称；多余的行整行删去。

| 错 | 对 |
| --- | --- |
| `tilte: 区域活动观摩` | `title: 区域活动观摩` |
| `partner: [diyi]` | `partners: [diyi]` |
| `标题: 区域活动观摩` | `title: 区域活动观摩` |
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="unknown-key",
    requirement="format",
    severity=Severity.ERROR,
    summary="填写栏的名称没有写错",
    check=found_while_reading("unknown-key"),
    module=__name__,
)
