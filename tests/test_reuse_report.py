"""`pairing photos report`: the page, the job summary and the JSON of one archive, and what they must not contain."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from generator.cli import photos_report
from generator.cli.main import main
from generator.images.facts import read_photo_facts
from generator.plumbing.progress import show_stages
from generator.reuse.report_summary import read_repository
from tests.bench.evidence import CHANGES, saved
from tests.conftest import MakeArchive
from tests.drawn_scenes import jpeg, scene
from tests.hostile_photos.cases import DAMAGED
from tests.hostile_photos.formats import ended
from tests.scratch_repository import git
from tests.small_archive import activity, base

Run = Callable[..., tuple[int, str, str]]

NASTY = "<script>alert(1)</script> | `x` @someone [a](javascript:b) &amp;"
LONG = (
    "## 方案\n\n请对方园两名教师走进大班教室，看一看我们的区角，再听听她们的意见，电话 13812345678。\n\n"
    "## 措施\n\n提前一天把建构区和阅读区重新整理，准备好介绍材料，安排一名教师讲解，一名教师照看孩子。\n\n"
    "## 记录\n\n两位客人九点钟到园，先看晨间入区，孩子们取下自己的插牌挂到要去的区角，建构区一会儿就满了。"
    "有两个孩子为一块长积木争起来，我们的教师没有马上上前，客人把这一段记了下来。\n\n"
    "## 总结\n\n客人提了一条很好的意见，阅读区离水池太近，我们下周就挪到窗户旁边去。\n"
)


def _text(date: str, partner: str, caption: str, title: str = "观摩活动") -> str:
    photos = f"photos:\n  - {{file: 01.jpg, caption: '{caption}', people: none}}\n"
    head = activity(date, partner=partner, photos=photos, title=title).partition("## 方案")[0]
    return head + LONG


@pytest.fixture
def archive(make_archive: MakeArchive) -> Path:
    """Return an archive in which one photo is used twice, the second time mirrored, and one text, too."""
    change, quality = CHANGES["mirrored"]
    return make_archive(
        {
            **base(),
            "records/jia/2021/02/10-a/activity.md": _text("2021-02-10", "yi", NASTY, f"'{NASTY}'"),
            "records/jia/2021/02/10-a/01.jpg": jpeg(scene(1)),
            "records/yi/2021/03/05-b/activity.md": _text("2021-03-05", "jia", "孩子们").replace(
                "两名", "三名"
            ),
            "records/yi/2021/03/05-b/01.jpg": saved(change(scene(1)), quality),
            "records/yi/2021/03/06-c/activity.md": activity("2021-03-06", partner="jia"),
            "records/yi/2021/03/06-c/01.jpg": jpeg(scene(2)),
            "records/yi/2021/03/06-c/02.jpg": jpeg(scene(3))[:-50],
        }
    )


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    # However slow the machine is: progress is another test's.
    monkeypatch.setattr(photos_report, "show_stages", lambda after: show_stages(after=600))

    def call(root: Path, *arguments: str) -> tuple[int, str, str]:
        code = main(["photos", "report", "--root", str(root), "--as-of", "2021-03-31", *arguments])
        return code, *capsys.readouterr()

    return call


VERDICT = "核对了 3 张图片、3 份记录（另有 1 张图片打不开，没有核对）：图片疑似重复使用 1 处，文字疑似重复使用 1 处。\n"


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "style")]
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_stands_alone_and_shows_both_sides(archive: Path, run: Run, tmp_path: Path) -> None:
    assert run(archive) == (0, f"{VERDICT}报告：evidence-report.html\n", "")
    text = (tmp_path / "evidence-report.html").read_text(encoding="utf-8")
    page = _Page(text)
    assert page.tags.isdisjoint({"script", "link", "iframe", "form", "object", "base"})
    assert len(page.links) == 2
    for link in page.links:
        head, _, data = link.partition(",")
        assert head == "data:image/webp;base64"
        picture = base64.b64decode(data)
        facts = read_photo_facts(picture)
        assert (facts.kind, facts.metadata, facts.appended, facts.whole) == ("WebP", 0, 0, True)
        with Image.open(io.BytesIO(picture)) as opened:
            assert max(opened.size) == 320
    assert "url(" not in text
    assert "@import" not in text
    assert NASTY in page.words
    assert "左右翻转后几乎相同" in page.words
    for word in ("甲园", "乙园", "2021-02-10", "2021-03-05", "孩子们", "疑似重复使用", "接下来可以怎么做"):
        assert word in page.words
    assert "13812345678" not in text
    assert not re.search("造假|抄袭|虚报|作弊", text)
    marked = re.findall(r"<mark>(.*?)</mark>", text, re.DOTALL)
    assert "看孩子" in "".join(marked)
    assert not any("两名教师走进" in piece for piece in marked)


def test_the_summary_shows_both_pictures_of_the_commit(
    archive: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    for name, value in {
        "GITHUB_SERVER_URL": "https://forge.example.org",
        "GITHUB_REPOSITORY": "county/archive",
        "GITHUB_SHA": "0" * 40,
        "GITHUB_STEP_SUMMARY": str(summary),
    }.items():
        monkeypatch.setenv(name, value)
    assert run(archive, "--format", "markdown") == (0, VERDICT, "")
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n## 疑似重复使用的图片和文字\n")
    pictures = re.findall(r'<img src="([^"]*)"', text)
    raw = "https://forge.example.org/county/archive/raw/" + "0" * 40
    assert pictures == [f"{raw}/records/jia/2021/02/10-a/01.jpg", f"{raw}/records/yi/2021/03/05-b/01.jpg"]
    assert "<script" not in text
    assert "@someone" not in text
    assert "`x`" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &#124; &#96;x&#96; &#64;someone" in text
    assert "13812345678" not in text


def test_the_summary_elsewhere_goes_to_standard_output(archive: Path, run: Run) -> None:
    code, out, err = run(archive, "--format", "markdown")
    assert (code, err) == (0, "")
    assert "<img" not in out
    assert out.startswith("## 疑似重复使用的图片和文字\n\n核对了 3 张图片")


def test_json(archive: Path, run: Run, tmp_path: Path) -> None:
    code, out, err = run(archive, "--format", "json")
    assert (code, err) == (0, "")
    value = json.loads(out)
    assert value["looked_at"] == {"photos": 3, "unread": 1, "records": 3}
    (photo,), (text,) = value["photos"], value["texts"]
    assert (photo["match"], photo["share"]) == ("mirrored", 1.0)
    assert [side["path"] for side in photo["pair"]] == [
        "records/jia/2021/02/10-a/01.jpg",
        "records/yi/2021/03/05-b/01.jpg",
    ]
    assert [side["school"] for side in text["pair"]] == ["甲园", "乙园"]
    assert 0.8 < text["share"] < 1
    assert run(archive, "--format", "json", "--out", "found.json") == (
        0,
        f"{VERDICT}报告：found.json\n",
        "",
    )
    assert json.loads((tmp_path / "found.json").read_text(encoding="utf-8")) == value


def test_a_photo_whose_pixels_cannot_be_read_is_named(
    archive: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which the check, by the file's structure alone, does not see."""
    path = "records/yi/2021/03/06-c/01.jpg"
    (archive / path).write_bytes(ended(jpeg(scene(2)), 0.5))
    _, out, _ = run(archive, "--format", "json")
    value = json.loads(out)
    fix = "重新上传原图；若原图也打不开，就换一张"
    assert value["looked_at"] == {"photos": 2, "unread": 2, "records": 3}
    assert value["broken"] == [{"path": path, "message": DAMAGED, "fix": fix}]
    _, text, _ = run(archive, "--format", "markdown")
    assert f"### 打不开的图片（发布时不会显示）\n\n- <code>{path}</code>：{DAMAGED}。怎么改：{fix}\n" in text
    run(archive)
    page = _Page((tmp_path / "evidence-report.html").read_text(encoding="utf-8"))
    assert f"{path}：{DAMAGED}。怎么改：{fix}" in page.words
    git(archive, "init", "-q", "-b", "main")
    git(archive, "add", ".")
    git(archive, "commit", "-q", "-m", "all")
    _, out, _ = run(archive, "--changed-since", "HEAD", "--format", "json")
    assert json.loads(out)["broken"] == []


def test_only_what_was_changed_is_reported(archive: Path, run: Run) -> None:
    git(archive, "init", "-q", "-b", "main")
    git(archive, "add", ".")
    git(archive, "commit", "-q", "-m", "all")
    code, out, _ = run(archive, "--changed-since", "HEAD", "--format", "json")
    assert (code, json.loads(out)["photos"], json.loads(out)["texts"]) == (0, [], [])
    (archive / "records/yi/2021/03/05-b/01.jpg").write_bytes(jpeg(scene(1)))
    _, out, _ = run(archive, "--changed-since", "HEAD", "--format", "json")
    found = json.loads(out)
    assert [pair["match"] for pair in found["photos"]] == ["exact"]
    assert len(found["texts"]) == 1
    code, _, err = run(archive, "--changed-since", "nowhere")
    assert code == 2
    assert err.startswith("用法不对：没有版本“nowhere”")


def test_nothing_found(make_archive: MakeArchive, run: Run, tmp_path: Path) -> None:
    root = make_archive(base())
    assert run(root) == (
        0,
        "核对了 0 张图片、0 份记录：没有发现疑似重复使用。\n报告：evidence-report.html\n",
        "",
    )
    text = (tmp_path / "evidence-report.html").read_text(encoding="utf-8")
    assert "接下来可以怎么做" not in text


def test_a_folder_for_the_report_is_made(archive: Path, run: Run, tmp_path: Path) -> None:
    assert run(archive, "--out", "核查/2021/报告.html")[0] == 0
    assert (tmp_path / "核查/2021/报告.html").is_file()


def test_a_report_that_cannot_be_written(archive: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, out, err = run(archive, "--out", "file/report.html")
    assert (code, out, err) == (2, "", "没有做成：file/report.html：这里已经有同名的文件或链接\n")


def test_a_section_that_is_the_same_in_reports_that_are_not(make_archive: MakeArchive, run: Run) -> None:
    account = LONG.partition("## 记录")[2].partition("## 总结")[0].strip()
    other = activity("2021-03-05", partner="jia").partition("## 记录")[0]
    mine, close = (f"{other}## 记录\n\n{text}\n" for text in (account, account.replace("九点钟", "八点半")))
    root = make_archive(
        {
            **base(),
            "records/jia/2021/02/10-a/activity.md": activity("2021-02-10", partner="yi").partition("## 方案")[
                0
            ]
            + LONG,
            "records/yi/2021/03/05-b/activity.md": mine,
            "records/yi/2021/03/06-c/activity.md": close.replace("2021-03-05", "2021-03-06"),
        }
    )
    _, out, _ = run(root, "--format", "json")
    found = [
        (text["part"], text["share"] == 1, [side["activity"] for side in text["pair"]])
        for text in json.loads(out)["texts"]
    ]
    first, second, third = "jia/2021/02/10-a", "yi/2021/03/05-b", "yi/2021/03/06-c"
    assert found == [
        ("记录", True, [first, second]),
        ("记录", False, [first, third]),
        ("记录", False, [second, third]),
    ]
    assert all(account[-30:] in "".join(text["same"]) for text in json.loads(out)["texts"])
    _, out, _ = run(root, "--format", "markdown")
    assert "### 文字 1：“记录”一字不差，100% 相同" in out
    assert re.search(r"### 文字 2：“记录”几乎相同，[89]\d% 相同", out)


def test_the_repository_is_known_only_whole() -> None:
    assert read_repository({"GITHUB_SERVER_URL": "https://x", "GITHUB_REPOSITORY": "a/b"}) is None
    found = read_repository({"GITHUB_SERVER_URL": "https://x", "GITHUB_REPOSITORY": "a/b", "GITHUB_SHA": "c"})
    assert found is not None
    assert found.make_raw_address("records/a b/01.jpg") == "https://x/a/b/raw/c/records/a%20b/01.jpg"
