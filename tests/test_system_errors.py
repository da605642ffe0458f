"""What the system refuses ends a command with one Chinese sentence and exit code 2, wherever the output goes."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli.main import main
from generator.plumbing import atomic
from generator.plumbing.system_errors import describe_system_error, name_system_error
from tests.conftest import PAIRING

ON_THE_WAY = "没有做成：{}：路径中间有一段是文件，不是文件夹\n"
IN_THE_WAY = "没有做成：{}：这里已经有同名的文件或链接\n"


@pytest.mark.parametrize(
    ("command", "place", "sentence"),
    [
        ("build --as-of 2021-03-20 --site-dir", "file/site", IN_THE_WAY),
        ("build --as-of 2021-03-20 --shard 1/2 --out", "file/part", IN_THE_WAY),
        ("build --as-of 2021-03-20 --site-dir", "file/a/b", ON_THE_WAY),
        ("bulletin 2021-02 --format text --out", "file/folder", ON_THE_WAY),
        ("photos report --out", "file/report.html", IN_THE_WAY),
        ("photos report --out", "file/a/report.html", ON_THE_WAY),
        ("plan export --blank --out", "file/form.docx", IN_THE_WAY),
        ("plan export --blank --out", "file/folder", ON_THE_WAY),
        ("check --changed-since HEAD --receipt", "file/receipt.json", IN_THE_WAY),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="Windows has other reasons for the same")
def test_a_file_in_the_way_of_an_output(
    command: str,
    place: str,
    sentence: str,
    closed_root: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "file").write_text("kept", "utf-8")
    for step in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "base"]):
        subprocess.run(["git", "-C", str(closed_root), *step], check=True)
    capsys.readouterr()
    target = tmp_path / place
    assert main([*command.split(), str(target), "--root", str(closed_root)]) == 2
    out, err = capsys.readouterr()
    if command == "plan export --blank --out" and place == "file/folder":
        assert err.startswith(f"没有做成：{target}/")
        assert err.endswith("：路径中间有一段是文件，不是文件夹\n")
    else:
        assert (out, err) == ("", sentence.format(target))
    assert (tmp_path / "file").read_text("utf-8") == "kept"


def test_a_full_disk_is_named_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(self: Path, data: bytes) -> int:
        with self.open("wb") as file:
            file.write(data[:1])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", fill)
    with pytest.raises(OSError, match="No space") as caught:
        atomic.write_file(tmp_path / "a/b.txt", "text")
    assert name_system_error(caught.value) == f"{tmp_path / 'a/b.txt'}：磁盘满了"
    assert list((tmp_path / "a").iterdir()) == []


def test_reasons_are_chinese_and_rare_ones_the_systems_own() -> None:
    assert describe_system_error(PermissionError(errno.EACCES, "Permission denied", "x")) == (
        "没有权限，或者文件正被别的程序打开"
    )
    assert name_system_error(OSError(errno.ENOSPC, "No space left on device")) == "磁盘满了"
    assert describe_system_error(OSError(errno.EDOM, "Numerical argument out of domain")) == (
        "Numerical argument out of domain"
    )
    assert describe_system_error(OSError("a library's own words")) == "a library's own words"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="needs a device")
def test_a_device_is_written_to_and_stays_one(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    with subprocess.Popen(["cat", fifo], stdout=subprocess.PIPE) as reader:
        atomic.write_file(fifo, "text")
        assert reader.communicate()[0] == b"text"
    assert fifo.is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["fifo"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_that_finds_no_room(closed_root: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [PAIRING, "status", "--root", closed_root], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr.decode()) == (2, "没有做成：磁盘满了\n")


@pytest.mark.skipif(sys.platform == "win32", reason="no such redirection")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_output_is_no_defect(closed: str, closed_root: Path) -> None:
    command = f'"{PAIRING}" status --root "{closed_root}" {closed}'
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise")
@pytest.mark.parametrize(
    "arguments", ["check", "status", "--help", "check --help", "chekc", "check --nothing"]
)
def test_a_reader_that_has_seen_enough(arguments: str, closed_root: Path) -> None:
    """As `pairing check | head -1`: nothing is said, neither by the program nor by Python as it ends."""
    ours, theirs = os.pipe()
    os.close(ours)
    command = [PAIRING, *arguments.split(), *(() if "help" in arguments else ("--root", str(closed_root)))]
    with os.fdopen(theirs, "wb") as broken:
        done = subprocess.run(command, stdout=broken, stderr=subprocess.PIPE, check=False)
        both = subprocess.run(command, stdout=broken, stderr=broken, check=False)
    wrong = "用法不对：" if arguments in ("chekc", "check --nothing") else ""
    assert (done.returncode, done.stderr.decode()[:5]) == ((2, wrong) if wrong else (1, ""))
    assert both.returncode == 1
