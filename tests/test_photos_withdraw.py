"""`pairing photos withdraw`: the picture is gone everywhere, the count stays, and history's purge is spelt out."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.accounts import ledger
from generator.actions.photos import withdrawal
from generator.archive import read_corpus
from generator.archive.album import render_album
from generator.cli.main import main
from generator.rules import check_corpus
from generator.site.prepare import PHOTO_CACHE
from tests.conftest import MakeArchive
from tests.phone_photos import RECORD, archive, files_of, phone_photo, plain_photo
from tests.scratch_repository import commit, git
from tests.small_archive import activity

Run = Callable[..., tuple[int, str, str]]

PHOTO = f"{RECORD}/01.jpg"
DAY = "2021-03-09"
LINES = (
    "photos:\n  - {file: 01.jpg, caption: 不再公开的说明, people: children, consent: true}  # 一\n"
    "  - {file: 02.jpg, caption: 材料架, people: none}\n"
)
PHOTOS = {"01.jpg": plain_photo(1), "02.jpg": plain_photo(2)}
DIGEST = hashlib.sha256(PHOTOS["01.jpg"]).hexdigest()
TOMBSTONE = f"withdrawn: {{date: {DAY}, reason: 监护人要求, digest: {DIGEST}}}"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Return a function that runs `pairing photos withdraw` beside the archive."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, reason: str = "监护人要求") -> tuple[int, str, str]:
        asked = ["photos", "withdraw", "--root", "archive", "--as-of", DAY, *arguments]
        code = main([*asked, *(["--reason", reason] if reason else [])])
        return code, *capsys.readouterr()

    return call


def _site(root: Path) -> Path:
    """Render the archive's photos and put them where a build would, with a page beside."""
    site = root / "site"
    site.mkdir(exist_ok=True)
    (site / "sitemap.xml").write_text("<urlset/>", encoding="utf-8")
    render_album(read_corpus(root), root / ".cache/photos", workers=1).write_pictures(site)
    return site


def _standing(root: Path) -> list[tuple[str, str, str]]:
    corpus = read_corpus(root)
    account = ledger.make_ledger(corpus, 2021, dt.date(2021, 4, 20))
    assert account
    return [(c.school, c.month, c.status.value) for c in account.cells.values()]


def test_the_picture_goes_and_the_count_stays(
    make_archive: MakeArchive, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    root = archive(make_archive, PHOTOS, LINES)
    site = _site(root)
    assert main(["photos", "report", "--root", str(root), "--out", str(root / "evidence-report.html")]) == 0
    capsys.readouterr()
    before, standing, record = files_of(root), _standing(root), (root / RECORD / "activity.md").read_text()
    code, out, err = run(PHOTO)
    assert (code, err) == (0, "")
    after = files_of(root)
    gone = set(before) - set(after)
    small = sorted(path for path in gone if path.startswith("site/photos/"))
    assert len(small) == 3  # 640 and 320 as WebP, 640 as JPEG
    kept = {path for path in before if path.startswith("site/photos/")} - gone
    assert len(kept) == 3, "the other photo's"
    cached = {path for path in gone if path.startswith(".cache/")}
    assert any(path.startswith(".cache/evidence/") for path in cached)
    assert gone == {PHOTO, *small, *cached, "evidence-report.html"}
    assert not list(root.rglob(f"*{DIGEST}*")), "no file or folder named after it is left"
    assert (root / RECORD / "activity.md").read_text() == record.replace(
        "consent: true}  # 一", f"consent: true, {TOMBSTONE}}}  # 一"
    )
    assert _standing(root) == standing
    assert out == (
        f"已撤下 {PHOTO}\n"
        "  记录：已写上撤下的日期和原因；图片仍然计数，图片说明不再公开\n"
        "  文件：已删去\n"
        "  网站：已删去 3 个小图\n"
        f"  缓存：已删去 {len(cached)} 个文件\n"
        "  核对报告：已删去 evidence-report.html；要看，再运行 pairing photos report\n"
        f"\n{site} 里的网页还写着图片说明：运行 pairing build 更新。\n"
    )
    found = check_corpus(read_corpus(root), dt.date(2021, 3, 10))
    assert not [d for d in found if d.rule.startswith("photo-")]


def test_the_next_site_knows_neither_picture_nor_caption(make_archive: MakeArchive, run: Run) -> None:
    root = archive(make_archive, PHOTOS, LINES)
    site = root / "site"
    assert main(["build", "--root", str(root), "--as-of", DAY]) == 0
    shown = {p for p, data in files_of(site).items() if "不再公开的说明".encode() in data}
    assert {"data/archive.json", "schools/yi/2021/03/05-visit/index.html"} <= shown
    assert run(PHOTO, reason="祖母不同意")[0] == 0
    assert main(["build", "--root", str(root), "--as-of", DAY]) == 0
    files = files_of(site)
    assert [p for p, data in files.items() if "不再公开的说明".encode() in data] == []
    assert [p for p, data in files.items() if "祖母不同意".encode() in data or DIGEST.encode() in data] == []
    assert "图片已撤下".encode() in files["schools/yi/2021/03/05-visit/index.html"]
    assert len([p for p in files if p.startswith("photos/")]) == 3


def test_a_withdrawn_picture_is_not_published_under_another_name(make_archive: MakeArchive, run: Run) -> None:
    root = archive(make_archive, PHOTOS, LINES)
    run(PHOTO)
    record = root / RECORD / "activity.md"
    text = record.read_text(encoding="utf-8").replace("02.jpg, caption: 材料架", "09.jpg, caption: 换了名字")
    record.write_text(text, encoding="utf-8")
    (root / RECORD / "09.jpg").write_bytes(PHOTOS["01.jpg"])
    assert main(["build", "--root", str(root), "--as-of", DAY]) == 0
    files = files_of(root / "site")
    assert [path for path in files if path.startswith("photos/")] == []
    assert not any("换了名字".encode() in data for data in files.values())
    assert DIGEST not in "".join(files_of(root / ".cache"))


def test_a_second_time_does_nothing_more(make_archive: MakeArchive, run: Run) -> None:
    root = archive(make_archive, PHOTOS, LINES)
    run(PHOTO)
    before = files_of(root)
    assert run(PHOTO, reason="") == (0, f"{PHOTO} 早已撤下，没有要删的了。\n", "")
    assert files_of(root) == before


def test_a_dry_run_changes_nothing(make_archive: MakeArchive, run: Run) -> None:
    root = archive(make_archive, PHOTOS, LINES)
    _site(root)
    before = files_of(root)
    code, out, err = run(PHOTO, "--dry-run")
    assert (code, err, files_of(root)) == (0, "", before)
    assert out.startswith(f"将撤下 {PHOTO}\n  记录：将写上撤下的日期和原因；")
    assert out.endswith("\n以上只是试运行，什么都没有改；真正执行时去掉 --dry-run。\n")


@pytest.mark.parametrize("step", ["record", "file"])
def test_a_killed_run_is_finished_by_the_next(
    step: str, make_archive: MakeArchive, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = archive(make_archive, PHOTOS, LINES)
    _site(root)
    unlink, left = Path.unlink, [0 if step == "record" else 1]

    def dying(path: Path, missing_ok: bool = False) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise SystemExit
        unlink(path, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", dying)
        with pytest.raises(SystemExit):
            run(PHOTO)
    assert TOMBSTONE in (root / RECORD / "activity.md").read_text()
    assert (root / PHOTO).exists() == (step == "record")
    code, out, _ = run(PHOTO, reason="")
    assert code == 0
    assert out.startswith(f"{PHOTO} 早已撤下；已把没有删净的删净\n")
    assert not (root / PHOTO).exists()
    assert DIGEST not in "".join(files_of(root))
    assert len([p for p in files_of(root / "site") if p.startswith("photos/")]) == 3


def test_what_came_back_is_removed_again(make_archive: MakeArchive, run: Run) -> None:
    root = archive(make_archive, PHOTOS, LINES)
    run(PHOTO)
    record = (root / RECORD / "activity.md").read_bytes()
    (root / PHOTO).write_bytes(phone_photo(1))
    code, out, _ = run(PHOTO, reason="")
    assert (code, (root / PHOTO).exists()) == (0, False)
    assert out == f"{PHOTO} 早已撤下；已把没有删净的删净\n  文件：已删去\n"
    assert (root / RECORD / "activity.md").read_bytes() == record


def test_copies_elsewhere_are_named(make_archive: MakeArchive, run: Run) -> None:
    root = archive(make_archive, PHOTOS, LINES)
    other = root / "records/jia/2021/03/05-visit"
    other.mkdir(parents=True)
    (other / "activity.md").write_text(activity("2021-03-05"), encoding="utf-8")
    (other / "03.jpg").write_bytes(PHOTOS["01.jpg"])
    (other / "04.jpg").write_bytes(PHOTOS["02.jpg"])
    code, out, _ = run(PHOTO)
    assert code == 0
    assert out.endswith(
        "\n档案里还有一模一样的图片，也要撤下：\n"
        "  pairing photos withdraw records/jia/2021/03/05-visit/03.jpg --reason 监护人要求\n"
    )


def test_a_photo_that_no_record_names_just_goes(make_archive: MakeArchive, run: Run) -> None:
    root = archive(make_archive, {**PHOTOS, "09.jpg": plain_photo(9)}, LINES)
    before = files_of(root)
    code, out, _ = run(f"{RECORD}/09.jpg", reason="")
    assert code == 0
    assert out == f"已撤下 {RECORD}/09.jpg\n  记录：没有写这张图片，不用改\n  文件：已删去\n"
    changed = {k: v for k, v in files_of(root).items() if not k.startswith(".cache")}
    assert changed == {k: v for k, v in before.items() if not k.endswith("09.jpg")}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/etc/passwd", "“/etc/passwd”不在档案的 records 文件夹里；写 records 里的路径；档案在别处时用 --root 指出"),
        ("../content/plan/2021.md", "“../content/plan/2021.md”不在档案的 records 文件夹里；写 records 里的路径；档案在别处时用 --root 指出"),
        (f"{RECORD}/../../../../../../../outside.jpg", f"“{RECORD}/../../../../../../../outside.jpg”不在档案的 records 文件夹里；写 records 里的路径；档案在别处时用 --root 指出"),
        (f"{RECORD}/activity.md", f"“{RECORD}/activity.md”不是一张图片；写图片文件的路径，如 records/园代号/2020/09/17-area-observation/01.jpg"),
        (RECORD, f"“{RECORD}”不是一张图片；写图片文件的路径，如 records/园代号/2020/09/17-area-observation/01.jpg"),
        ("records/bureau/2021/programme.yml", "“records/bureau/2021/programme.yml”不是一张图片；写图片文件的路径，如 records/园代号/2020/09/17-area-observation/01.jpg"),
        (f"{RECORD}/link.jpg", f"“{RECORD}/link.jpg”是一个链接（快捷方式），不是图片本身；写图片本身的路径"),
        (f"{RECORD}/folder.jpg", f"“{RECORD}/folder.jpg”不是文件；写图片文件的路径"),
        ("records/yi/2021/03/06-link/01.jpg", "records/yi/2021/03/06-link 是一个链接（快捷方式），不是文件夹本身；换成真正的文件夹"),
        ("records/yi/2021/03/07-none/01.jpg", "没有“records/yi/2021/03/07-none/01.jpg”这份活动记录；是不是 records/yi/2021/03/05-visit？"),
    ],
)  # fmt: skip
def test_only_a_plain_photo_of_a_record_can_be_withdrawn(
    typed: str, told: str, make_archive: MakeArchive, run: Run, tmp_path: Path
) -> None:
    root = archive(make_archive, PHOTOS, LINES)
    (tmp_path / "outside.jpg").write_bytes(PHOTOS["01.jpg"])
    (root / RECORD / "link.jpg").symlink_to(tmp_path / "outside.jpg")
    (root / RECORD / "folder.jpg").mkdir()
    (root / "records/yi/2021/03/06-link").symlink_to(root / RECORD)
    before = files_of(tmp_path)
    code, out, err = run(typed)
    assert (code, out, files_of(tmp_path)) == (2, "", before)
    assert err == f"用法不对：{told}\n看用法：pairing photos withdraw --help\n"


@pytest.mark.parametrize(
    ("typed", "reason", "lines", "told"),
    [
        (f"{RECORD}/01.jpg", "", LINES, "  没有写撤下的原因\n    怎么改：加上 --reason，如 --reason 监护人要求；不写姓名\n"),
        (f"{RECORD}/07.jpg", "要求", LINES, f"  没有图片 {RECORD}/07.jpg\n    怎么改：看看路径有没有写错；图片刚刚删去的，先用 git restore 找回来，再撤下\n"),
        (f"{RECORD}/01.jpg", "要求", "photos: 01.jpg\n", f"  {RECORD}/activity.md 第 10 行：“photos”应当是一个列表\n    怎么改：每项另起一行，行首两个空格：  - {{file: …, caption: …}}\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_withdrawn_is_told_and_nothing_changes(
    typed: str, reason: str, lines: str, told: str, make_archive: MakeArchive, run: Run
) -> None:
    root = archive(make_archive, PHOTOS, lines)
    before = files_of(root)
    assert run(typed, reason=reason) == (1, "", f"没有撤下：\n{told}")
    assert files_of(root) == before


def test_a_reason_is_one_plain_line(make_archive: MakeArchive, run: Run) -> None:
    archive(make_archive, PHOTOS, LINES)
    code, _, err = run(PHOTO, reason="a\nb")
    assert code == 2
    assert err.startswith("用法不对：--reason“a\N{REPLACEMENT CHARACTER}b”里有看不见的字符，请重新打一遍\n")


def test_history_s_purge_is_spelt_out_with_the_paths(make_archive: MakeArchive, run: Run) -> None:
    root = archive(make_archive, {**PHOTOS, "09.png": plain_photo(9, kind="PNG")}, LINES)
    (root / ".gitignore").write_text("/.cache/\n", encoding="utf-8")
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "one")
    (root / RECORD / "09.png").unlink()
    (root / RECORD / "03.jpg").write_bytes(PHOTOS["01.jpg"])
    commit(root, "two")
    (root / RECORD / "03.jpg").unlink()
    commit(root, "three")
    code, out, _ = run(PHOTO)
    assert code == 0
    assert out.split("不再公开\n  文件：已删去\n", 1)[1] == (
        "\n请马上提交并合并，公开的网站才会更新；提交说明里不写姓名，也不写原因的细节。\n"
        "\n仓库的历史里还有这张图片，会用 git 的人能找回来。要彻底清除，请维护人员照做：\n"
        "\n"
        "  1. 先把上面的改动合并，并请所有人交完手头的材料：清除以后，旧的副本都不能再用。\n"
        "  2. 另取一份完整的仓库，装好 git-filter-repo，再清除、推送：\n"
        "       git clone --mirror <仓库网址> purge.git\n"
        "       cd purge.git\n"
        f"       git filter-repo --invert-paths --path {RECORD}/01.jpg --path {RECORD}/03.jpg\n"
        "       git push --force --all <仓库网址>\n"
        "       git push --force --tags <仓库网址>\n"
        "  3. 在仓库网站上删去自动任务的缓存和产物（GitHub：Actions → Caches，及各次 publish 的 Artifacts）。\n"
        "  4. 合并请求和别人的副本（fork）里还留着旧历史，推送改不了它们：请有副本的人删去副本；\n"
        "     再请网站客服清除缓存的页面和没有引用的提交（GitHub Support 的 “Removing sensitive data”）。\n"
        "  5. 每台电脑上的旧克隆都删掉，重新 git clone。\n"
        "\n"
        "  这个活动文件夹的历史里还有过：09.png。\n"
        "  其中若有这张图片的原图，在第 2 步里也写上它的 --path。\n"
    )
    assert git(root, "status", "--short") == f" D {PHOTO}\n M {RECORD}/activity.md"


def test_another_picture_that_took_a_copy_s_name_stays(make_archive: MakeArchive, run: Run) -> None:
    root = archive(make_archive, {**PHOTOS, "03.jpg": PHOTOS["01.jpg"]}, LINES)
    git(root, "init", "--quiet", "--initial-branch", "main")
    blob = git(root, "hash-object", f"{PHOTO}")
    commit(root, "the wrong picture as 03.jpg")
    (root / RECORD / "03.jpg").write_bytes(plain_photo(3))
    commit(root, "the right one")
    for attempt in ("at once", "when the file is gone"):
        _, out, _ = run(PHOTO)
        assert (
            f"       echo {blob} > withdrawn.txt\n"
            f"       git filter-repo --invert-paths --path {PHOTO} --strip-blobs-with-ids withdrawn.txt\n"
        ) in out, attempt
        assert f"那一张留着，只清除这张图片的内容：{RECORD}/03.jpg。\n" in out


def test_who_asks_again_hears_of_every_name(make_archive: MakeArchive, run: Run) -> None:
    root = archive(make_archive, PHOTOS, LINES)
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "one")
    (root / RECORD / "03.jpg").write_bytes(PHOTOS["01.jpg"])
    commit(root, "two")
    (root / RECORD / "03.jpg").unlink()
    run(PHOTO)
    commit(root, "withdrawn")
    assert f"--invert-paths --path {PHOTO} --path {RECORD}/03.jpg\n" in run(PHOTO)[1]


def test_a_clone_without_its_past_does_not_say_that_there_is_none(
    make_archive: MakeArchive, run: Run, tmp_path: Path
) -> None:
    root = archive(make_archive, PHOTOS, LINES)
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "one")
    run(PHOTO)
    commit(root, "withdrawn")
    root.rename(tmp_path / "whole")
    git(tmp_path, "clone", "--quiet", "--depth", "1", (tmp_path / "whole").as_uri(), "archive")
    code, out, _ = run(PHOTO)
    assert code == 0
    assert "不用清除" not in out
    assert "先运行 git fetch --unshallow，再运行一次这条命令" in out
    git(root, "fetch", "--quiet", "--unshallow")
    assert f"--invert-paths --path {PHOTO}\n" in run(PHOTO)[1]


def test_a_history_that_git_does_not_read_is_told(
    make_archive: MakeArchive, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = archive(make_archive, PHOTOS, LINES)
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "one")
    monkeypatch.setenv("PATH", "")
    code, out, _ = run(PHOTO)
    assert code == 0
    assert "\n仓库的历史读不出来（没有装 git，或者 git 不认这个文件夹）：" in out


def test_a_photo_that_was_never_committed_is_not_in_history(make_archive: MakeArchive, run: Run) -> None:
    root = archive(make_archive, PHOTOS, LINES)
    git(root, "init", "--quiet", "--initial-branch", "main")
    assert run(PHOTO)[1].endswith("仓库的历史里没有这张图片，不用清除。\n")


def test_paths_count_from_the_top_of_the_repository(
    make_archive: MakeArchive, run: Run, tmp_path: Path
) -> None:
    archive(make_archive, PHOTOS, LINES)
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path, "one")
    assert f"--invert-paths --path archive/{PHOTO}\n" in run(PHOTO)[1]


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(make_archive: MakeArchive, run: Run) -> None:
    root = archive(make_archive, PHOTOS, LINES)
    root.chmod(0o555)
    try:
        assert run(PHOTO)[0] == 1
    finally:
        root.chmod(0o755)


def test_the_cache_is_the_one_that_builds_use() -> None:
    assert f"{withdrawal.CACHE_FOLDER}/photos" == PHOTO_CACHE


NOTE = "bureau/2021/inspections/2021-03-05-yi"


def test_a_photo_of_an_inspection_goes_the_same_way(make_archive: MakeArchive, run: Run) -> None:
    """Taken in by `add` beside the note, found there as a copy, and withdrawn with a tombstone in the note."""
    root = archive(make_archive, PHOTOS, LINES)
    note = root / f"records/{NOTE}.md"
    note.parent.mkdir(parents=True)
    text = "---\ntitle: 核查\ndate: 2021-03-05\nschool: yi\nfinding: confirmed\n---\n\n看了。\n"
    note.write_text(text, encoding="utf-8")
    given = root / "given.jpg"
    given.write_bytes(PHOTOS["02.jpg"])
    arguments = ("--people", "none", "--caption", "核查时的区角")
    assert main(["photos", "add", "--root", str(root), f"{NOTE}.md", str(given), *arguments]) == 0
    photo = root / f"records/{NOTE}/01.jpg"
    corpus = read_corpus(root)
    (read,) = corpus.bureau[2021].inspections
    assert [(p.file, p.caption, p.people) for p in read.data.photos] == [("01.jpg", "核查时的区角", "none")]
    assert [file.name for file in read.photo_files] == ["01.jpg"]
    digest = hashlib.sha256(photo.read_bytes()).hexdigest()
    (root / RECORD / "03.jpg").write_bytes(photo.read_bytes())
    site = _site(root)
    shown = len(list((site / "photos").iterdir()))
    code, out, err = run(f"records/{NOTE}/01.jpg")
    assert (code, err) == (0, "")
    assert "03.jpg" in out  # the copy that lies in an activity
    assert not photo.exists()
    (read,) = read_corpus(root).bureau[2021].inspections
    withdrawn = read.data.photos[0].withdrawn
    assert withdrawn is not None
    assert (withdrawn.digest, withdrawn.reason) == (digest, "监护人要求")
    assert len(list((site / "photos").iterdir())) < shown
    # What was withdrawn from an inspection stays withdrawn in an activity.
    found = {d.rule for d in check_corpus(read_corpus(root), dt.date(2021, 3, 20))}
    assert "photo-withdrawn" in found
