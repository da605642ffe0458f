"""The installed command ends in words, however early it is interrupted."""

from __future__ import annotations

import subprocess
import sys

import pytest

_INTERRUPTED = """
import sys

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupt())
from generator.cli.entry import run
run()
"""


@pytest.mark.parametrize("name", ["generator.cli.main", "click", "generator.cli.click_messages"])
def test_interrupted_while_its_modules_are_loaded(name: str) -> None:
    code = [sys.executable, "-c", _INTERRUPTED.format(name=name)]
    ran = subprocess.run(code, check=False, capture_output=True, text=True, encoding="utf-8")
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "\n已停止；原有文件没有改变。\n")


def test_the_module_is_the_command() -> None:
    code = [sys.executable, "-m", "generator.cli", "--version"]
    ran = subprocess.run(code, check=False, capture_output=True, text=True, encoding="utf-8")
    assert (ran.returncode, ran.stdout.startswith("pairing"), ran.stderr) == (0, True, "")
