"""What is written as YAML is what the reader reads, whatever a text begins with."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.records.diagnostics import SourceFile
from generator.records.keyboard_fixes import fix_keyboard_signs, fix_unreadable_signs
from generator.records.yaml_writing import format_yaml

_SIGNS = "【】［］｛｝：，、－—–-:#'\"[]{}|>%@`!&*?= \u3000\u00a0甲乙a1\n"


def _read(text: str) -> object:
    """Read as the records' reader does, which mends first; nothing may be mended."""
    file = SourceFile(path="records/甲.yml", text=text)
    mended, columns, problems = fix_keyboard_signs(file, text, 1)
    mended, more, _ = fix_unreadable_signs(file, mended, 1, columns)
    assert (problems, more, mended) == ([], [], text)
    return yaml.safe_load(mended)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("签订协议、制定计划", "签订协议、制定计划"),
        ("【示范】课", "'【示范】课'"),
        ("［示范］课", "'［示范］课'"),
        ("｛示范｝", "'｛示范｝'"),
        ("－ 示范", "－ 示范"),
        ("\u3000示范", "'\u3000示范'"),
        ("\u00a0示范", "'\u00a0示范'"),
        ("主题：示范", "'主题：示范'"),
        ("abc:示范", "'abc:示范'"),
        ("甲:【乙】", "'甲:【乙】'"),
        ("园长说“好”", "园长说“好”"),
        ("2020-03-10", "'2020-03-10'"),
        ("no", "'no'"),
        ("甲 #乙", "'甲 #乙'"),
        ("甲\n----\n乙", r'"甲\n----\n乙"'),
    ],
)
def test_a_text_is_quoted_where_the_reader_would_mend_it(text: str, written: str) -> None:
    whole = format_yaml({"task": text, "list": [text]})
    assert whole == f"task: {written}\nlist:\n  - {written}\n"
    assert _read(whole) == {"task": text, "list": [text]}
    assert format_yaml({"task": text, "list": [text]}, for_people=False) == whole.replace("  - ", "- ")


def test_lists_stand_below_their_key_and_lines_are_broken_where_it_is_asked() -> None:
    value = {"rows": [{"day": dt.date(2020, 3, 10), "number": 3, "yes": True, "text": "甲乙 丙丁"}]}
    assert format_yaml(value) == (
        "rows:\n  - day: 2020-03-10\n    number: 3\n    'yes': true\n    text: 甲乙 丙丁\n"
    )
    assert format_yaml({"text": "甲乙 丙丁"}, width=6) == "text: 甲乙\n  丙丁\n"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(st.sampled_from(_SIGNS), max_size=12), max_size=3))
def test_any_texts_are_read_back(texts: list[str]) -> None:
    value = {"rows": [{"task": text, "lead": text} for text in texts], "list": texts}
    for for_people in (True, False):
        assert _read(format_yaml(value, for_people=for_people)) == value
