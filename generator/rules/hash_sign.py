"""No text is cut off at a number sign.

查什么
填写栏的文字里，`#` 前面没有空格，或整段文字加了英文双引号。

为什么
空格后面的 `#` 表示“从这里起是注释”。`title: 观摩 #1班` 只会读到“观摩”，后面的字不会出现在网站上。

怎么改
| 想写 | 怎么写 |
| --- | --- |
| 观摩 #1班 | `title: "观摩 #1班"`，或 `title: 观摩1号班` |
| 写给自己看的注释 | `title: 观摩  # 这里是注释`，`#` 后面空一格 |
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="hash-sign",
    requirement="format",
    severity=Severity.WARNING,
    summary="文字没有在 # 处断开",
    check=found_while_reading("hash-sign"),
    module=__name__,
)
