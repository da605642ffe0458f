"""Set-up says in plain words what a machine lacks, and the README's two commands are the Makefile's."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(
    shutil.which("bash") is None, reason="make and bash are for Unix; Windows uses pip"
)

TOOLS = ("bash", "cat", "dirname", "git", "grep", "head", "sort", "tr", "wc")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Make a project folder with the set-up scripts and a PATH, `bin`, with little on it."""
    for name in (".ci", "pyproject.toml", "requirements.in", "requirements.txt", "requirements-dev.txt"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name)
        else:
            shutil.copy(source, tmp_path / name)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found
        (tmp_path / "bin" / tool).symlink_to(found)
    _program(tmp_path, "id", "echo 1000")  # not root: nothing is installed on the machine that runs this
    return tmp_path


def _program(machine: Path, name: str, script: str) -> None:
    path = machine / "bin" / name
    path.write_text(f"#!/usr/bin/env bash\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def _run(machine: Path, *command: str) -> tuple[int, str]:
    done = subprocess.run(
        [str(machine / command[0]), *command[1:]],
        env={"PATH": str(machine / "bin"), "HOME": str(machine)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.returncode, done.stdout.decode()


def test_a_machine_without_python_is_told_what_to_install(machine: Path) -> None:
    _program(machine, "python3", "exit 1")  # one too old says so
    code, output = _run(machine, ".ci/venv", "site")
    assert code == 1
    assert output == (
        "No Python 3.11 or newer found (looked for python3, python3.14 … python3.11, python).\n"
        "Install one (Debian, Ubuntu: apt install python3 python3-venv),"
        " or name it: make PYTHON=/path/to/python3\n"
    )


def test_a_python_without_venv_is_told_apart(machine: Path) -> None:
    script = """\
case "$*" in
  *"sys.exit"*) exit 0 ;;
  *"print("*) echo 3.12 ;;
  --version) echo Python 3.12.9 ;;
  *) exit 1 ;;
esac"""
    _program(machine, "python3", script)
    code, output = _run(machine, ".ci/venv", "site")
    assert code == 1
    assert output == (
        "[1/2] Python environment in .venv (Python 3.12.9)\n"
        f"{machine}/bin/python3 cannot make a virtual environment."
        " On Debian or Ubuntu: sudo apt install python3.12-venv\n"
    )


def test_a_machine_without_browser_is_told_what_to_install(machine: Path) -> None:
    code, output = _run(machine, ".ci/browser")
    assert code == 1
    assert output == (
        "The tests need: chromium fontconfig fonts-noto-cjk libimage-exiftool-perl\n"
        "Install them (Debian: sudo apt install chromium fontconfig fonts-noto-cjk libimage-exiftool-perl),"
        " or name your Chrome: make test CHROMIUM=/path/to/chrome\n"
    )


def test_a_machine_with_all_of_them_is_left_alone(machine: Path) -> None:
    _program(machine, "google-chrome", "exit 0")
    _program(machine, "exiftool", "exit 0")
    _program(machine, "fc-list", "echo font")
    assert _run(machine, ".ci/browser") == (0, "")


def test_make_knows_what_the_readme_names() -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        named = re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)
        assert named
        assert set(named) <= targets
