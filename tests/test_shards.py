"""A site in shards: processes or machines, two parts or three, it is the same site byte for byte, or refused."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from generator.site import plugin, shards
from generator.site.prepare import prepare_site
from generator.site.shards import Shard
from tests.test_pages import archive

TODAY = dt.date(2021, 3, 15)

Tree = dict[str, bytes]


def _tree(folder: Path) -> Tree:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _photo(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), (shade, 90, 90)).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small archive with photos of several names' first digits."""
    root = tmp_path_factory.mktemp("shards") / "archive"
    files = archive()
    captions = "".join(f"  - {{file: {n:02}.jpg, caption: 第{n}张}}\n" for n in range(1, 9))
    record = str(files["records/jia/2021/02/05-visit/activity.md"])
    start, end = record.index("photos:\n"), record.index("---\n", record.index("photos:\n"))
    files["records/jia/2021/02/05-visit/activity.md"] = f"{record[:start]}photos:\n{captions}{record[end:]}"
    files |= {f"records/jia/2021/02/05-visit/{n:02}.jpg": _photo(20 * n) for n in range(1, 9)}
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    shutil.copytree(Path(__file__).parent.parent / "content" / "guides", root / "content" / "guides")
    (root / "mkdocs.yml").write_text(
        "site_name: 档案\nsite_url: https://archive.example/county/\ndocs_dir: content\nexclude_docs: /plan/\n"
        "plugins: [pairing: {repo_url: 'https://forge.example/archive'}]\n"
        f"theme: {{name: material, custom_dir: '{Path(__file__).parent.parent / 'theme_overrides'}', font: false}}\n",
        encoding="utf-8",
    )
    return root


@pytest.fixture(scope="module")
def whole(root: Path) -> Tree:
    """Build the site in one process."""
    plugin.build_site(root=root, site_dir=root.parent / "whole", as_of=TODAY, workers=1)
    found = _tree(root.parent / "whole")
    assert len([name for name in found if name.startswith("photos/")]) > 8
    assert {"index.html", "guides/faq/index.html", "data/archive.json", "feed.xml", "sitemap.xml"} <= set(
        found
    )
    return found


@pytest.fixture(scope="module")
def parts(root: Path) -> Callable[[int], list[Path]]:
    """Return a function that builds the site in so many parts, once."""

    def build(count: int) -> list[Path]:
        folders = [root.parent / f"part-{number}-of-{count}" for number in range(1, count + 1)]
        for number, folder in enumerate(folders, 1):
            if not folder.exists():
                shard = Shard(number=number, count=count)
                plugin.build_site(root=root, site_dir=folder, as_of=TODAY, shard=shard)
        return folders

    return build


@pytest.mark.parametrize("workers", [2, 3])
def test_several_processes_write_the_same_site(workers: int, root: Path, whole: Tree, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    built = plugin.build_site(
        root=root,
        site_dir=tmp_path / "site",
        as_of=TODAY,
        workers=workers,
        progress=lambda *step: seen.append(step),
    )
    assert _tree(tmp_path / "site") == whole
    assert built.pages == len([name for name in whole if name.endswith(".html") and "guides/" not in name])
    writing = [step for step in seen if step[0] == "写入网站"]
    assert writing == sorted(writing)
    assert writing[-1][1] == writing[-1][2]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_parts_make_the_same_site(
    count: int, parts: Callable[[int], list[Path]], root: Path, whole: Tree, tmp_path: Path
) -> None:
    folders = parts(count)
    files = [name for folder in folders for name in _tree(folder / "site")]
    assert len(files) == len(set(files)), "a file is in two parts"
    built = plugin.merge_parts(folders[::-1], root=root, site_dir=tmp_path / "site")
    assert _tree(tmp_path / "site") == whole
    assert built.pages == len([name for name in whole if name.endswith(".html") and "guides/" not in name])
    assert built.pictures == 8
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def _copy(folder: Path, target: Path, **changed: object) -> Path:
    shutil.copytree(folder, target)
    manifest = target / "part.json"
    said = json.loads(manifest.read_text("utf-8"))
    for path, value in changed.items():
        place = said
        *steps, last = path.split("__")
        for step in steps:
            place = place[step]
        place[last] = value
    manifest.write_text(json.dumps(said), "utf-8")
    return target


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"shard__count": 3}, "第 1 部分和第 2 部分不是一次分出来的：一个说共 2 部分，一个说共 3 部分"),
        ({"source__program": "9 x"}, "第 1 部分和第 2 部分是程序的不同版本生成的（.*、9 x）"),
        ({"source__archive": "x"}, "第 1 部分和第 2 部分出自不同的档案：记录、页面或设置有改动"),
        ({"source__today": "2021-03-16"}, r"日期不同（2021-03-15、2021-03-16）；生成时都写上同一个 --as-of"),
        ({"source__site_url": ""}, "第 1 部分和第 2 部分的网址设置不同"),
        ({"shard__number": 1}, "第 1 部分给了不止一次：.*part-1-of-2、.*changed"),
        ({"written__urls": "those of the first"}, "网页 .*index.html 给了不止一次，请重新生成各部分"),
        ({"files": {"../x": ""}}, r"第 2 部分的文件 \.\./x 不该在这里"),
        ({"files": {"guides/index.html": ""}}, "第 2 部分的文件 guides/index.html 不该在这里"),
        ({"files": {"none.html": ""}}, "none.html 不见了，请重新取得第 2 部分"),
        ({"files": {"a\0b": ""}}, r"第 2 部分的文件 'a\\x00b' 复制不了"),
        ({"files": {"x" * 300: ""}}, "第 2 部分的文件 'x{300}' 复制不了"),
        ({"written": None}, "part.json 读不懂"),
    ],
)
def test_parts_that_do_not_fit_are_refused(
    changed: dict[str, object],
    message: str,
    parts: Callable[[int], list[Path]],
    root: Path,
    tmp_path: Path,
) -> None:
    first, second = parts(2)
    if "written__urls" in changed:
        changed = {"written__urls": json.loads((first / "part.json").read_text("utf-8"))["written"]["urls"]}
    with pytest.raises(plugin.BuildFailed, match=message):
        plugin.merge_parts(
            [first, _copy(second, tmp_path / "changed", **changed)], root=root, site_dir=tmp_path / "site"
        )
    assert [path.name for path in tmp_path.iterdir()] == ["changed"]


def test_what_is_missing_or_damaged_is_refused(
    parts: Callable[[int], list[Path]], root: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    first, second, third = parts(3)
    for folders, message in (
        ([first, third], "一共 3 部分，还缺第 2 部分"),
        ([third], "一共 3 部分，还缺第 1、2 部分"),
        ([first, first, second, third], "第 1 部分给了不止一次"),
        ([first, tmp_path], r"里没有 part\.json，不是 pairing build --shard 生成的部分"),
    ):
        with pytest.raises(plugin.BuildFailed, match=message):
            plugin.merge_parts(folders, root=root, site_dir=site)
    damaged = _copy(third, tmp_path / "damaged")
    page = next((damaged / "site").rglob("*.html"))
    page.write_bytes(page.read_bytes()[:-1])
    with pytest.raises(plugin.BuildFailed, match=r"\.html 损坏了，请重新取得第 3 部分"):
        plugin.merge_parts([first, second, damaged], root=root, site_dir=site)
    page.unlink()
    page.symlink_to(next((third / "site").rglob("*.html")))
    with pytest.raises(plugin.BuildFailed, match=r"\.html 是链接，请重新取得第 3 部分"):
        plugin.merge_parts([first, second, damaged], root=root, site_dir=site)
    assert not site.exists()


@pytest.mark.parametrize(
    ("lost", "message"),
    [
        (
            "schools/jia/2021/02/05-visit/index.html",
            r"part\.json 里没有 .*05-visit/index\.html，请重新取得第 {} 部分",
        ),
        ("guides/faq/index.html", r"part\.json 里没有 .*guides/faq/index\.html，请重新取得第 {} 部分"),
    ],
)
@pytest.mark.parametrize("with_file", [False, True])
def test_a_part_whose_manifest_lost_a_line_is_refused(
    lost: str,
    message: str,
    with_file: bool,
    parts: Callable[[int], list[Path]],
    root: Path,
    tmp_path: Path,
) -> None:
    folders = parts(2)
    (place,) = (n for n, folder in enumerate(folders) if (folder / "site" / lost).exists())
    said = json.loads((folders[place] / "part.json").read_text("utf-8"))["files"]
    changed = _copy(folders[place], tmp_path / "changed", files={k: v for k, v in said.items() if k != lost})
    if with_file:
        (changed / "site" / lost).unlink()
        message = f"第 {place + 1} 部分少了网页 {lost}，请重新取得第 {place + 1} 部分"
    folders[place] = changed
    with pytest.raises(plugin.BuildFailed, match=message.format(place + 1)):
        plugin.merge_parts(folders, root=root, site_dir=tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["changed"]


def test_parts_of_another_archive_than_the_one_here_are_refused(
    parts: Callable[[int], list[Path]], root: Path, tmp_path: Path
) -> None:
    other = shutil.copytree(root, tmp_path / "other", ignore=shutil.ignore_patterns(".cache"))
    folders = parts(2)
    plugin.merge_parts(folders, root=other, site_dir=tmp_path / "site")
    before = _tree(tmp_path / "site")
    path = other / "records/jia/2021/02/20-lesson/activity.md"
    path.write_text(path.read_text("utf-8") + "\n补充。\n", "utf-8")
    with pytest.raises(plugin.BuildFailed, match="各部分出自另一份档案：这里的记录、页面或设置与生成时不同"):
        plugin.merge_parts(folders, root=other, site_dir=tmp_path / "site")
    assert _tree(tmp_path / "site") == before


def test_a_part_is_replaced_but_nothing_else_is(root: Path, tmp_path: Path) -> None:
    folder, shard = tmp_path / "part", Shard(number=2, count=2)
    plugin.build_site(root=root, site_dir=folder, as_of=TODAY, shard=shard)
    before = _tree(folder)
    plugin.build_site(root=root, site_dir=folder, as_of=TODAY, shard=shard)
    assert _tree(folder) == before
    (folder / "part.json").unlink()
    with pytest.raises(plugin.BuildFailed, match="为免误删不予覆盖"):
        plugin.build_site(root=root, site_dir=folder, as_of=TODAY, shard=shard)
    assert _tree(folder) == {name: data for name, data in before.items() if name != "part.json"}


def test_the_command_builds_parts_and_merges_them(
    root: Path, whole: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator.cli.main import main

    monkeypatch.chdir(tmp_path)
    for number in (1, 2):
        arguments = [
            "--root",
            str(root),
            "--as-of",
            "2021-03-15",
            "--shard",
            f"{number}/2",
            "--out",
            f"p{number}",
        ]
        assert main(["build", *arguments]) == 0
    assert main(["build", "--root", str(root), "--site-dir", "site", "--merge", "p1", "p2"]) == 0
    assert _tree(tmp_path / "site") == whole


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--shard", "2/4"], "--shard 和 --out 要一起写"),
        (["--out", "x"], "--shard 和 --out 要一起写"),
        (["--shard", "5/4", "--out", "x"], "“5/4”写成 2/4 的样子：共 4 部分里的第 2 部分"),
        (["--shard", "0/4", "--out", "x"], "“0/4”写成 2/4 的样子"),
        (["--shard", "2", "--out", "x"], "“2”写成 2/4 的样子"),
        (["--shard", "1/2", "--out", "x", "--site-dir", "y"], "不写 --site-dir"),
        (["--merge", "x", "--strict"], "--merge 不能与 --shard、--as-of、--strict 一起用"),
        (["x", "y"], "要合并这些文件夹，请写 --merge x y"),
        (["--merge", "x"], "x 里没有 part.json"),
    ],
)
def test_the_command_says_what_it_wants(
    arguments: list[str], message: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from generator.cli.main import main

    assert main(["build", "--root", str(root), *arguments]) in (1, 2)
    assert message in capsys.readouterr().err


def test_a_small_site_stays_in_one_process(root: Path) -> None:
    prepared = prepare_site(
        root=root,
        content=root / "content",
        today=TODAY,
        site_url="",
        repo_url=None,
        progress=lambda *step: None,
        with_photos=False,
    )
    assert shards.choose_worker_count(prepared) == 1


# Starts a build in two processes, of which each says its id when it writes its first page.
BUILDER = """
import datetime, signal, sys
from pathlib import Path
from generator.site import plugin
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job inherits that it is ignored
    plugin.build_site(root=Path(sys.argv[1]), site_dir=Path(sys.argv[2]), as_of=datetime.date(2021, 3, 15), workers=2)
"""


def _workers(process: int) -> list[int]:
    """Return the ids of the living worker processes of a process."""
    found = []
    for process_file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = process_file.read_text().rpartition(")")[2].split()
            command = process_file.with_name("cmdline").read_text()
        except OSError:
            continue
        if int(fields[1]) == process and fields[0] != "Z" and "spawn_main" in command:
            found.append(int(process_file.parent.name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_a_build_that_is_stopped_leaves_the_old_site_and_no_process(
    sent: signal.Signals, root: Path, whole: Tree, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    plugin.build_site(root=root, site_dir=site, as_of=TODAY)
    script, temporary = tmp_path / "builder.py", tmp_path / "temporary"
    script.write_text(BUILDER, "utf-8")
    temporary.mkdir()
    with subprocess.Popen(
        [sys.executable, script, root, site],
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(temporary)},
    ) as builder:
        deadline = time.monotonic() + 60
        while not (workers := _workers(builder.pid)):
            assert builder.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.01)
        builder.send_signal(sent)
        builder.wait(30)
    while any(Path(f"/proc/{child}").exists() for child in workers):
        assert time.monotonic() < deadline, "a process goes on by itself"
        time.sleep(0.05)
    assert _tree(site) == whole
    # What holds private values lies nowhere but beside the site, where others may not read it, and the next build looks.
    assert list(temporary.iterdir()) == []
    for given in tmp_path.glob(".site-build-*/.given-*"):
        assert stat.S_IMODE(given.stat().st_mode) == 0o700
    plugin.build_site(root=root, site_dir=site, as_of=TODAY)
    assert _tree(site) == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["builder.py", "site", "temporary"]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_worker_that_is_killed_ends_the_build_with_a_sentence(
    root: Path, whole: Tree, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    plugin.build_site(root=root, site_dir=site, as_of=TODAY)
    script = tmp_path / "builder.py"
    script.write_text(BUILDER, "utf-8")
    with subprocess.Popen([sys.executable, script, root, site], stderr=subprocess.PIPE, text=True) as builder:
        deadline = time.monotonic() + 60
        while not (workers := _workers(builder.pid)):
            assert builder.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.01)
        os.kill(workers[0], signal.SIGKILL)  # while it starts: it never reads what it was given
        _, said = builder.communicate(timeout=60)
    assert said.splitlines()[-1] == (
        "generator.site.plugin.run.BuildFailed: "
        "写网站的一个进程被系统结束了，多半是内存不够；请关掉别的程序再试一次。"
    )
    assert "Exception in thread" not in said
    assert _tree(site) == whole
