"""A text record is of a bounded size.

查什么
一份文字记录不超过 256 KB（大约八万字）。

为什么
一次活动的记录通常只有几千字。文件大到这个程度，多半是把图片粘贴进了文字里，手机打开会卡住，也没有办法审阅。

怎么改
正文里只写文字。图片另存为 `01.jpg`、`02.jpg`，放在同一个文件夹，再写进 `photos`：

```yaml
photos:
  - {file: 01.jpg, caption: 大班建构区的材料架}
```
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="file-size",
    requirement="format",
    severity=Severity.ERROR,
    summary="文字记录不超过 256 KB",
    check=found_while_reading("file-size"),
    module=__name__,
)
