"""Whatever click can say to a user, it says in Chinese, whichever click is installed and whatever the machine's language."""

from __future__ import annotations

import ast
import importlib
import os
import re
import string
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from generator.cli.click_messages import CATALOGUE
from generator.cli.main import main
from tests.conftest import PAIRING

# What click says only to a programmer whose declarations are wrong, or of what no command here does.
NO_USER_MEETS = {
    "_termui_impl": None,  # pagers, editors, click's progress bar
    "_winconsole": None,  # errors of a console that is being replaced
    "shell_completion": None,
    "core": {
        "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
        "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
        "Could not determine name for option with declarations {decls!r}",
        (
            "No options defined but a name was passed ({name}). Did you mean to declare an argument instead?"
            " Did you mean to pass '--{name}'?"
        ),
        "Arguments take exactly one parameter declaration, got {length}: {decls}.",
        "Name '{name}' defined twice",
        "Boolean option {decl!r} cannot use the same flag for true/false.",
    },
    "termui": {"Unknown color {colour!r}"},
}


def _messages() -> Iterator[tuple[str, str]]:
    """Yield (module, message) of all that click's sources hand to gettext."""
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "gettext", "ngettext"):
                texts = (each.value for each in node.args if isinstance(each, ast.Constant))
                yield from ((path.stem, text) for text in texts if isinstance(text, str))


def test_click_says_everything_in_chinese() -> None:
    messages = {*_messages()}
    assert len(messages) > 60, "click's sources are read otherwise than they are written"
    for module, message in sorted(messages):
        unmet = NO_USER_MEETS.get(module, set())
        if unmet is None or message in unmet:
            continue
        said: str = vars(importlib.import_module(f"click.{module}"))["_"](message)
        assert said == CATALOGUE.get(message), f"{module}: put it into generator/cli/click_messages.py"
        assert not re.search("[A-Za-z]", re.sub(r"\{.*?\}|%\(.*?\)s|UUID", "", said)), said
        fields = {name for _, name, _, _ in string.Formatter().parse(message) if name}
        assert {name for _, name, _, _ in string.Formatter().parse(said) if name} <= fields, said


def test_what_click_no_longer_says_is_forgotten() -> None:
    messages = {message for _, message in _messages()}
    assert set(CATALOGUE) <= messages
    assert {message for unmet in NO_USER_MEETS.values() for message in unmet or ()} <= messages


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("start --dry-run=1", "选项 --dry-run 后面不写值\n看用法：pairing start --help"),
        (
            "amend 2020-05 --moved a",
            "选项 --moved 的用法不对，它后面要写 2 个值\n看用法：pairing amend --help",
        ),
        ("draw --month 2020-05 --seed-file no", "--seed-file：没有这个文件：no\n看用法：pairing draw --help"),
        ("check --receipt records", "--receipt：要写文件，这是文件夹：records\n看用法：pairing check --help"),
        ("check --root README.md", "--root：要写文件夹，这是文件：README.md\n看用法：pairing check --help"),
        ("status a b", "多写了内容：a b\n看用法：pairing status --help"),
        ("close 2020-5", "月份：“2020-5”不是月份，写成 2020-05 的样子\n看用法：pairing close --help"),
        ("close", "缺少 '月份'\n看用法：pairing close --help"),
    ],
)
def test_wrong_usage_is_told_in_chinese(
    arguments: str,
    message: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    project_root: Path,
) -> None:
    monkeypatch.chdir(project_root)
    assert main(arguments.split()) == 2
    assert capsys.readouterr().err == f"用法不对：{message}\n"


@pytest.mark.parametrize("language", ["C", "en_US.UTF-8", "de_DE.UTF-8", "zh_CN.GBK"])
def test_the_language_of_the_machine_changes_nothing(language: str) -> None:
    environment = {**os.environ, "LANG": language, "LC_ALL": language, "LANGUAGE": language, "COLUMNS": "100"}
    done = subprocess.run(
        [PAIRING, "status", "--bogus"], capture_output=True, env=environment, encoding="utf-8", check=False
    )
    assert done.stderr == "用法不对：没有选项 --bogus\n看用法：pairing status --help\n"
