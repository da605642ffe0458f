"""Lines are indented with spaces.

查什么
填写栏和 `.yml` 文件里，行首的缩进用空格，不用 Tab 键。

为什么
Tab 的宽窄每台机器不同，缩进表示从属关系，宽窄不定就分不清这一行属于谁。

怎么改
删去行首的 Tab，改按两下空格：

```yaml
photos:
  - {file: 01.jpg, caption: 大班区域活动现场}
```
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="tab-indent",
    requirement="format",
    severity=Severity.ERROR,
    summary="行首缩进用空格",
    check=found_while_reading("tab-indent"),
    module=__name__,
)
