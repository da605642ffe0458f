"""Where files lie and what they are called."""

from __future__ import annotations

from generator.rules.rule import make_reading_rule

RULES = (
    make_reading_rule(
        "file-name",
        summary="文件名只用英文字母、数字和短横线",
        found_in=(
            "generator/archive/folder.py:Reading.list_entries",
            "generator/rules/submission/find_misplaced.py:_Search._photo",
        ),
        text="""查什么
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
""",
    ),
    make_reading_rule(
        "unsafe-path",
        summary="不放链接和快捷方式",
        found_in=(
            "generator/archive/folder.py:Reading.list_entries",
            "generator/archive/reading.py:read_corpus",
            "generator/rules/submission/modules.py:refuse_modules",
        ),
        text="""查什么
档案里只有普通的文件和文件夹，没有链接（快捷方式）、子模块（指向另一个仓库的文件夹）和其他特殊文件。

为什么
链接和子模块只是指向别处的路标，换一台机器就断了，还可能把不该公开的文件带进来。

怎么改
删去链接或子模块，上传真正的文件。
""",
    ),
    make_reading_rule(
        "unexpected-file",
        summary="文件放在该放的地方",
        found_in=(
            "generator/archive/folder.py:Reading.refuse_unknown",
            "generator/archive/school_folder.py:_read_month",
            "generator/rules/submission/placement.py:make_misplaced",
            "generator/rules/submission/receipt.py:_diagnostic",
        ),
        text="""查什么
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
""",
    ),
)
