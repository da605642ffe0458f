"""Every file lies where the archive has a place for it.

查什么
每个文件放在该放的位置：校（园）文件夹下是 `school.yml` 和年度文件夹，年度下是 `plan.yml`、`roster.yml`、`agreement-*.md` 和月份文件夹，月份下是活动文件夹，活动文件夹里是一份 `activity.md` 和图片。

交来的改动还要看三样：放到 `records` 外面的材料，已经合并、这次删去的材料（只提醒），以及一个文件也没有改的空请求。

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

放错了地方的材料，提示里写着应当移到哪里：年、月、日照填写栏的 `date`，校（园）照路径里的名字，没有就照 `partners`。打开那个文件，点铅笔，把上方的文件名改成提示里的路径；图片也移过去。

- 文字稿粘贴到 `activity.md` 里；
- `.gif`、`.bmp`、`.tif` 图片用画图软件打开，“另存为” `.jpg`；
- `activity.md` 全部小写，不是 `Activity.md`，也不是 `activity.md.txt`。
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import Rule, found_while_reading

RULE = Rule(
    slug="unexpected-file",
    requirement="format",
    severity=Severity.ERROR,
    summary="文件放在该放的地方",
    check=found_while_reading("unexpected-file"),
    module=__name__,
)
