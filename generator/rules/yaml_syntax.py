"""The front matter can be read as names with contents.

查什么
填写栏每行写成“名称: 内容”，引号、括号成对，同一级左边对齐。

为什么
有一行读不懂，这一行的内容就丢了。日期或标题丢了，活动就登记不上。

怎么改
先看指出的那一行，再看上一行，常见的是引号或括号少了一半。

| 错 | 对 | 原因 |
| --- | --- | --- |
| `title: 讲座: 区角` | `title: 讲座：区角` | 话里的冒号用中文的 |
| `date:2020-05-14` | `date: 2020-05-14` | 冒号后要空一格 |
| `title: "家园共育` | `title: 家园共育` | 引号少了一半 |
| `grades: [大班, 中班` | `grades: [大班, 中班]` | 方括号少了一半 |
| `title: *观摩*` | `title: 观摩` | 开头不能用 `*` |
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="yaml-syntax",
    requirement="format",
    severity=Severity.ERROR,
    summary="填写栏写成“名称: 内容”",
    check=found_while_reading("yaml-syntax"),
    module=__name__,
)
