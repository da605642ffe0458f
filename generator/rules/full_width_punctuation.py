"""The front matter uses ASCII colons, commas and brackets.

查什么
填写栏里分隔用的冒号、逗号、方括号、花括号和列表前的短横线是英文的。标题、说明这些话里的中文标点不受影响。

为什么
中文输入法下打出的“：”“，”“【】”看起来差不多，系统却读不出名称和内容的分界。检查会先按您的意思读下去，把其余的问题一并列出来，但这一处仍要改。

怎么改
切换到英文输入法，重新打这个符号。冒号后面空一格。

| 错 | 对 |
| --- | --- |
| `date：2020-05-14` | `date: 2020-05-14` |
| `partners: [diyi，xinba]` | `partners: [diyi, xinba]` |
| `grades: 【大班】` | `grades: [大班]` |
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="full-width-punctuation",
    requirement="format",
    severity=Severity.ERROR,
    summary="填写栏用英文标点",
    check=found_while_reading("full-width-punctuation"),
    module=__name__,
)
