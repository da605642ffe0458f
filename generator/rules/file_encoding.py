"""Text files are UTF-8.

查什么
文字文件（activity.md、plan.yml 等）用 UTF-8 编码保存。GBK、UTF-16 等别的编码会被指出来，文字里夹着空字符的也一样。

为什么
档案要存很多年，要在每一部手机和电脑上都能打开。别的编码换一台机器就成了乱码，交上来的材料等于没有备案。

怎么改
1. 用“记事本”打开这个文件；
2. 点“文件”“另存为”，下方“编码”选 **UTF-8**；
3. 重新上传，覆盖原来的文件。

不要选“ANSI”“Unicode”。在浏览器里直接填写，不会遇到这个问题。
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="file-encoding",
    requirement="format",
    severity=Severity.ERROR,
    summary="文字文件用 UTF-8 编码",
    check=found_while_reading("file-encoding"),
    module=__name__,
)
