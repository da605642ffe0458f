"""No links and nothing but plain files and folders.

查什么
档案里只有普通的文件和文件夹，没有链接（快捷方式）和其他特殊文件。

为什么
链接只是指向别处的路标，换一台机器就断了，还可能把不该公开的文件带进来。

怎么改
删去链接，上传真正的文件。
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="unsafe-path",
    requirement="format",
    severity=Severity.ERROR,
    summary="不放链接和快捷方式",
    check=found_while_reading("unsafe-path"),
    module=__name__,
)
