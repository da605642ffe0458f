"""The fields of the front matter: their names, and their values."""

from __future__ import annotations

from generator.rules import field_value
from generator.rules.rule import make_reading_rule

RULES = (
    make_reading_rule(
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
    make_reading_rule(
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
    make_reading_rule(
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
    make_reading_rule(
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
