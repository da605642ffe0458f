"""Taking down after a month was closed: at once, by one line, and no way to change anything else."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
import shutil
import time
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from generator.archive import Corpus, read_corpus
from generator.cli.main import main
from generator.records import parse_activity
from generator.records.closings import compute_core
from generator.records.closings.digests import digest_string
from generator.records.closings.register import Batch, append_batch
from generator.records.decoding import MAX_BYTES
from generator.rules import BY_SLUG
from generator.rules.submission import as_a_change
from generator.rules.submission.changed_paths import Submission
from generator.rules.submission.file_readers import make_folder_reader
from tests.closed_archive import BUREAU, collect, files, lay_out, run
from tests.closing_cases import without_cores
from tests.scratch_repository import commit, git
from tests.small_archive import activity

KEY = "jia/2021/02/18-care"
RECORD = f"records/{KEY}/activity.md"
FILINGS = f"{BUREAU}/filings.yml"
TODAY = ("--as-of", "2021-04-20")
WORDS = ("--reason", "写错了", "--decided-by", "学前股股长", "--as-of", "2021-04-12")

TAKE_DOWNS = {
    "the record": ("reported: ", "public: false\nreported: "),
    "a photo on a line": ("people: none}", "people: none, public: false}"),
    "a photo on lines": ("    caption: 建构区\n", "    caption: 建构区\n    public: false\n"),
    "a caption": ("caption: 建构区", 'caption: "教师：在建构区"'),
}


def edit(root: Path, old: str, new: str, path: str = RECORD) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def reproaches(root: Path) -> list[str]:
    """Return what the check says of closed records and of the register."""
    said = json.loads(run(root, "check", "--format", "json", *TODAY)[1])
    slugs = ("closing-chain", "closing-changed", "filing-register")
    return [f"{each['path']}: {each['message']}" for each in said if each["rule"] in slugs]


@pytest.mark.parametrize(("old", "new"), TAKE_DOWNS.values(), ids=TAKE_DOWNS)
def test_the_next_month_can_be_closed(tmp_path: Path, old: str, new: str) -> None:
    """What was taken down keeps nobody from closing; what the first month counted stays, digests too."""
    root = lay_out(tmp_path, files())
    assert run(root, "close", "2021-02", "--as-of", "2021-03-02")[0] == 0
    before = (root / f"{BUREAU}/closings/2021-02.yml").read_bytes()
    figures = run(root, "status", "--month", "2021-02", "--format", "json", *TODAY)
    edit(root, old, new)
    assert reproaches(root) == []
    assert run(root, "amend", "2021-02", *WORDS) == (
        0,
        "2021-02 与结账时一样，没有要更正的，没有改动。\n",
    )
    assert run(root, "close", "2021-03", "--as-of", "2021-04-01")[0] == 0
    assert (root / f"{BUREAU}/closings/2021-02.yml").read_bytes() == before
    assert run(root, "status", "--month", "2021-02", "--format", "json", *TODAY) == figures
    assert reproaches(root) == []


@pytest.mark.parametrize(("old", "new"), TAKE_DOWNS.values(), ids=TAKE_DOWNS)
def test_the_check_of_the_change_accepts_it(
    closed_root: Path, old: str, new: str, capsys: pytest.CaptureFixture[str]
) -> None:
    git(closed_root, "init", "-q")
    commit(closed_root, "closed")
    edit(closed_root, old, new)
    commit(closed_root, "taken down")
    code = main(
        [
            "check",
            "--root",
            str(closed_root),
            "--changed-since",
            "HEAD~1",
            "--submitted",
            "2021-04-20",
            *TODAY,
        ]
    )
    assert (code, "error" in capsys.readouterr().out) == (0, False)


def test_a_photo_deleted_by_hand_is_withdrawn_by_the_line_that_the_check_shows(closed_root: Path) -> None:
    (closed_root / f"records/{KEY}/02.jpg").unlink()
    said = run(closed_root, "check", *TODAY)[1]
    (line,) = set(
        re.findall(r"withdrawn: \{date: 2021-04-20, reason: 监护人要求, digest: [0-9a-f]{64}\}", said)
    )
    edit(closed_root, "    caption: 建构区\n", f"    caption: 建构区\n    {line}\n")
    assert reproaches(closed_root) == []
    assert "02.jpg" not in run(closed_root, "check", *TODAY)[1]


def test_a_space_before_the_bracket_is_no_other_change(closed_root: Path) -> None:
    edit(closed_root, "people: none}", "people: none, public: false }")
    assert reproaches(closed_root) == []
    edit(closed_root, "people: none, public", "people: adults , public")
    assert [line.partition(":")[0] for line in reproaches(closed_root)] == [RECORD]


@pytest.mark.parametrize("first", ["withdrawn", "corrected"])
def test_a_withdrawn_photo_s_caption_may_be_put_in_other_words(closed_root: Path, first: str) -> None:
    """And the record be taken off the site as well, in whatever order."""
    withdraw = ("photos", "withdraw", str(closed_root / f"records/{KEY}/02.jpg"), "--reason", "监护人要求")
    if first == "withdrawn":
        assert run(closed_root, *withdraw, "--as-of", "2021-04-10")[0] == 0
    edit(closed_root, "caption: 建构区", "caption: 搭建")
    edit(closed_root, *TAKE_DOWNS["the record"])
    if first == "corrected":
        assert run(closed_root, *withdraw, "--as-of", "2021-04-10")[0] == 0
    assert reproaches(closed_root) == []
    edit(closed_root, "2位教师学会", "3位教师学会")
    assert [line.partition(":")[0] for line in reproaches(closed_root)] == [RECORD]


OTHERS = {
    "title": ("title: 第2次活动", "title: 第三次活动"),
    "date": ("date: 2021-02-18", "date: 2021-02-17"),
    "measure": ("measure: visit", "measure: care"),
    "partners": ("partners: [yi]", "partners: [yi, bing]"),
    "direction": ("direction: host", "direction: visit"),
    "staff": ("{sent: 0, received: 2}", "{sent: 0, received: 3}"),
    "day of the report": ("reported: 2021-02-20", "reported: 2021-02-19"),
    "photo left out": ("  - {file: 01.jpg, caption: 材料架, people: none}\n", ""),
    "photo added": ("people: none}\n", "people: none}\n  - {file: 03.jpg, caption: 又一张, people: none}\n"),
    "photo of another name": ("file: 01.jpg", "file: 03.jpg"),
    "people": ("people: none}", "people: adults}"),
    "consent": ("people: none}", "people: none, consent: true}"),
    "name behind a caption": ("caption: 材料架,", "caption: 材料架, people: none, taken: 2021-02-01,"),
    "caption gone": ("caption: 材料架, ", ""),
    "caption a list": ("caption: 材料架", "caption: [材料架]"),
    "field added": ("lead: ", "attendance: 30\nlead: "),
    "private": ("lead: ", "private: [某某]\nlead: "),
    "section": ("## 总结\n", "## 小结\n"),
    "words": ("2位教师学会", "20位教师学会"),
}


@pytest.fixture(scope="module", params=["core", "older version"])
def corpus(
    request: pytest.FixtureRequest, untouched_closed_root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Corpus:
    """Return the closed archive, with the register as it is written now and as older versions wrote it."""
    root = Path(shutil.copytree(untouched_closed_root, tmp_path_factory.mktemp("kept") / "archive"))
    if request.param == "older version":
        without_cores(root, BUREAU)
    return read_corpus(root)


def with_record(corpus: Corpus, text: str) -> Corpus:
    """Return an archive in which the record says something else."""
    old = corpus.by_key[KEY]
    new, _ = parse_activity(RECORD, text.encode(), photo_files=old.photo_files)
    assert new is not None
    school = corpus.schools["jia"]
    activities = tuple(new if each.key == KEY else each for each in school.activities)
    changed = dataclasses.replace(school, activities=activities)
    return dataclasses.replace(corpus, schools={**corpus.schools, "jia": changed})


def changed(corpus: Corpus, *edits: tuple[str, str]) -> list[str]:
    """Return the paths that the chain's rule reproaches once each text was replaced by the next."""
    text = corpus.by_key[KEY].file.text
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    found = BY_SLUG["closing-changed"].check(with_record(corpus, text), dt.date(2021, 4, 20))
    return [d.span.file.path for d in found]


@pytest.mark.parametrize("other", OTHERS)
def test_no_other_change_comes_with_it(corpus: Corpus, other: str) -> None:
    assert RECORD in changed(corpus, OTHERS[other])
    for name, taken in TAKE_DOWNS.items():
        if not (name == "a photo on a line" and other.startswith(("photo", "people", "consent"))):
            assert RECORD in changed(corpus, taken, OTHERS[other]), name


def test_an_older_register_knows_what_is_hidden_but_no_caption(corpus: Corpus) -> None:
    cores = corpus.find_settlement(2021).cores
    for name, taken in TAKE_DOWNS.items():
        expected = [RECORD] if name == "a caption" and not cores else []
        assert changed(corpus, taken) == expected, name
    hidden = [taken for name, taken in TAKE_DOWNS.items() if name != "a caption"]
    assert changed(corpus, *hidden) == []


def test_what_was_not_public_is_not_made_public(tmp_path: Path) -> None:
    """Taking down goes one way; what was taken down after the closing may come back, and nothing more."""
    archive = files()
    text = str(archive[RECORD])
    archive[RECORD] = text.replace("people: none}", "people: none, public: false}").replace(
        "    caption: 建构区\n", "    caption: 建构区\n    public: true\n"
    )
    root = lay_out(tmp_path, archive)
    assert run(root, "close", "2021-02", "--as-of", "2021-03-02")[0] == 0
    assert f"hidden:\n      {digest_string(str(archive[RECORD]))}: [01.jpg]\n" in (root / FILINGS).read_text(
        "utf-8"
    )
    edit(root, "public: true", "public: false")
    assert reproaches(root) == []
    edit(root, "people: none, public: false}", "people: none}")
    assert [line.partition(":")[0] for line in reproaches(root)] == [RECORD]
    edit(root, "people: none}", "people: none, public: true}")
    assert [line.partition(":")[0] for line in reproaches(root)] == [RECORD]


def test_what_an_older_version_closed_is_made_ready_by_filing(closed_root: Path) -> None:
    before = (closed_root / FILINGS).read_text(encoding="utf-8")
    without_cores(closed_root, BUREAU)
    old, new = TAKE_DOWNS["a caption"]
    edit(closed_root, old, new)
    (said,) = reproaches(closed_root)
    assert said.startswith(f"{RECORD}: ")
    edit(closed_root, new, old)
    code, told = run(closed_root, "file", "--as-of", "2021-04-12")
    assert (code, told.splitlines()[0]) == (
        0,
        "已补登 6 份结过账的文字的骨架校验值：以后改图片说明不用更正。",
    )
    assert run(closed_root, "file", "--as-of", "2021-04-12") == (0, "收下的记录都有备案号，没有改动。\n")
    edit(closed_root, old, new)
    assert reproaches(closed_root) == []
    cores = re.compile(r"      [0-9a-f]{64}: [0-9a-f]{64}\n")
    assert set(cores.findall((closed_root / FILINGS).read_text("utf-8"))) <= set(cores.findall(before))


def told_by_gate(before: Path, after: Path) -> list[str]:
    old, new = collect(before), collect(after)
    touched = Submission(paths=tuple(sorted(p for p in old.keys() | new.keys() if old.get(p) != new.get(p))))
    found = as_a_change.check_change(read_corpus(after), touched, make_folder_reader(before), None)
    return [f"{d.rule} {d.message}" for d in found]


def test_a_wrong_core_is_refused_when_it_comes(closed_root: Path, tmp_path: Path) -> None:
    """Whoever writes a register on by hand, seal and all, could let any text pass for a frozen one."""
    without_cores(closed_root, BUREAU)
    honest = Path(shutil.copytree(closed_root, tmp_path / "honest"))
    assert run(honest, "file", "--as-of", "2021-04-12")[0] == 0
    assert told_by_gate(closed_root, honest) == []
    forged = Path(shutil.copytree(closed_root, tmp_path / "forged"))
    frozen = read_corpus(forged).find_settlement(2021).seals[KEY].text
    edit(forged, "title: 第2次活动", "title: 第三次活动")
    now = compute_core(read_corpus(forged).by_key[KEY])
    assert now is not None
    batch = Batch(filed=dt.date(2021, 4, 12), numbers={}, cores={frozen: now})
    register = forged / FILINGS
    text = append_batch(register.read_text("utf-8"), batch)
    register.write_text(text, encoding="utf-8", newline="\n")
    assert reproaches(forged) == []  # nothing in the archive itself tells
    assert told_by_gate(closed_root, forged) == [
        f"filing-register 登记的骨架校验值 {now.digest[:12]} 与记录不符：{KEY}"
    ]
    unknown = Batch(filed=dt.date(2021, 4, 12), numbers={}, cores={"0" * 64: now})
    text = append_batch((closed_root / FILINGS).read_text("utf-8"), unknown)
    (closed_root / FILINGS).write_text(text, encoding="utf-8", newline="\n")
    assert told_by_gate(honest.with_name("forged"), closed_root)  # not the same register, to begin with
    base = Path(shutil.copytree(honest, tmp_path / "base"))
    text = append_batch((base / FILINGS).read_text("utf-8"), unknown)
    (honest / FILINGS).write_text(text, encoding="utf-8", newline="\n")
    assert told_by_gate(base, honest) == [f"filing-register 登记的骨架校验值 {now.digest[:12]} 与记录不符"]


def test_a_core_is_written_once(closed_root: Path) -> None:
    cores = read_corpus(closed_root).find_settlement(2021).cores
    text, first = next(iter(cores.items()))
    again = Batch(filed=dt.date(2021, 4, 12), numbers={}, cores={text: first})
    content = append_batch((closed_root / FILINGS).read_text("utf-8"), again)
    (closed_root / FILINGS).write_text(content, encoding="utf-8", newline="\n")
    (said,) = reproaches(closed_root)
    assert said.endswith(f"文字 {text[:12]} 登记了两次骨架校验值")


def test_an_amended_record_may_be_taken_down_again(closed_root: Path) -> None:
    edit(closed_root, "2位教师学会", "3位教师学会")
    assert run(closed_root, "amend", KEY, *WORDS)[0] == 0
    edit(closed_root, *TAKE_DOWNS["a caption"])
    edit(closed_root, *TAKE_DOWNS["the record"])
    assert reproaches(closed_root) == []
    edit(closed_root, "3位教师学会", "4位教师学会")
    assert [line.partition(":")[0] for line in reproaches(closed_root)] == [RECORD]


@pytest.mark.parametrize(
    "photos",
    [
        # Sixty photos that are not public have 3^60 states before: some are tried, not all.
        "".join(f"  - {{file: {n}.jpg, caption: x, people: none, public: false}}\n" for n in range(60)),
        "  - file: 1\n    public: false\n" * 6000,
        "  - file: 1\n    withdrawn: 1\n" * 6000,
        "  - {file: 1, caption: x, public: false, public: false}\n" * 3500,
    ],
)
def test_hostile_texts_cost_no_time(corpus: Corpus, photos: str) -> None:
    text = activity("2021-02-18", photos=f"photos:\n{photos}") + "很长的文字。\n" * 3000
    assert 50_000 < len(text.encode()) <= MAX_BYTES
    broken = with_record(corpus, text)
    began = time.process_time()
    found = BY_SLUG["closing-changed"].check(broken, dt.date(2021, 4, 20))
    assert RECORD in [d.span.file.path for d in found]
    assert time.process_time() - began < 3


PUBLISHED = {".html", ".csv", ".json", ".sqlite", ".xlsx", ".xml", ".pdf", ".docx", ".txt", ".md"}


def told(site: Path, words: str) -> set[str]:
    """Return the kinds of published files, by suffix, in which words can be read."""
    return {path.suffix for path in site.rglob("*") if path.is_file() and words in _read(path)}


def _read(path: Path) -> str:
    if path.suffix == ".pdf":
        return "".join(page.extract_text() for page in PdfReader(path).pages)
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as packed:
            return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    text = path.read_text(encoding="utf-8", errors="replace")
    return json.dumps(json.loads(text), ensure_ascii=False) if path.suffix == ".json" else text


def pictures(site: Path) -> set[str]:
    return {path.name.partition("-")[0] for path in (site / "photos").iterdir()}


def test_what_was_taken_down_is_in_nothing_that_is_published(closed_root: Path) -> None:
    """A record, a photo and a name in a caption: out of every file of the site by the next build."""
    amended, yi = "records/jia/2021/02/05-visit/activity.md", "records/yi/2021/02/09-visit/activity.md"
    title, caption, name = "第1次活动", "教师研讨后的合影", "某某搭高楼"
    edit(closed_root, "    caption: 建构区\n", f"    caption: {caption}\n")
    edit(closed_root, "caption: 材料架", f"caption: {name}", yi)
    assert reproaches(closed_root) == []  # captions, too, are put in other words
    build, site = ("build", *TODAY), closed_root / "site"
    assert run(closed_root, *build)[0] == 0
    shown = pictures(site)
    assert len(shown) == 12
    assert told(site, title) == PUBLISHED
    assert {".html", ".json", ".sqlite"} <= told(site, caption) & told(site, name)
    edit(closed_root, "lead: ", "public: false\nlead: ", amended)
    edit(closed_root, f"    caption: {caption}\n", f"    caption: {caption}\n    public: false\n")
    edit(closed_root, f"caption: {name}", "caption: 搭高楼", yi)
    assert run(closed_root, *build)[0] == 0
    assert (told(site, title), told(site, "05-visit"), told(site, caption), told(site, name)) == (
        set(),
        set(),
        set(),
        set(),
    )
    assert pictures(site) < shown
    assert len(pictures(site)) == 12 - 2 - 1
    page = (site / "schools/jia/2021/02/18-care/index.html").read_text(encoding="utf-8")
    assert "结账以后改过图片说明，计入和结论不变。" in page
    assert "图片只存档，不公开" in page
