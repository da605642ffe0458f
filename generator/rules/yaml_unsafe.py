"""No tags, anchors, merges, second documents or deep nesting.

查什么
填写栏和 `.yml` 文件里没有 `&`、`*` 引用记号，没有以 `!` 开头的标签，没有 `<<` 合并，没有第二份数据；嵌套不超过 12 层，条目不超过两万个。

为什么
这些写法能让几行文字展开成几百万行，或者让人看到的和系统读到的不一样。档案要的是看见什么就是什么。

怎么改
把内容原样写出来。文字本身以 `&`、`*`、`!` 开头时，加英文引号：

| 错 | 对 |
| --- | --- |
| `title: !欢迎来园` | `title: "!欢迎来园"` |
| `title: &说明 区角` | `title: "&说明 区角"` |
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="yaml-unsafe",
    requirement="format",
    severity=Severity.ERROR,
    summary="填写栏只写平常的内容",
    check=found_while_reading("yaml-unsafe"),
    module=__name__,
)
