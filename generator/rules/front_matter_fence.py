"""The front matter stands between two lines of three hyphens.

查什么
文件第一行是 `---`，填写栏写完后再有一行 `---`，两行都是三个英文减号。

为什么
系统靠这两行分清哪些是填写栏、哪些是正文。少一行，标题和日期就混进正文，活动没有办法登记到月份里。

怎么改
错（第二行被输入法变成了破折号）：

```text
---
title: 区域活动观摩
date: 2020-05-14
——
```

对：

```text
---
title: 区域活动观摩
date: 2020-05-14
---
```

`---` 前面不能有空行或空格。
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="front-matter-fence",
    requirement="format",
    severity=Severity.ERROR,
    summary="填写栏上下各有一行 ---",
    check=found_while_reading("front-matter-fence"),
    module=__name__,
)
