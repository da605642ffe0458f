"""The rules about files that do not read well: their texts, and the functions that report each fault.

A fault of writing is reported where a file is read; its rule here adds the severity, the clause and a page.
``found_in`` names every function that reports it, and a test holds these names to the code.
"""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules import field_value
from generator.rules.rule import Rule, make_reading_check


def _rule(
    slug: str, *, summary: str, found_in: tuple[str, ...], text: str, severity: Severity = Severity.ERROR
) -> Rule:
    return Rule(
        slug=slug,
        requirement="format",
        severity=severity,
        summary=summary,
        check=make_reading_check(slug),
        text=text,
        found_in=found_in,
    )


RULES = (
    _rule(
        "file-encoding",
        summary="文字文件用 UTF-8 编码",
        found_in=("generator/records/decoding.py:decode",),
        text="""查什么
文字文件（activity.md、plan.yml 等）用 UTF-8 编码保存。GBK、UTF-16 等别的编码会被指出来，文字里夹着空字符的也一样。

为什么
档案要存很多年，要在每一部手机和电脑上都能打开。别的编码换一台机器就成了乱码，交上来的材料等于没有备案。

怎么改
1. 用“记事本”打开这个文件；
2. 点“文件”“另存为”，下方“编码”选 **UTF-8**；
3. 重新上传，覆盖原来的文件。

不要选“ANSI”“Unicode”。在浏览器里直接填写，不会遇到这个问题。
""",
    ),
    _rule(
        "file-bom",
        summary="文字文件不带 BOM 标记",
        severity=Severity.WARNING,
        found_in=("generator/records/decoding.py:decode",),
        text="""查什么
文字文件开头不带 BOM（一个看不见的标记）。

为什么
带 BOM 的文件，在有的软件里第一行会认不出来，日后查档容易出错。内容照常读取，所以只作提醒。

怎么改
“另存为”时，“编码”选 **UTF-8**，不要选“带有 BOM 的 UTF-8”。
""",
    ),
    _rule(
        "line-endings",
        summary="换行用 LF",
        severity=Severity.WARNING,
        found_in=("generator/records/decoding.py:decode",),
        text="""查什么
文字文件的换行用 LF。Windows 的换行（CRLF）会被提醒。

为什么
两种换行混在一起，比较前后两稿时，整份文件都会显示成改过，看不出真正改了哪里。内容照常读取，所以只作提醒。

怎么改
不改也能交，系统存档时会自动换成 LF。

想消去提醒：在编辑器右下角点 `CRLF`，选 `LF`，保存。在浏览器里填写不会遇到这个问题。
""",
    ),
    _rule(
        "file-size",
        summary="文字记录不超过 256 KB",
        found_in=("generator/records/decoding.py:decode",),
        text="""查什么
一份文字记录不超过 256 KB（大约八万字）。

为什么
一次活动的记录通常只有几千字。文件大到这个程度，多半是把图片粘贴进了文字里，手机打开会卡住，也没有办法审阅。

怎么改
正文里只写文字。图片另存为 `01.jpg`、`02.jpg`，放在同一个文件夹，再写进 `photos`：

```yaml
photos:
  - {file: 01.jpg, caption: 大班建构区的材料架}
```
""",
    ),
    _rule(
        "conflict-markers",
        summary="没有留下合并冲突的记号",
        found_in=("generator/records/conflicts.py:_problem",),
        text="""查什么
文件里没有合并冲突留下的记号：单独一行的 `<<<<<<<`、`=======`、`>>>>>>>`。填写栏、正文、计划表、花名册和方案数据里都看。

为什么
两个人改了同一处，合并时就会把两份文字都留下，中间用这些记号隔开。没有挑出对的一份，网页上就会两份都有，填写栏也读不出来。这样的记录改好以前不计数，也不公布。

怎么改
两份里留下对的一份，记号的三行都删去：

| 错 | 对 |
| --- | --- |
| `<<<<<<< HEAD` | |
| `上午九点进班，分两组。` | `上午九点进班，分两组。` |
| `=======` | |
| `上午八点半进班，分三组。` | |
| `>>>>>>> pr` | |

备案登记簿 `filings.yml`、结账和更正由命令写成，有冲突也不要手工合并：恢复主分支上的文件，再运行一次命令。
""",
    ),
    _rule(
        "file-name",
        summary="文件名只用英文字母、数字和短横线",
        found_in=(
            "generator/archive/folder.py:Reading.entries",
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
    _rule(
        "unsafe-path",
        summary="不放链接和快捷方式",
        found_in=(
            "generator/archive/folder.py:Reading.entries",
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
    _rule(
        "unexpected-file",
        summary="文件放在该放的地方",
        found_in=(
            "generator/archive/folder.py:Reading.unknown",
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
    _rule(
        "front-matter-fence",
        summary="填写栏上下各有一行 ---",
        found_in=("generator/records/markdown.py:_fence",),
        text="""查什么
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
""",
    ),
    _rule(
        "full-width-punctuation",
        summary="填写栏用英文标点",
        found_in=(
            "generator/records/keyboard_fixes.py:_Line.narrow",
            "generator/records/keyboard_fixes.py:_Line.narrow_space",
        ),
        text="""查什么
填写栏里分隔用的冒号、逗号、方括号、花括号和列表前的短横线是英文的。标题、说明这些话里的中文标点不受影响。

为什么
中文输入法下打出的“：”“，”“【】”看起来差不多，系统却读不出名称和内容的分界。检查会先按您的意思读下去，把其余的问题一并列出来，但这一处仍要改。

怎么改
切换到英文输入法，重新打这个符号。冒号后面空一格。

| 错 | 对 |
| --- | --- |
| `date：2020-05-14` | `date: 2020-05-14` |
| `partners: [diyi，xinba]` | `partners: [diyi, xinba]` |
| `grades: 【大班】` | `grades: [大班]` |
""",
    ),
    _rule(
        "hash-sign",
        summary="文字没有在 # 处断开",
        severity=Severity.WARNING,
        found_in=("generator/records/keyboard_fixes.py:find_text_behind_hash",),
        text="""查什么
填写栏的文字里，`#` 前面没有空格，或整段文字加了英文双引号。

为什么
空格后面的 `#` 表示“从这里起是注释”。`title: 观摩 #1班` 只会读到“观摩”，后面的字不会出现在网站上。

怎么改
| 想写 | 怎么写 |
| --- | --- |
| 观摩 #1班 | `title: "观摩 #1班"`，或 `title: 观摩1号班` |
| 写给自己看的注释 | `title: 观摩  # 这里是注释`，`#` 后面空一格 |
""",
    ),
    _rule(
        "tab-indent",
        summary="行首缩进用空格",
        found_in=("generator/records/keyboard_fixes.py:_mend_line",),
        text="""查什么
填写栏和 `.yml` 文件里，行首的缩进用空格，不用 Tab 键。

为什么
Tab 的宽窄每台机器不同，缩进表示从属关系，宽窄不定就分不清这一行属于谁。

怎么改
删去行首的 Tab，改按两下空格：

```yaml
photos:
  - {file: 01.jpg, caption: 大班区域活动现场}
```
""",
    ),
    _rule(
        "yaml-syntax",
        summary="填写栏写成“名称: 内容”",
        found_in=(
            "generator/records/keyboard_fixes.py:_Line.loosen",
            "generator/records/keyboard_fixes.py:fix_unreadable_signs.report",
            "generator/records/photo_lines.py:_ask_to_edit_by_hand",
            "generator/records/yaml_messages.py:describe_syntax_error",
            "generator/records/yaml_tree.py:_Builder._take_key",
            "generator/records/yaml_tree.py:_compose",
        ),
        text="""查什么
填写栏每行写成“名称: 内容”，引号、括号成对，同一级左边对齐。

为什么
有一行读不懂，这一行的内容就丢了。日期或标题丢了，活动就登记不上。

怎么改
先看指出的那一行，再看上一行，常见的是引号或括号少了一半。

| 错 | 对 | 原因 |
| --- | --- | --- |
| `title: 讲座: 区角` | `title: 讲座：区角` | 话里的冒号用中文的 |
| `date:2020-05-14` | `date: 2020-05-14` | 冒号后要空一格 |
| `title: "家园共育` | `title: 家园共育` | 引号少了一半 |
| `grades: [大班, 中班` | `grades: [大班, 中班]` | 方括号少了一半 |
| `title: *观摩*` | `title: 观摩` | 开头不能用 `*` |
""",
    ),
    _rule(
        "yaml-unsafe",
        summary="填写栏只写平常的内容",
        found_in=(
            "generator/records/yaml_tree.py:_Builder._refuse_references",
            "generator/records/yaml_tree.py:_Builder._take_key",
            "generator/records/yaml_tree.py:_Builder._take_value",
            "generator/records/yaml_tree.py:_Builder.take",
        ),
        text="""查什么
填写栏和 `.yml` 文件里没有 `&`、`*` 引用记号，没有以 `!` 开头的标签，没有 `<<` 合并，没有第二份数据；嵌套不超过 12 层，条目不超过两万个。

为什么
这些写法能让几行文字展开成几百万行，或者让人看到的和系统读到的不一样。档案要的是看见什么就是什么。

怎么改
把内容原样写出来。文字本身以 `&`、`*`、`!` 开头时，加英文引号：

| 错 | 对 |
| --- | --- |
| `title: !欢迎来园` | `title: "!欢迎来园"` |
| `title: &说明 区角` | `title: "&说明 区角"` |
""",
    ),
    _rule(
        "duplicate-key",
        summary="同一个名称只写一次",
        found_in=("generator/records/yaml_tree.py:_Builder._take_key",),
        text="""查什么
同一份填写栏、同一个花括号里，一个名称只写一次。

为什么
写了两次，就不知道以哪一次为准。两次日期不一样时，活动可能记到错的月份里。

怎么改
看信息里说的前一次在第几行，留下对的那一行，删去另一行。

错：

```yaml
date: 2020-05-14
date: 2020-05-15
```

对：

```yaml
date: 2020-05-14
```
""",
    ),
    _rule(
        "unknown-key",
        summary="填写栏的名称没有写错",
        found_in=("generator/records/validation.py:_unknown_key",),
        text="""查什么
填写栏里冒号前面的名称，是[栏目说明](../../fields/)里有的名称。

为什么
名称拼错了，后面的内容就没有人认领，等于没有填。检查会猜出您想写哪一个。

怎么改
照着提示改成正确的名称；多余的行整行删去。

| 错 | 对 |
| --- | --- |
| `tilte: 区域活动观摩` | `title: 区域活动观摩` |
| `partner: [diyi]` | `partners: [diyi]` |
| `标题: 区域活动观摩` | `title: 区域活动观摩` |
""",
    ),
    _rule(
        "missing-field",
        summary="必填的栏目都填了",
        found_in=(
            "generator/records/validation.py:_diagnose",
            "generator/records/validation.py:_unfilled",
        ),
        text="""查什么
必填的栏目一个不少，而且写了内容。每一栏填什么，见[栏目说明](../../fields/)。

为什么
缺了日期、帮扶内容或上报日期，就没有办法判断活动属于哪个月、是否按时、完成了哪一项，这份记录暂时不计入完成数。

怎么改
按提示补一行。例如缺少负责人：

```yaml
lead: 业务园长
```

一次活动必填：`title`、`date`、`measure`、`partners`、`direction`、`staff`、`lead`、`reported`。可以不填的栏目不想填，就整行删去，不要留着空的名称。
""",
    ),
    field_value.RULE,  # a module of its own: it adds which id to type in place of a name
    _rule(
        "date-format",
        summary="日期写成 2020-05-14",
        found_in=(
            "generator/records/scalars.py:_parse_day_or_month",
            "generator/records/scalars.py:parse_day",
            "generator/records/scalars.py:parse_month",
        ),
        text="""查什么
日期写成“年-月-日”，年四位，月、日各两位，如 `2020-03-05`；月份写成 `2020-03`。日历上要有这一天。

为什么
“3.5”可以是三月五日，也可以是三点五。写法统一，才能按月统计、按截止日判断是否按时。

怎么改
| 错 | 对 |
| --- | --- |
| `2020年3月5日` | `2020-03-05` |
| `2020.3.5` | `2020-03-05` |
| `2020/3/5` | `2020-03-05` |
| `2020-3-5` | `2020-03-05` |
| `2020-02-30` | 日历上没有这一天，请核对 |
""",
    ),
    _rule(
        "full-width-digits",
        summary="日期和数字用半角",
        found_in=("generator/records/scalars.py:_full_width",),
        text="""查什么
日期、月份、人数里的数字和短横线是半角的。

为什么
中文输入法的“全角”状态会打出又宽又胖的数字（２０２０），看着一样，系统不认。

怎么改
按 Shift+空格 切回半角，重新打一遍。

| 错 | 对 |
| --- | --- |
| `date: ２０２０-０５-１４` | `date: 2020-05-14` |
| `attendance: １２` | `attendance: 12` |
""",
    ),
)
