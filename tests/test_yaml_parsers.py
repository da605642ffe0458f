"""libyaml reads records here, PyYAML's own parser in a browser: both say the same of what is wrong."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from generator.records import yaml_tree
from generator.records.diagnostics import SourceFile

Said = tuple[object, list[tuple[str, int, int, str, str]]]

BROKEN = {
    "grades: [大班\ntitle: 观摩\n": "方括号或花括号没有配对",
    "staff: {sent: 1, received 2: 3]\n": "方括号或花括号没有配对",
    "title: 观摩\n date: 2020-03-12\n": "这一行前面多了空格",
    "title: 观摩\n- 大班\n": "缩进不整齐，或上一行的引号、括号没有配对",
    "photos:\n  - file: 01.jpg\n  caption: 现场\n": "列表的各行没有对齐",
    "title: - 观摩\n": "“- ”不能写在冒号后面的同一行",
    "title: \x07观摩\n": "有看不见的控制字符",
    "title: @观摩\n": "这个符号不能放在开头",
    "title: *观摩\n": "文字不能以 * 或 & 开头",
    "title: 观摩\ndate\nlead: 园长\n": "这一行缺少冒号",
    'title: "观\\q摩"\n': "英文双引号里不能有反斜杠",
    "title: 观摩: 研讨\n": "一行里有两个冒号，或上一行没有写完",
}


def read(text: str, loader: Any, monkeypatch: pytest.MonkeyPatch) -> Said:
    monkeypatch.setattr(yaml_tree, "_LOADER", loader)
    tree, found = yaml_tree.read_yaml(SourceFile(path="a.yml", text=text), text)
    said = [(d.rule, d.span.line, d.span.column, d.message, d.fix) for d in found]
    return tree and (tree.value, tree.broken), said


@pytest.mark.parametrize(("text", "message"), BROKEN.items())
def test_both_parsers_say_the_same(text: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = read(text, yaml.CSafeLoader, monkeypatch)
    assert read(text, yaml.SafeLoader, monkeypatch) == here
    assert message in {said[3] for said in here[1]}
