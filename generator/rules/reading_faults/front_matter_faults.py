"""The front matter as text: its fences, its punctuation, its YAML."""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import make_reading_rule

RULES = (
    make_reading_rule(
        "front-matter-fence",
        summary="填写栏上下各有一行 ---",
        found_in=("generator/records/markdown_record.py:_fence",),
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
    make_reading_rule(
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
    make_reading_rule(
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
    make_reading_rule(
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
    make_reading_rule(
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
    make_reading_rule(
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
    make_reading_rule(
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
)
