"""Text files carry no byte order mark.

查什么
文字文件开头不带 BOM（一个看不见的标记）。

为什么
带 BOM 的文件，在有的软件里第一行会认不出来，日后查档容易出错。内容照常读取，所以只作提醒。

怎么改
“另存为”时，“编码”选 **UTF-8**，不要选“带有 BOM 的 UTF-8”。
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="file-bom",
    requirement="format",
    severity=Severity.WARNING,
    summary="文字文件不带 BOM 标记",
    check=found_while_reading("file-bom"),
    module=__name__,
)
