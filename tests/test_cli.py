"""The command line: exit codes, formats, and what a teacher reads."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from generator.cli import main
from generator.cli.command import Group
from tests.conftest import PAIRING, MakeArchive
from tests.small_archive import activity, base


def full() -> dict[str, str | bytes]:
    """A small archive of which nothing is wrong and nothing is owed, without photos."""
    return base()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main.main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def test_check_lists_all_problems_at_once_and_exits_1(
    make_archive: MakeArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = (
        activity("2021-03-05", partner="jia")
        .replace("date: 2021-03-05", "date：2021年3月5日")
        .replace("lead:", "laed:")
    )
    root = make_archive(base() | {"records/yi/2021/03/05-visit/activity.md": broken})
    code, out, err = run(
        capsys,
        "check",
        "--root",
        str(root),
        "--as-of",
        "2021-03-20",
        "--only",
        "records/yi",
        "--format",
        "json",
    )
    assert code == 1
    assert err == ""
    found = {(d["line"], d["rule"], d["fix"]) for d in json.loads(out)}
    assert {
        (3, "full-width-punctuation", "切换到英文输入法，改成英文冒号加一个空格“: ”"),
        (3, "date-format", "改成 2021-03-05"),
        (8, "unknown-key", "是不是想写 lead（负责人）？"),
    } <= found


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("chekc",), "没有命令“chekc”；是不是 check？\n看用法：pairing --help"),
        (
            ("check", "--as-of", "2020-5-1"),
            "--as-of：“2020-5-1”不是日期，写成 2020-05-31 的样子\n看用法：pairing check --help",
        ),
        (("check", "--format", "xml"), "--format：只能写 text、github、json\n看用法：pairing check --help"),
        (("check", "--fromat", "text"), "没有选项 --fromat；是不是 --format？\n看用法：pairing check --help"),
        (("check", "records"), "要只检查这些路径，请写 --only records\n看用法：pairing check --help"),
        (
            ("check", "--only", "no/such"),
            "找不到“no/such”（在档案文件夹 . 之内）\n看用法：pairing check --help",
        ),
        (("check", "--changed-since", "-x"), "“-x”不是一个版本号\n看用法：pairing check --help"),
        (
            ("status", "--month", "2020-13"),
            "--month：“2020-13”不是月份，写成 2020-05 的样子\n看用法：pairing status --help",
        ),
        (("status", "--month", "2020-07"), "2020-07 不是帮扶月\n看用法：pairing status --help"),
        (("sample",), "缺少 '--out'\n看用法：pairing sample --help"),
        (
            ("sample", "--out", "x", "--years", "0"),
            "--years：应当是 1 到 30 的整数\n看用法：pairing sample --help",
        ),
        (("sample", "--out", "x", "--seed", "a"), "--seed：应当是整数\n看用法：pairing sample --help"),
        (
            ("build", "--root", "no-such-folder"),
            "--root：没有这个文件夹：no-such-folder\n看用法：pairing build --help",
        ),
        (("check", "--root"), "选项 --root 的用法不对，它后面要写一个值\n看用法：pairing check --help"),
        (
            ("photos", "add", "--root"),
            "选项 --root 的用法不对，它后面要写一个值\n看用法：pairing photos add --help",
        ),
        (("check", "--as-of"), "选项 --as-of 的用法不对，它后面要写一个值\n看用法：pairing check --help"),
        (("schema", "--check=1"), "选项 --check 后面不写值\n看用法：pairing schema --help"),
        (("photos", "ad"), "没有命令“ad”；是不是 add？\n看用法：pairing photos --help"),
    ],
)
def test_wrong_usage_exits_2_and_says_what_to_type(
    arguments: tuple[str, ...],
    message: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    project_root: Path,
) -> None:
    monkeypatch.chdir(project_root)
    assert run(capsys, *arguments) == (2, "", f"用法不对：{message}\n")


def test_a_folder_without_records_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("check", "status", "build", "serve"):
        code, out, err = run(capsys, command, "--root", str(tmp_path))
        assert (code, out) == (2, "")
        assert err.startswith(
            f"用法不对：“{tmp_path}”里没有 records 文件夹；用 --root 指出档案所在的文件夹\n"
        )


def test_a_defect_exits_3_without_a_traceback(
    make_archive: MakeArchive, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("defect")

    monkeypatch.setattr("generator.archive.read_corpus", broken)
    code, out, err = run(capsys, "check", "--root", str(make_archive(base())))
    assert (code, out) == (3, "")
    assert err == (
        "程序内部出错，不是您的记录有误。（ZeroDivisionError: defect）\n"
        "请把这一行发给维护人员；设环境变量 PAIRING_DEBUG=1 再运行可看到详情。\n"
    )


def test_an_interrupt_exits_130(
    make_archive: MakeArchive, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.archive.read_corpus", interrupted)
    code, out, err = run(capsys, "check", "--root", str(make_archive(base())))
    assert (code, out, err) == (130, "", "\n已停止；原有文件没有改变。\n")


def test_status_text(make_archive: MakeArchive, capsys: pytest.CaptureFixture[str]) -> None:
    files = base() | {
        "records/jia/2021/02/05-visit/activity.md": activity("2021-02-05"),
        "records/yi/2021/02/05-visit/activity.md": activity("2021-02-05", partner="jia"),
    }
    code, out, err = run(capsys, "status", "--root", str(make_archive(files)), "--as-of", "2021-03-10")
    assert (code, err) == (0, "")
    assert out == (
        "甲县 2021 年度月度完成情况（截至 2021-03-10）\n"
        "\n"
        "        二月    三月\n"
        "甲园    ◐ 1/2   ○ 0/2\n"
        "  乙园  ✓ 1/1   ○ 0/1\n"
        "\n"
        "图例：✓ 完成  ◐ 不足  ✕ 未上报  ◔ 逾期  ○ 未到期\n"
        "\n"
        "可以结账：二月（pairing close 2021-02 --dry-run）\n"
        "\n"
        "已到期未完成（1 个校（园）月份）：\n"
        "  甲园（jia）2021-02 不足：还欠 1 项（应 2 项，按时 1 项）\n"
        "\n"
        "三月尚可上报（2021-03-30 截止）：\n"
        "  甲园（jia）2021-03 未到期：还欠 2 项（应 2 项，按时 0 项）\n"
        "  乙园（yi）2021-03 未到期：还欠 1 项（应 1 项，按时 0 项）\n"
    )


def test_status_fails_for_a_missing_month_and_names_it(
    make_archive: MakeArchive,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    root = make_archive(base())
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    arguments = ("status", "--root", str(root), "--as-of", "2021-03-10", "--fail-missing", "--format", "json")
    code, out, err = run(capsys, *arguments)
    assert code == 1
    assert json.loads(out)["missing"] == [
        {"school": "jia", "name": "甲园", "month": "2021-02", "owed": 2},
        {"school": "yi", "name": "乙园", "month": "2021-02", "owed": 1},
    ]
    assert err == (
        "甲园（jia）2021-02 未上报：还欠 2 项（应 2 项，按时 0 项）\n"
        "乙园（yi）2021-02 未上报：还欠 1 项（应 1 项，按时 0 项）\n"
    )
    assert summary.read_text("utf-8") == (
        "## ✕ 2 个校（园）月份未完成\n\n"
        "| 校（园） | 月份 | 情况 | 还欠 | 应完成 |\n| --- | --- | --- | ---: | ---: |\n"
        "| 甲园 | 2021-02 | 未上报 | 2 | 2 |\n| 乙园 | 2021-02 | 未上报 | 1 | 1 |\n"
        "\n## 可以结账\n\n"
        "- 2021-02：`pairing close 2021-02 --dry-run` 先看一遍，再 `pairing close 2021-02`\n"
        "\n写出的文件用合并请求交上来，步骤见网站的“给教育局”一页第四部分。\n"
    )
    assert run(capsys, *arguments[:-2], "--month", "2021-03")[0] == 0


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)


def test_changed_since_sees_only_what_the_submission_touches(
    make_archive: MakeArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = activity("2021-03-05", partner="jia").replace("direction: host", "direction: hots")
    root = make_archive(base() | {"records/yi/2021/03/05-old/activity.md": wrong})
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "base")
    arguments = (
        "check",
        "--root",
        str(root),
        "--as-of",
        "2021-06-01",
        "--format",
        "json",
        "--changed-since",
        "main",
    )
    assert run(capsys, *arguments) == (0, "[]\n", "")
    git(root, "switch", "-q", "-c", "submission")
    new = root / "records/yi/2021/03/06-new"
    new.mkdir()
    (new / "activity.md").write_text(wrong.replace("2021-03-05", "2021-03-06"), encoding="utf-8")
    code, out, _ = run(capsys, *arguments)  # not yet committed, not even added
    paths = {d["path"] for d in json.loads(out)}
    assert (code, paths) == (1, {"records/yi/2021/03/06-new/activity.md"})
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "submission")
    assert run(capsys, *arguments)[1] == out


def test_a_changed_photo_concerns_its_record(
    make_archive: MakeArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_archive(
        base() | {"records/yi/2021/03/05-visit/activity.md": activity("2021-03-05", partner="jia")}
    )
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "base")
    (root / "records/yi/2021/03/05-visit/01.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    code, out, _ = run(
        capsys,
        "check",
        "--root",
        str(root),
        "--as-of",
        "2021-06-01",
        "--format",
        "json",
        "--changed-since",
        "main",
    )
    assert code == 1
    assert "photo-unnamed" in {d["rule"] for d in json.loads(out)}


def test_an_unknown_revision_is_wrong_usage(
    make_archive: MakeArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_archive(base())
    code, out, err = run(capsys, "check", "--root", str(root), "--changed-since", "main")
    assert (code, out) == (2, "")
    assert err.startswith("用法不对：这个文件夹不是 git 仓库")
    git(root, "init", "-q")
    for revision in ("nowhere", "0" * 40, "HEAD~9", "HEAD:records"):
        code, out, err = run(capsys, "check", "--root", str(root), "--changed-since", revision)
        assert (code, out) == (2, "")
        assert err.startswith(f"用法不对：没有版本“{revision}”；若是只取了最近历史的克隆")
        assert "fatal" not in err


def test_git_is_asked_in_english_whatever_the_machine_speaks(
    make_archive: MakeArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def note(*_: object, env: dict[str, str], **__: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(env)
        return subprocess.CompletedProcess((), 128, b"", b"fatal: not a git repository")

    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setattr(subprocess, "run", note)
    assert main.main(["check", "--root", str(make_archive(base())), "--changed-since", "main"]) == 2
    assert {env["LC_ALL"] for env in asked} == {"C"}


def _all_commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        yield before + name, command
        if isinstance(command, click.Group):
            yield from _all_commands(command, f"{before}{name} ")


def test_every_command_teaches_by_example(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert out.startswith("用法：pairing [选项] 命令 [选项]\n")
    for name, command in _all_commands(main.pairing):
        code, out, err = run(capsys, *name.split(), "--help")
        assert (code, err) == (0, "")
        assert out.startswith(f"用法：pairing {name} [选项]")
        if isinstance(command, click.Group):
            assert "\n命令:\n" in out
        else:
            assert "\n例子:\n  # " in out
            assert f"\n  pairing {name}" in out
        for english in ("Usage", "Options", "Show this", "required", "default"):
            assert english not in out


def test_a_group_lists_each_command_by_its_first_line() -> None:
    """The lines stand in a table, so that the group's help imports no command."""
    groups = [main.pairing, *(each for _, each in _all_commands(main.pairing) if isinstance(each, Group))]
    for group in groups:
        for name, (_, line) in group.table.items():
            command = group.get_command(click.Context(group), name)
            assert command
            assert (command.name, (command.help or "").splitlines()[0]) == (name, line)


def test_colour_only_where_it_is_wanted(make_archive: MakeArchive) -> None:
    root = make_archive(base() | {"records/yi/2021/03/05-visit/activity.md": "x"})
    command = [str(PAIRING), "check", "--root", str(root), "--as-of", "2021-03-20"]
    plain = subprocess.run(command, capture_output=True, check=False)
    assert plain.returncode == 1
    assert b"\x1b[" not in plain.stdout
    assert plain.stderr == b""


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo-terminal, which Windows lacks")
def test_a_terminal_gets_colours(make_archive: MakeArchive) -> None:
    import pty

    root = make_archive(base() | {"records/yi/2021/03/05-visit/activity.md": "x"})
    ours, theirs = pty.openpty()
    command = [str(PAIRING), "check", "--root", str(root), "--as-of", "2021-03-20"]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        written = bytearray()
        with contextlib.suppress(
            OSError
        ):  # Linux ends a pseudo-terminal with an error, not with an empty read
            while data := os.read(ours, 65536):
                written.extend(data)
    os.close(ours)
    assert process.returncode == 1
    assert b"\x1b[31m" in written


@pytest.mark.skipif(os.name == "nt", reason="a symbolic link needs a right that Windows users lack")
def test_linked_records_are_refused(
    make_archive: MakeArchive, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    outside = make_archive(base())
    for link in ("records", "records/bureau"):
        root = tmp_path / link.replace("/", "-")
        target = root / link
        target.parent.mkdir(parents=True)
        target.symlink_to(outside / link)
        code, out, err = run(
            capsys, "check", "--root", str(root), "--as-of", "2021-03-20", "--format", "json"
        )
        assert (code, err) == (1, "")
        assert [(d["path"], d["rule"]) for d in json.loads(out)] == [(link, "unsafe-path")]


def test_python_runs_the_command_as_a_module() -> None:
    shown = [
        subprocess.run([*command, "--help"], capture_output=True, check=True).stdout
        for command in ([str(PAIRING)], [sys.executable, "-m", "generator.cli"])
    ]
    assert shown[0] == shown[1] != b""


def test_a_check_loads_neither_photos_nor_site(make_archive: MakeArchive) -> None:
    """What a command does not need, it does not load: a check of one record must start fast."""
    code = (
        "import sys; from generator.cli import main\n"
        "main.main(['--help']); main.main(['check', '--root', sys.argv[1]])\n"
        "print([m for m in ('PIL', 'generator.actions.photos', 'generator.images.pool', 'mkdocs', 'jinja2') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(make_archive(base()))], capture_output=True, check=True
    )
    assert done.stdout.decode().splitlines()[-1] == "[]"
