"""No file holds two versions of a text that git could not merge.

查什么
文件里没有合并冲突留下的记号：单独一行的 `<<<<<<<`、`=======`、`>>>>>>>`。填写栏、正文、计划表、花名册和方案数据里都看。

为什么
两个人改了同一处，合并时就会把两份文字都留下，中间用这些记号隔开。没有挑出对的一份，网页上就会两份都有，填写栏也读不出来。这样的记录改好以前不计数，也不公布。

怎么改
两份里留下对的一份，记号的三行都删去：

| 错 | 对 |
| --- | --- |
| `<<<<<<< HEAD` | |
| `上午九点进班，分两组。` | `上午九点进班，分两组。` |
| `=======` | |
| `上午八点半进班，分三组。` | |
| `>>>>>>> pr` | |

备案登记簿 `filings.yml`、结账和更正由命令写成，有冲突也不要手工合并：恢复主分支上的文件，再运行一次命令。
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="conflict-markers",
    requirement="format",
    severity=Severity.ERROR,
    summary="没有留下合并冲突的记号",
    check=found_while_reading("conflict-markers"),
    module=__name__,
)
