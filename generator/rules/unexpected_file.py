"""Every file lies where the archive has a place for it.

查什么
每个文件放在该放的位置：校（园）文件夹下是 `school.yml` 和年度文件夹，年度下是 `plan.yml`、`roster.yml`、`agreement-*.md` 和月份文件夹，月份下是活动文件夹，活动文件夹里是一份 `activity.md` 和图片。

为什么
放错位置的材料不会被读取，等于没有交。Word、PDF、视频别人的手机不一定打得开，档案也不收。

怎么改
照这个样子放：

```text
records/leimeng/2020/05/14-area-observation/
├── activity.md
├── 01.jpg
└── 02.jpg
```

- 文字稿粘贴到 `activity.md` 里；
- `.gif`、`.bmp`、`.tif` 图片用画图软件打开，“另存为” `.jpg`；
- `activity.md` 全部小写，不是 `Activity.md`，也不是 `activity.md.txt`。
"""

from __future__ import annotations

from generator.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="unexpected-file",
    requirement="format",
    severity=Severity.ERROR,
    summary="文件放在该放的地方",
    check=found_while_reading("unexpected-file"),
    module=__name__,
)
