"""`pairing bulletin`: files, messages and exit codes; a withdrawn photo leaves the documents, too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from generator.cli.main import main
from generator.documents.bulletin.formats import DOCUMENT_CACHE
from tests.closed_archive import closed
from tests.conftest import MakeArchive
from tests.phone_photos import plain_photo
from tests.small_archive import activity, base

Run = Callable[..., tuple[int, str, str]]

RECORD = "jia/2021/02/05-visit"
PHOTOS = "photos:\n  - {file: 01.jpg, caption: 区角, people: none}\n  - {file: 02.jpg, caption: 幼儿, people: children}\n"
NOTE = "---\nmonth: 2021-02\nissued: 2021-03-04\nhighlights:\n  - {{activity: {record}, remark: {remark}}}\n---\n\n按。\n"


@pytest.fixture
def root(make_archive: MakeArchive) -> Path:
    """An archive whose bulletin of February praises an activity with two photos, one of them withheld."""
    return make_archive(
        base()
        | {
            f"records/{RECORD}/activity.md": activity("2021-02-05", photos=PHOTOS),
            f"records/{RECORD}/01.jpg": plain_photo(1),
            f"records/{RECORD}/02.jpg": plain_photo(2),
            "records/bureau/2021/bulletins/2021-02.md": NOTE.format(record=RECORD, remark="好"),
        }
    )


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Return a function that runs `pairing bulletin` somewhere else than in the archive."""
    place = tmp_path / "desk"
    place.mkdir()
    monkeypatch.chdir(place)

    def call(*arguments: str) -> tuple[int, str, str]:
        return main(["bulletin", *arguments]), *capsys.readouterr()

    return call


def _pictures(path: Path) -> list[Image.Image]:
    return [image.image for page in PdfReader(path).pages for image in page.images if image.image]


def test_all_four_files_with_the_public_photo_alone(root: Path, run: Run) -> None:
    code, out, err = run("2021-02", "--root", str(root), "--as-of", "2021-03-15", "--out", "简报")
    names = [f"2021-02{suffix}" for suffix in (".pdf", ".docx", ".txt", ".md")]
    assert (code, err) == (0, "")
    assert out.split() == [word for name in names for word in ("已写出", str(Path("简报") / name))]
    assert sorted(path.name for path in Path("简报").iterdir()) == sorted(names)
    assert len(_pictures(Path("简报/2021-02.pdf"))) == 1
    shown = _pictures(Path("简报/2021-02.pdf"))[0]
    assert not shown.getexif()
    assert Path("简报/2021-02.txt").read_text("utf-8").startswith("《帮扶简报》2021年第1期\n")


def test_a_draft_and_a_rare_character_are_said(root: Path, run: Run) -> None:
    note = root / "records/bureau/2021/bulletins/2021-02.md"
    text = NOTE.format(record=RECORD, remark="𠮷家园的做法").replace("issued: 2021-03-04\n", "")
    note.write_text(text, encoding="utf-8")
    code, out, err = run("2021-02", "--root", str(root), "--as-of", "2021-02-20", "--format", "pdf")
    assert (code, out) == (0, "已写出 2021-02.pdf\n")
    assert err == (
        "提醒：二月还没有截止上报，这是尚未印发的样稿。\n"
        "提醒：PDF 的字库里没有“𠮷”（U+20BB7），以“〓”代替并在文末注明；Word、纯文本和网页不受影响。\n"
    )


def test_wrong_use_says_what_to_type(root: Path, run: Run) -> None:
    assert run("2021-07", "--root", str(root)) == (
        2, "", "用法不对：2021-07 不是帮扶月；方案里的月份是 2021-02、2021-03\n看用法：pairing bulletin --help\n",
    )  # fmt: skip
    code, _, err = run("2019-02", "--root", str(root))
    assert (code, err.partition("\n")[0]) == (
        2, "用法不对：没有可用的方案数据 records/bureau/2019/programme.yml；先运行 pairing check",
    )  # fmt: skip
    Path("挡路").write_text("", encoding="utf-8")
    code, _, err = run("2021-02", "--root", str(root), "--format", "text", "--out", str(Path("挡路/里")))
    assert (code, err) == (2, "没有做成：挡路/里：路径中间有一段是文件，不是文件夹\n")


def test_a_withdrawn_photo_leaves_documents_and_cache(
    root: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    site = root / "site"
    place = site / "bulletins/2021-02"
    (root / DOCUMENT_CACHE).mkdir(parents=True)
    place.mkdir(parents=True)
    kept = root / DOCUMENT_CACHE / "0.pdf"
    for path in (
        kept,
        place / "2021-02.pdf",
        place / "2021-02.docx",
        place / "2021-02.txt",
        site / "sitemap.xml",
    ):
        path.write_bytes(b"x")
    asked = ["photos", "withdraw", "--root", str(root), f"{RECORD}/01.jpg", "--reason", "监护人要求"]
    assert main([*asked, "--as-of", "2021-03-09"]) == 0
    assert not kept.exists()
    assert [path.name for path in place.iterdir()] == ["2021-02.txt"]
    assert "  网站：已删去 0 个小图、2 个可能印着它的简报文件\n" in capsys.readouterr().out
    code, _, _ = run("2021-02", "--root", str(root), "--as-of", "2021-03-15", "--format", "pdf")
    assert code == 0
    assert _pictures(Path("2021-02.pdf")) == []
    # Documents made since do not show it: withdrawn again, nothing is left to do.
    (place / "2021-02.pdf").write_bytes(b"x")
    assert main([*asked, "--as-of", "2021-03-09"]) == 0
    assert (place / "2021-02.pdf").exists()


def test_an_amendment_and_a_finding_stand_in_the_bulletins_of_their_time(
    make_archive: MakeArchive, run: Run
) -> None:
    root = make_archive({})
    root.mkdir()
    closed(root)  # with an amendment of February on 20 March
    key = "jia/2021/02/05-visit"
    visit = root / "records/bureau/2021/inspections/2021-03-22-jia.md"
    visit.parent.mkdir(parents=True)
    visit.write_text(
        f"---\ntitle: 核对\ndate: 2021-03-22\nschool: jia\nactivity: {key}\nfinding: false\n---\n\n看了。\n",
        encoding="utf-8",
    )
    texts = []
    for month in ("2021-02", "2021-03"):
        code, _, _ = run(month, "--root", str(root), "--as-of", "2021-04-15", "--format", "text")
        assert code == 0
        texts.append(Path(f"{month}.txt").read_text("utf-8"))
    february, march = texts
    # February's came out before both: of its own month it tells the amendment all the same, since that may have
    # changed its figures; the finding it does not know.
    assert "本期印发以后，2021年3月20日，更正二月结账，涉及甲园：人数写错（学前股股长决定）。" in february
    assert "虚报" not in february
    assert "备案号2021-02-jia-01" in february
    assert "3月20日，更正二月结账，涉及甲园：人数写错（学前股股长决定）。" in march
    assert "3月22日，到甲园：核对，核查结论为虚报。" in march
