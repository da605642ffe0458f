"""Required fields are filled in.

查什么
必填的栏目一个不少，而且写了内容。每一栏填什么，见[栏目说明](../../fields/)。

为什么
缺了日期、帮扶内容或上报日期，就没有办法判断活动属于哪个月、是否按时、完成了哪一项，这份记录暂时不计入完成数。

怎么改
按提示补一行。例如缺少负责人：

```yaml
lead: 业务园长
```

一次活动必填：`title`、`date`、`measure`、`partners`、`direction`、`staff`、`lead`、`reported`。可以不填的栏目不想填，就整行删去，不要留着空的名称。
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="missing-field",
    requirement="format",
    severity=Severity.ERROR,
    summary="必填的栏目都填了",
    check=found_while_reading("missing-field"),
    module=__name__,
)
