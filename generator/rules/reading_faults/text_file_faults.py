"""How a text file is stored: its encoding, its line ends, its size, a merge left half done."""

from __future__ import annotations

from generator.records.diagnostics import Severity
from generator.rules.rule import make_reading_rule

RULES = (
    make_reading_rule(
        "file-encoding",
        summary="文字文件用 UTF-8 编码",
        found_in=("generator/records/decoding.py:decode_record",),
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
    make_reading_rule(
        "file-bom",
        summary="文字文件不带 BOM 标记",
        severity=Severity.WARNING,
        found_in=("generator/records/decoding.py:decode_record",),
        text="""查什么
文字文件开头不带 BOM（一个看不见的标记）。

为什么
带 BOM 的文件，在有的软件里第一行会认不出来，日后查档容易出错。内容照常读取，所以只作提醒。

怎么改
“另存为”时，“编码”选 **UTF-8**，不要选“带有 BOM 的 UTF-8”。
""",
    ),
    make_reading_rule(
        "line-endings",
        summary="换行用 LF",
        severity=Severity.WARNING,
        found_in=("generator/records/decoding.py:decode_record",),
        text="""查什么
文字文件的换行用 LF。Windows 的换行（CRLF）会被提醒。

为什么
两种换行混在一起，比较前后两稿时，整份文件都会显示成改过，看不出真正改了哪里。内容照常读取，所以只作提醒。

怎么改
不改也能交，系统存档时会自动换成 LF。

想消去提醒：在编辑器右下角点 `CRLF`，选 `LF`，保存。在浏览器里填写不会遇到这个问题。
""",
    ),
    make_reading_rule(
        "file-size",
        summary="文字记录不超过 256 KB",
        found_in=("generator/records/decoding.py:decode_record",),
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
    make_reading_rule(
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
)
