"""`pairing keys`: links and QR codes hold what they should, and a key never goes where git would take it."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pytest
import typst
import zxingcpp
from PIL import Image

from generator.cli import main
from generator.cli.key_file import KeyFileError, SchoolKey, read_keys
from generator.documents import key_sheet
from tests.conftest import MakeArchive
from tests.small_archive import base

SITE = "https://bangfu.example.gov.cn/archive/"
GITHUB = "github_pat_11ABCDEFG0abcdefghijkl_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456"
GITEA = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"
ODD = "glpat-ab+cd/ef=~9.x"
NAMES = {"jia": "甲园", "yi": "乙园"}


@pytest.fixture
def root(make_archive: MakeArchive, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the root of a small archive whose site has an address."""
    monkeypatch.setenv("PAIRING_SITE_URL", SITE)
    return make_archive(base())


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that no repository holds."""
    return tmp_path_factory.mktemp("desk")


def _run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main.main([str(each) for each in ("keys", *arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def _read_all(png: bytes) -> set[str]:
    with Image.open(io.BytesIO(png)) as picture:
        return {found.text for found in zxingcpp.read_barcodes(picture.convert("L"))}


def test_the_links_are_the_schools(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = f"甲园（jia）\n  {SITE}write/#school=jia\n乙园（yi）\n  {SITE}write/#school=yi\n"
    assert _run(capsys, "--root", root) == (0, lines, "")
    one = "乙园（yi）\n  https://a.cn/write/#school=yi\n"
    assert _run(capsys, "--root", root, "yi", "--site", "https://a.cn") == (0, one, "")


def test_keys_and_their_last_days(root: Path, outside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = outside / "钥匙.csv"
    path.write_text(f"代号,钥匙,到期\r\n甲园,{ODD},2027/6/30\r\n", encoding="gb18030")
    shown = (
        f"甲园（jia），钥匙用到2027年6月30日\n  {SITE}write/#school=jia&key=glpat-ab%2Bcd%2Fef%3D~9.x\n"
        f"乙园（yi），没有钥匙\n  {SITE}write/#school=yi\n"
    )
    call = ("--root", root, "--keys", path, "--as-of")
    assert _run(capsys, *call, "2027-05-30") == (0, shown, "")
    left = {"2027-05-31": (0, "还有 30 天到期"), "2027-06-30": (0, "今天到期"), "2027-07-01": (1, "已经到期")}
    for day, (code, words) in left.items():
        told = f"甲园的钥匙{words}，请做一把新的，重发二维码。\n"
        assert _run(capsys, *call, day) == (code, shown, told)


def test_the_sheet_is_read_back_by_another_reader(
    root: Path, outside: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = outside / "keys.yml"
    path.write_text(f"jia: {GITHUB}\nyi: {{key: '{GITEA}', expires: 2027-06-30}}\n", encoding="utf-8")
    call = ("--root", root, "--keys", path, "--as-of", "2026-12-01", "--out")
    told = "写好 {}：2 个校（园），每园一条，2 条里有钥匙。\n打印、裁开，当面交给各园的档案员；这个文件用完就删掉。\n"
    links = {f"{SITE}write/#school=jia&key={GITHUB}", f"{SITE}write/#school=yi&key={GITEA}"}

    page = outside / "sheet.html"
    assert _run(capsys, *call, page) == (0, told.format(page), "")
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"<h2>(.*?)</h2>", text) == ["甲园", "乙园"]
    assert GITEA not in text, "only inside the code"
    assert not re.search(r"(?:src|href)=", text)

    sheet = outside / "sheet.pdf"
    assert _run(capsys, *call, sheet) == (0, told.format(sheet), "")
    assert sheet.read_bytes().startswith(b"%PDF-")
    assert _run(capsys, *call, outside / "sheet.docx") == (
        2,
        "",
        "用法不对：--out 写成 .pdf 或 .html 的文件名\n看用法：pairing keys --help\n",
    )

    def draw(template: Path, fonts: Path) -> bytes:
        pages = typst.compile(
            template,
            root=template.parent,
            font_paths=[fonts],
            ignore_system_fonts=True,
            format="png",
            ppi=150,
        )
        assert isinstance(pages, bytes)
        return pages

    monkeypatch.setattr(key_sheet, "compile_pdf", draw)
    strips = [
        key_sheet.Strip(
            school=name, name=NAMES[name], link=link, page=SITE, has_key=True, until="2027年6月30日"
        )
        for name, link in zip(NAMES, sorted(links), strict=True)
    ]
    assert _read_all(key_sheet.make_pdf(strips)) == links


def test_five_strips_fill_a_page() -> None:
    strips = [
        key_sheet.Strip(
            school=f"s{number}",
            name="新坝镇中心小学辖区内幼儿园" * 2,
            link=f"{SITE}write/#school=s{number}&key={GITHUB}",
            page=f"{SITE}write/#school=s{number}",
            has_key=True,
            until="2027年6月30日",
        )
        for number in range(10)
    ]
    assert len(re.findall(rb"/Type\s*/Page\b", key_sheet.make_pdf(strips))) == 2


def test_a_terminal_shows_the_code(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "--root", root, "jia", "--qr")
    assert code == 0
    lines = out.split("\n")[2:-1]
    picture = Image.new("L", (len(lines[0]), 2 * len(lines)))
    for row, line in enumerate(lines):
        for column, sign in enumerate(line):
            picture.putpixel((column, 2 * row), 255 * (sign in "▀█"))
            picture.putpixel((column, 2 * row + 1), 255 * (sign in "▄█"))
    big = picture.resize((picture.width * 6, picture.height * 6), Image.Resampling.NEAREST)
    out_bytes = io.BytesIO()
    big.save(out_bytes, "PNG")
    assert _read_all(out_bytes.getvalue()) == {f"{SITE}write/#school=jia"}


def test_what_git_has_or_would_take_is_refused(
    root: Path, outside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)

    git("init", "--quiet")
    (root / ".gitignore").write_text("private/\n", encoding="utf-8")
    safe, loose, tracked = root / "private/keys.csv", root / "keys.csv", root / "private/tracked.csv"
    safe.parent.mkdir()
    for path in (safe, loose, tracked, outside / "keys.csv"):
        path.write_text(f"school,key\njia,{ODD}\n", encoding="utf-8")
    git("add", "--force", "private/tracked.csv")
    link = outside / "link.csv"
    link.symlink_to(loose)
    for path in (safe, outside / "keys.csv"):
        assert read_keys(path, NAMES) == {"jia": SchoolKey(key=ODD, expires=None)}
    for path in (loose, tracked, link):
        code, out, err = _run(capsys, "--root", root, "--keys", path)
        assert (code, out) == (2, "")
        assert f"“{path.name}”在 git 仓库里" in err
    code, out, err = _run(capsys, "--root", root, "--keys", safe, "--out", root / "sheet.pdf")
    assert (code, out) == (2, "")
    assert "“sheet.pdf”在 git 仓库里" in err
    assert not (root / "sheet.pdf").exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "school;key\n", "“a.csv”的第一行要有“代号”“钥匙”两栏，还可以有“到期”"),
        ("a.csv", "", "“a.csv”的第一行要有“代号”“钥匙”两栏，还可以有“到期”"),
        ("a.csv", "school,key\nbing,abcdefgh1\n", "第2行：名单里没有这个校（园）；写代号，如 jia"),
        (
            "a.csv",
            "school,key\njia,SECRET KEY\n",
            "第2行：钥匙不像样，应是一串不带空格的字母、数字和符号，8 到 400 个；请从网站上整段复制",
        ),
        ("a.csv", "school,key\njia,abcdefgh1\n\n甲园,abcdefgh2\n", "第4行：甲园写了两次"),
        ("a.csv", "school,key,expires\njia,abcdefgh1,2027-02-30\n", "第2行：到期写成 2026-12-31 的样子"),
        ("a.csv", 'school,key\n"jia,abcdefgh1\n', "“a.csv”不是 CSV：引号没有成对"),
        (
            "a.csv",
            "school,key\njia,abcdefgh1\nyi,abcdefgh1\n",
            "甲园和乙园用的是同一把钥匙；一园一把，收回时才不会牵连别园",
        ),
        ("a.yml", "- jia\n", "“a.yml”里每行写成 园代号: 钥匙"),
        ("a.yml", "jia: [\n", "“a.yml”不是 YAML；每行写成 园代号: 钥匙"),
        ("a.yml", "jia: !!python/object:os.system {}\n", "“a.yml”不是 YAML；每行写成 园代号: 钥匙"),
        ("a.csv", "x" * 1_000_001, "“a.csv”太大，不像钥匙的名单"),
    ],
)
def test_a_wrong_list_is_refused_without_repeating_a_key(
    outside: Path, name: str, content: str, message: str
) -> None:
    path = outside / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KeyFileError) as caught:
        read_keys(path, NAMES)
    assert str(caught.value) == message
    assert "SECRET" not in str(caught.value)


def test_without_an_address_it_says_what_to_type(
    make_archive: MakeArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_archive(base())
    code, out, err = _run(capsys, "--root", root)
    assert (code, out) == (2, "")
    assert "不知道网站的网址；加 --site https://…，或设环境变量 PAIRING_SITE_URL" in err
    code, out, err = _run(capsys, "--root", root, "--site", "https://a.cn/#x")
    assert (code, out) == (2, "")
    assert "--site 应当是一个网址" in err
    code, out, err = _run(capsys, "--root", root, "--site", "https://a.cn", "bing")
    assert (code, out) == (2, "")
    assert "没有代号是“bing”的校（园）" in err
