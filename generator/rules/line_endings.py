"""Lines end with LF.

查什么
文字文件的换行用 LF。Windows 的换行（CRLF）会被提醒。

为什么
两种换行混在一起，比较前后两稿时，整份文件都会显示成改过，看不出真正改了哪里。内容照常读取，所以只作提醒。

怎么改
不改也能交，系统存档时会自动换成 LF。

想消去提醒：在编辑器右下角点 `CRLF`，选 `LF`，保存。在浏览器里填写不会遇到这个问题。
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="line-endings",
    requirement="format",
    severity=Severity.WARNING,
    summary="换行用 LF",
    check=found_while_reading("line-endings"),
    module=__name__,
)
