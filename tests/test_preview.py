"""The preview of a request: its pages and photos alone, as the site has them, in a folder that opens from the disk."""

from __future__ import annotations

import io
import re
import shutil
import time
from pathlib import Path

import pytest
from PIL import Image

from generator.cli.main import main
from generator.site.change_preview import MOST_ACTIVITIES, Preview, choose_pages, make_links_local
from tests.scratch_repository import commit, git

FOLDER = "records/leimeng/2020/05/28-mentoring"
HOSTILE = "hooks: [evil.py]\nsite_name: x\nplugins: [pairing]\n"


def photo(number: int) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((1600, 1200 + number)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, archive: Path) -> Path:
    """Return the sample's records with a request: one activity with six photos, and the request's own mkdocs.yml."""
    root = tmp_path_factory.mktemp("preview") / "archive"
    books = shutil.ignore_patterns("closings", "amendments", "filings.yml", "*.jpg")
    shutil.copytree(archive / "records", root / "records", ignore=books)
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "The archive")
    git(root, "checkout", "--quiet", "-b", "request")
    other = min((root / "records/leimeng/2020/05").glob("*/activity.md")).read_text(encoding="utf-8")
    text = re.sub(r"(?m)^(plan: .*|photos:|  - \{file: .*)\n", "", other)
    for name, value in (("title", "师徒结对 <b>&"), ("date", "2020-05-28"), ("reported", "2020-05-29")):
        text = re.sub(rf"(?m)^{name}: .*$", f"{name}: {value}", text)
    lines = "".join(
        f"  - {{file: 0{n}.jpg, caption: 现场{n}, people: {'children' if n == 6 else 'none'}}}\n"
        for n in range(1, 7)
    )
    text = text.replace("\n---\n", f"\nphotos:\n{lines}---\n", 1)
    (root / FOLDER).mkdir()
    (root / FOLDER / "activity.md").write_text(text, encoding="utf-8", newline="\n")
    for n in range(1, 7):
        (root / FOLDER / f"0{n}.jpg").write_bytes(photo(n))
    (root / "mkdocs.yml").write_text(HOSTILE, encoding="utf-8")
    (root / "evil.py").write_text("raise SystemExit('it ran')\n", encoding="utf-8")
    commit(root, "Request")
    return root


def test_one_activity_with_six_photos(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, began = tmp_path / "preview", time.process_time()
    command = (
        "preview",
        "--root",
        str(root),
        "--changed-since",
        "main",
        "--out",
        str(out),
        "--as-of",
        "2020-05-30",
    )
    assert main(command) == 0
    assert capsys.readouterr().out == f"预览已生成：{out / 'index.html'}（3 页、5 张图片）\n"
    assert time.process_time() - began < 10  # this process's own seconds, however busy the machine is
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    pages = {name for name in files if name.endswith(".html")}
    assert pages == {
        "index.html",
        "schools/leimeng/2020/index.html",
        "schools/leimeng/2020/05/28-mentoring/index.html",
    }
    assert len([name for name in files if name.startswith("photos/")]) == 20
    assert {name.split("/")[0] for name in files} == {
        "index.html",
        "preview.txt",
        "assets",
        "schools",
        "photos",
    }
    assert {name.split("/")[1] for name in files if name.startswith("assets/")} == {
        "css",
        "images",
        "js",
        "vendor",
    }
    overview = (out / "index.html").read_text(encoding="utf-8")
    assert "师徒结对 &lt;b&gt;&amp;" in overview
    assert overview.count("<figure") == 5
    assert "图片中有幼儿，未取得监护人同意，不公开" in overview
    for name in pages:  # whatever a page names is there: nothing needs a server
        html = (out / name).read_text(encoding="utf-8")
        links = re.findall(r'\s(?:href|src)="([^"]*)"', html) + re.findall(r'([^\s"]+\.webp) \d+w', html)
        for link in links:
            path = link.partition("#")[0]
            if path and "feed.xml" not in path and "search/" not in path:
                assert (out / name).parent.joinpath(path).resolve().is_file(), (name, link)
    assert main(command) == 0  # again into the same folder
    assert main((*command[:5], "--out", str(root))) == 1  # not over what is no preview


def test_a_request_without_pages_makes_none(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ("preview", "--root", str(root), "--changed-since", "request", "--out", str(tmp_path / "none"))
    assert main(command) == 0
    assert capsys.readouterr().out == "这次改动没有要预览的网页。\n"
    assert not (tmp_path / "none").exists()


def test_what_is_touched_is_what_is_shown() -> None:
    paths = ["records/yi/2021/03/06-visit/01.jpg", "records/jia/school.yml", "records/bureau/2021/programme.yml", "README.md", "records/yi/2021/plan.yml"]  # fmt: skip
    assert choose_pages(paths) == Preview(
        activities=frozenset({"yi/2021/03/06-visit"}), schools=frozenset({("yi", 2021), ("jia", 0)})
    )
    many = choose_pages(f"records/yi/2021/03/{n:02}-visit/activity.md" for n in range(1, MOST_ACTIVITIES + 4))
    assert (len(many.activities), many.left_out) == (MOST_ACTIVITIES, 3)


@pytest.mark.parametrize(
    ("link", "there", "elsewhere"),
    [
        ("../", 'href="../index.html"', 'href="../index.html"'),
        ("../#m2020-05", 'href="../index.html#m2020-05"', 'href="../index.html#m2020-05"'),
        ("../../", "data-elsewhere", 'href="https://site.example/schools/"'),
        ("../../../", 'href="../../../index.html"', 'href="../../../index.html"'),
        ("../../../search/?q=a&amp;b", "data-elsewhere", 'href="https://site.example/search/?q=a&amp;b"'),
        (
            "../../../assets/css/base.css",
            'href="../../../assets/css/base.css"',
            'href="../../../assets/css/base.css"',
        ),
        ("#plan", 'href="#plan"', 'href="#plan"'),
        ("https://forge.example/x", 'href="https://forge.example/x"', 'href="https://forge.example/x"'),
    ],
)
def test_links_lead_to_files_of_the_preview_or_to_the_published_site(
    link: str, there: str, elsewhere: str
) -> None:
    urls = {"", "schools/yi/", "schools/yi/a/"}
    html = f'<a class="x" href="{link}">'
    assert make_links_local(html, "schools/yi/a/", urls, "") == f'<a class="x" {there}>'
    assert (
        make_links_local(html, "schools/yi/a/", urls, "https://site.example/") == f'<a class="x" {elsewhere}>'
    )
