"""The bulletin as plain text and as Markdown: whole goldens, hostile words, receivers with little room.

``UPDATE_CASES=1 pytest tests/test_bulletin_text.py`` writes the goldens anew; read every change.
"""

from __future__ import annotations

import os
from pathlib import Path

import cmarkgfm
import pytest

from generator.documents.bulletin import Bulletin, compose_bulletin
from generator.documents.bulletin.bulletin_content import Passage, TextRun
from generator.documents.bulletin.markdown import make_markdown
from generator.documents.bulletin.note import read_passages
from generator.documents.bulletin.plain_text import make_plain_text
from tests.test_bulletin import TODAY, archive
from tests.test_pages import site

GOLDENS = Path(__file__).with_name("bulletin")
LINK = "https://example.org/bulletins/2021-02/"


@pytest.fixture(scope="module")
def value(tmp_path_factory: pytest.TempPathFactory) -> Bulletin:
    """The bulletin of a month with everything."""
    made = site(tmp_path_factory.mktemp("text"), archive(), today=TODAY)
    return compose_bulletin(made.corpus, made.ledgers[2021], "2021-02")


@pytest.mark.parametrize("name", ["2021-02.txt", "2021-02.md", "2021-02.dingtalk.md"])
def test_the_whole_text(value: Bulletin, name: str) -> None:
    made = {
        "2021-02.txt": lambda: make_plain_text(value, link=LINK),
        "2021-02.md": lambda: make_markdown(value),
        "2021-02.dingtalk.md": lambda: make_markdown(value, link=LINK, tables=False),
    }[name]()
    if os.environ.get("UPDATE_CASES"):
        (GOLDENS / name).write_text(made, encoding="utf-8", newline="\n")
    assert made == (GOLDENS / name).read_text(encoding="utf-8")


def test_a_receiver_with_little_room_gets_what_is_urgent(value: Bulletin) -> None:
    for make in (make_plain_text, make_markdown):
        whole = make(value, link=LINK)
        assert make(value, link=LINK, limit=len(whole.encode())) == whole
        for limit in (1200, 900, 700, 300, 100, 5, 0):
            short = make(value, link=LINK, limit=limit)
            assert len(short.encode()) <= max(limit, 3)
    short = make_plain_text(value, link=LINK, limit=700)
    assert "乙园：应完成1项，没有上报。" in short
    assert short.endswith(
        "（其余内容从略，请看全文。）\n\n全文："
        + LINK
        + "\n发：各校（园）\n甲县教育局学前股　2021年3月4日印发\n"
    )


def test_no_words_become_markup(tmp_path: Path) -> None:
    bad = "# <b>*粗*_斜_</b> [链](javascript:1) | `码` ~~删~~ 1. \\"
    files = archive()
    path = "records/jia/2021/02/05-visit/activity.md"
    files[path] = str(files[path]).replace("观摩活动", f"'{bad}'")
    made = site(tmp_path, files, today=TODAY)
    for tables in (True, False):
        text = make_markdown(compose_bulletin(made.corpus, made.ledgers[2021], "2021-02"), tables=tables)
        html = cmarkgfm.github_flavored_markdown_to_html(text)
        shown = "# &lt;b&gt;*粗*_斜_&lt;/b&gt; [链](javascript:1) | `码` ~~删~~ 1. \\"
        assert html.count(shown) == 2, html
        assert "<a " not in html
        assert "<del>" not in html


def test_a_note_keeps_its_words_and_little_else() -> None:
    note = """# 要求

请**各园**于*30日前*上报，见[方案](https://example.org/a)、[坏](javascript:alert(1))。
第二行接着写。

1. 一
2. 二
   - 内

> 引文

| 表头 | 数 |
|---|---|
| 行 | 3 |

![图](x.png)<script>alert(1)</script>小**明**好
"""
    assert read_passages(note, ["小明"]) == (
        Passage(kind="heading", runs=(TextRun(text="要求"),)),
        Passage(
            kind="paragraph",
            runs=(
                TextRun(text="请"),
                TextRun(text="各园", strong=True),
                TextRun(text="于*30日前*上报，见"),
                TextRun(text="方案", link="https://example.org/a"),
                TextRun(text="、[坏](javascript:alert(1))。\n第二行接着写。"),
            ),
        ),
        Passage(kind="item", runs=(TextRun(text="一"),), mark="1."),
        Passage(kind="item", runs=(TextRun(text="二"),), mark="2."),
        Passage(kind="item", runs=(TextRun(text="内"),), mark="•", depth=1),
        Passage(kind="quote", runs=(TextRun(text="引文"),)),
        Passage(kind="paragraph", runs=(TextRun(text="表头　数", strong=True),)),
        Passage(kind="paragraph", runs=(TextRun(text="行　3"),)),
        Passage(kind="paragraph", runs=(TextRun(text="![图](x.png)<script>alert(1)</script>██好"),)),
    )
