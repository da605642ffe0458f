"""`pairing completion`: what each shell is offered, that it is quick, and that a broken archive keeps it silent."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import get_completion_class

from generator.cli import main
from generator.cli.command import Group
from generator.cli.completion_values import VARIABLE
from tests.conftest import PAIRING, ROOT, MakeArchive
from tests.small_archive import base

HEAVY = (
    "pydantic",
    "PIL",
    "numpy",
    "jinja2",
    "mkdocs",
    "docx",
    "openpyxl",
    "generator.archive",
    "generator.records",
)


def _offer(*typed: str) -> list[tuple[str, str | None]]:
    """Return what is offered for the last word behind ``pairing``."""
    kind = get_completion_class("zsh")
    assert kind is not None
    *before, incomplete = typed
    found = kind(main.pairing, {}, "pairing", VARIABLE).get_completions(list(before), incomplete)
    return [(item.value if item.type == "plain" else item.type, item.help) for item in found]


def _ask(shell: str, words: str, at: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    asked = {VARIABLE: f"{shell}_complete", "COMP_WORDS": words, "COMP_CWORD": at}
    return subprocess.run(
        [PAIRING], cwd=folder, env={**os.environ, **asked}, capture_output=True, check=False
    )


@pytest.mark.parametrize(
    ("shell", "script"),
    [
        (
            "bash",
            (
                "_pairing_completion() {",
                "_PAIRING_COMPLETE=bash_complete $1",
                "complete -o nosort -F _pairing_completion pairing",
            ),
        ),
        (
            "zsh",
            (
                "#compdef pairing",
                "_PAIRING_COMPLETE=zsh_complete pairing",
                "compdef _pairing_completion pairing",
            ),
        ),
        (
            "fish",
            (
                "function _pairing_completion;",
                "env _PAIRING_COMPLETE=fish_complete",
                "complete --no-files --command pairing",
            ),
        ),
        (
            "powershell",
            (
                "Register-ArgumentCompleter -Native -CommandName pairing -ScriptBlock {",
                "$env:_PAIRING_COMPLETE = 'powershell_complete'",
                "$response = & pairing 2>$null",
            ),
        ),
    ],
)
def test_each_shell_has_its_script(
    shell: str, script: tuple[str, ...], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main.main(["completion", shell]) == 0
    out, err = capsysbinary.readouterr()
    kind = get_completion_class(shell)
    assert kind is not None
    assert out.decode() == kind.source_template % kind(main.pairing, {}, "pairing", VARIABLE).source_vars()
    assert [line for line in script if line not in out.decode()] == []
    assert (err, b"\r" in out) == (b"", False)


def test_commands_options_and_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert _offer("") == [(name, line) for name, (_, line) in main.COMMANDS.items()]
    assert _offer("photos", "b") == [("budget", "看网站的图片占多少空间，还放得下多少。")]
    assert _offer("status", "--m") == [("--month", "只看一个月，如 2020-05。")]
    assert _offer("check", "--format", "g") == [("github", None)]
    assert _offer("new", "gu") == _offer("new", "光") == [("guangcai", "光彩幼儿园")]
    assert _offer("assess", "--explain", "dong") == [("dongyuan", "东苑幼儿园")]
    assert _offer("new", "guangcai", "5.14", "area-o") == [("area-observation", "区域活动观摩")]
    assert _offer("new", "guangcai", "5.14", "跟岗") == [("staff-exchange", "跟岗实践")]
    assert _offer("close", "2020-1") == [(f"2020-{month}", "秋学期") for month in (10, 11, 12)]
    assert _offer("draw", "--month", "2020-03") == [("2020-03", "春学期")]
    assert _offer("fix", "rec") == _offer("check", "--only", "rec") == [("file", None)]


def test_the_archive_that_is_named_is_asked(make_archive: MakeArchive) -> None:
    root = make_archive(base())
    assert _offer("new", "--root", str(root), "") == [("jia", "甲园"), ("yi", "乙园")]


@pytest.mark.parametrize(
    ("shell", "words", "at", "answer"),
    [
        ("bash", "pairing new ji", "2", "plain,jia\n"),
        ("zsh", "pairing new ji", "2", "plain\njia\n甲园\n"),
        ("fish", "pairing new ji", "ji", "plain,jia\t甲园\n"),
        ("powershell", "pairing new ji", "2", "plain\njia\n甲园\n"),
    ],
)
def test_a_shell_gets_its_answer(
    shell: str, words: str, at: str, answer: str, make_archive: MakeArchive
) -> None:
    done = _ask(shell, words, at, make_archive(base()))
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, answer, b"")


@pytest.mark.parametrize(
    "files",
    [
        {"records/yi/school.yml": b"\xff\xfe{", "records/bureau/2021/programme.yml": "terms: [\n"},
        {
            "records/yi/school.yml": "- a\n",
            "records/bureau/2021/programme.yml": "terms: 3\nmeasures: {a: b}\n",
        },
        {
            "records/yi/school.yml": "id: '$(reboot)'\nname: 甲\n",
            "records/bureau/2021/programme.yml": "terms: [{months: [1, x]}]\nmeasures: [{id: 'a b'}, 3]\n",
        },
        {"records/yi/school.yml": "[" * 5000, "records/bureau/2021/programme.yml": "a: &a [*a]\nterms: *a\n"},
        {"content/empty.md": ""},
    ],
)
def test_a_broken_archive_offers_nothing_and_says_nothing(
    files: dict[str, str | bytes], make_archive: MakeArchive, tmp_path: Path
) -> None:
    make_archive(files)
    for words in (("new", ""), ("new", "yi", "5.14", ""), ("close", "")):
        assert _offer(words[0], "--root", str(tmp_path / "archive"), *words[1:]) == []


def test_whatever_a_shell_asks_it_hears_no_error(tmp_path: Path) -> None:
    for shell, words, at in (
        ("zsh", "pairing new 'x", "x"),
        ("tcsh", "pairing ", "1"),
        ("bash", "pairing new x", "-1-"),
    ):
        done = _ask(shell, words, at, tmp_path)
        assert (done.returncode, done.stdout.strip(), done.stderr) == (0, b"", b"")


def test_a_name_cannot_forge_lines(make_archive: MakeArchive) -> None:
    school = 'id: jia\nname: "甲\\nplain\\nrm -rf\\e[31m"\n'
    root = make_archive({"records/jia/school.yml": school})
    done = _ask("zsh", "pairing new ", "2", root)
    assert done.stdout.decode() == "plain\njia\n甲plainrm -rf[31m\n"


def _walk(group: Group, *before: str) -> list[tuple[str, ...]]:
    found = []
    for name in group.table:
        command = group.get_command(click.Context(group), name)
        found.append((*before, name))
        if isinstance(command, Group):
            found += _walk(command, *before, name)
    return found


def test_completion_loads_nothing_heavy() -> None:
    """For no command: that is what keeps it below a fifth of a second."""
    assert isinstance(main.pairing, Group)
    code = (
        "import sys\nfrom click.shell_completion import get_completion_class\nfrom generator.cli.main import pairing\n"
        "offer = get_completion_class('zsh')(pairing, {}, 'pairing', '_PAIRING_COMPLETE').get_completions\n"
        f"for words in {_walk(main.pairing)!r}:\n"
        "    assert offer(list(words), '-'), words\n"
        f"    print(*words, *(name for name in {HEAVY!r} if name in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [" ".join(words) for words in _walk(main.pairing)]
