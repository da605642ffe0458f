"""Names of files and folders are plain ASCII.

查什么
文件和文件夹的名字只用英文字母、数字、点、短横线，不超过 80 个字符，也不是 Windows 的设备名（如 `aux`、`con`、`nul`）。

为什么
中文名、空格和特殊符号在网址里会变成一长串乱码，换一台机器可能打不开；有些看不见的符号还会让两个文件看起来同名。

怎么改
把名字改短，例如：

| 错 | 对 |
| --- | --- |
| `微信图片_20200514.jpg` | `01.jpg` |
| `05 14 观摩` | `14-area-observation` |
| `aux.jpg` | `01.jpg` |

想说明图片内容，写在 `caption` 里。
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="file-name",
    requirement="format",
    severity=Severity.ERROR,
    summary="文件名只用英文字母、数字和短横线",
    check=found_while_reading("file-name"),
    module=__name__,
)
