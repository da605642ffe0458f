"""`pairing programme`: what each change shows, which lines it writes, what it leaves, and what it refuses."""

from __future__ import annotations

import datetime as dt
import difflib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.actions.change_programme.edits import find_day_before
from generator.actions.change_programme.yaml_layout import EditedFile, make_entry, put_after
from generator.actions.transaction import Changes
from generator.archive import read_corpus
from generator.cli.main import main
from tests.conftest import ROOT
from tests.phone_photos import files_of

PROGRAMME = "records/bureau/2020/programme.yml"
TODAY = dt.date(2020, 8, 20)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return an archive with the county's programme and schools, and nothing handed in."""
    for path in (PROGRAMME, "content/plan/2020.md", *_profiles()):
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, target)
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, archive: Path) -> Run:
    """Return a function that runs `pairing programme` on the archive, off a terminal."""
    for module in ("programme", "programme_months"):
        monkeypatch.setattr(f"generator.cli.{module}.read_today", lambda as_of=None: as_of or TODAY)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["programme", *arguments, "--root", str(archive)])
        return code, *capsys.readouterr()

    return call


def _profiles() -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("records/*/school.yml"))]


def _changed(root: Path) -> list[str]:
    """Return the lines that differ from the county's files, each with its file's folder."""
    found = []
    for path in sorted(files_of(root), key=lambda path: (path != PROGRAMME, path)):
        if path.startswith(".cache/"):
            continue
        old = (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).exists() else ""
        new = (root / path).read_text(encoding="utf-8")
        lines = list(difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0))[2:]
        found += [f"{Path(path).parent.name} {line}" for line in lines if not line.startswith("@@")]
    return found


CASES = {
    "leave xuanhua --from 2020-10": [
        "2020 -    helped: [nanhua, xuanhua, jintaiyang]",
        "2020 -    responsible: [裴华, 杨建荣, 吴斌, 孙红燕]",
        "2020 +    helped: [nanhua, {school: xuanhua, until: 2020-09}, jintaiyang]",
        "2020 +    responsible: [裴华, 杨建荣, {name: 吴斌, until: 2020-09}, 孙红燕]",
    ],
    "leave diyi --from 2020-10-16": ["2020 +    until: 2020-10-15"],
    "join xinyuan --helper diyi --from 2020-09 --name 新苑幼儿园 --short 新苑 --kind private --responsible 李某": [
        "2020 -    helped: [xinba, leimeng]",
        "2020 -    responsible: [张淑沁, 武廷增, 白雪]",
        "2020 +    helped: [xinba, leimeng, {school: xinyuan, from: 2020-09}]",
        "2020 +    responsible: [张淑沁, 武廷增, 白雪, {name: 李某, from: 2020-09}]",
        "xinyuan +# yaml-language-server: $schema=../schema/school.schema.json",
        "xinyuan +id: xinyuan",
        "xinyuan +name: 新苑幼儿园",
        "xinyuan +short: 新苑",
        "xinyuan +kind: private",
        "xinyuan +responsible: 李某",
        "xinyuan +archivist: 专职档案员（待指定）",
    ],
    "move xuanhua --helper diyi --from 2020-09": [
        "2020 -    helped: [xinba, leimeng]",
        "2020 -    responsible: [张淑沁, 武廷增, 白雪]",
        "2020 +    helped: [xinba, leimeng, {school: xuanhua, from: 2020-09}]",
        "2020 +    responsible: [张淑沁, 武廷增, 白雪, {name: 吴斌, from: 2020-09}]",
        "2020 -    helped: [nanhua, xuanhua, jintaiyang]",
        "2020 -    responsible: [裴华, 杨建荣, 吴斌, 孙红燕]",
        "2020 +    helped: [nanhua, {school: xuanhua, until: 2020-08}, jintaiyang]",
        "2020 +    responsible: [裴华, 杨建荣, {name: 吴斌, until: 2020-08}, 孙红燕]",
    ],
    "merge xuanhua --into heli --from 2020-09": [
        "2020 -    helped: [nanhua, xuanhua, jintaiyang]",
        "2020 -    responsible: [裴华, 杨建荣, 吴斌, 孙红燕]",
        "2020 +    helped: [nanhua, {school: xuanhua, until: 2020-08}, jintaiyang]",
        "2020 +    responsible: [裴华, 杨建荣, {name: 吴斌, until: 2020-08}, 孙红燕]",
        "xuanhua +merged_into: heli",
        "xuanhua +until: 2020-08",
    ],
    "rename xuanhua --name 宣化中心幼儿园 --from 2020-09-16": [
        "xuanhua -name: 宣化镇中心小学辖区内幼儿园",
        "xuanhua +name: 宣化中心幼儿园",
        "xuanhua +former:",
        "xuanhua +  - {name: 宣化镇中心小学辖区内幼儿园, until: 2020-09-15}",
    ],
    "person xuanhua 李某 --from 2020-09-01": [
        "2020 -    responsible: [裴华, 杨建荣, 吴斌, 孙红燕]",
        "2020 +    responsible: [裴华, 杨建荣, {name: 吴斌, until: 2020-08-31}, 孙红燕, {name: 李某, from: 2020-09-01}]",
        "xuanhua +former:",
        "xuanhua +  - {responsible: 吴斌, until: 2020-08-31}",
        "xuanhua -responsible: 吴斌",
        "xuanhua +responsible: 李某",
    ],
    "deadline 2020-10 2020-11-02 --reason 国庆放假": [
        "2020 +deadlines:",
        "2020 +  2020-10: {date: 2020-11-02, reason: 国庆放假, decided: 2020-08-20}",
    ],
    "cancel 2020-09 --reason 疫情防控 --decided-by 县教育局 --decided 2020-08-18": [
        "2020 +cancelled:",
        "2020 +  2020-09: {reason: 疫情防控, decided_by: 县教育局, decided: 2020-08-18}",
    ],
    "excuse leimeng 2020-11 2020-12 --reason 封控停园 --decided-by 基教股股长": [
        "2020 +excused:",
        "2020 +  - {school: leimeng, months: [2020-11, 2020-12], reason: 封控停园, decided_by: 基教股股长, decided: 2020-08-20}",
    ],
}


@pytest.mark.parametrize("typed", CASES)
def test_a_change_writes_these_lines_and_no_others(typed: str, run: Run, archive: Path) -> None:
    before = files_of(archive)
    code, shown, _ = run(*typed.split(), "--dry-run")
    assert (code, files_of(archive)) == (0, before)
    assert shown.endswith("\n以上只是试运行，什么都没有改；真正执行时去掉 --dry-run。\n")
    code, _, _ = run(*typed.split())  # nobody can be asked
    assert (code, _changed(archive)) == (1, [])
    code, _, refused = run(*typed.split(), "--yes")
    assert (code, refused) == (0, "")
    assert _changed(archive) == CASES[typed]
    corpus = read_corpus(archive, content=archive / "content")
    assert [problem.message for problem in corpus.problems] == []


def test_it_says_what_each_month_owes_afterwards(run: Run) -> None:
    _, shown, _ = run("leave", "xuanhua", "--from", "2020-10", "--yes")
    assert shown == (
        "改动 records/bureau/2020/programme.yml\n"
        "  -     helped: [nanhua, xuanhua, jintaiyang]\n"
        "  -     responsible: [裴华, 杨建荣, 吴斌, 孙红燕]\n"
        "  +     helped: [nanhua, {school: xuanhua, until: 2020-09}, jintaiyang]\n"
        "  +     responsible: [裴华, 杨建荣, {name: 吴斌, until: 2020-09}, 孙红燕]\n"
        "\n"
        "改了以后：\n"
        "  2020年十月 宣化镇中心小学辖区内幼儿园：未到期 0/1 → 不欠\n"
        "  2020年十一月 宣化镇中心小学辖区内幼儿园：未到期 0/1 → 不欠\n"
        "  2020年十二月 宣化镇中心小学辖区内幼儿园：未到期 0/1 → 不欠\n"
        "\n"
        "改好了：records/bureau/2020/programme.yml。接着检查：pairing check\n"
    )
    _, shown, _ = run("deadline", "2020-10", "2020-11-02", "--reason", "国庆放假", "--dry-run")
    assert "  2020年十月 第一幼儿园等 17 所：截止日 10月30日 → 11月2日\n" in shown
    _, shown, _ = run("rename", "xuanhua", "--short", "宣中", "--from", "2020-09", "--dry-run")
    assert "各月应完成的和完成情况都不变。\n" in shown


def test_a_school_that_changes_again_keeps_both_times(run: Run, archive: Path) -> None:
    for typed in (
        "move xuanhua --helper diyi --from 2020-09",
        "leave xuanhua --from 2020-11",
        "deadline 2020-10 2020-11-02 --reason 国庆放假",
        "deadline 2020-10 2020-11-03 --reason 国庆和中秋放假",
        "excuse leimeng 2020-11 2020-12 --reason 封控停园 --decided-by 基教股股长",
        "excuse leimeng 2020-12 --reason 园舍维修 --decided-by 基教股股长",
    ):
        assert run(*typed.split(), "--yes")[0] == 0
    assert [line for line in _changed(archive) if " +" in line] == [
        "2020 +excused:",
        "2020 +  - {school: leimeng, months: [2020-11], reason: 封控停园, decided_by: 基教股股长, decided: 2020-08-20}",
        "2020 +  - {school: leimeng, months: [2020-12], reason: 园舍维修, decided_by: 基教股股长, decided: 2020-08-20}",
        "2020 +deadlines:",
        "2020 +  2020-10: {date: 2020-11-03, reason: 国庆和中秋放假, decided: 2020-08-20}",
        "2020 +    helped: [xinba, leimeng, {school: xuanhua, from: 2020-09, until: 2020-10}]",
        "2020 +    responsible: [张淑沁, 武廷增, 白雪, {name: 吴斌, from: 2020-09, until: 2020-10}]",
        "2020 +    helped: [nanhua, {school: xuanhua, until: 2020-08}, jintaiyang]",
        "2020 +    responsible: [裴华, 杨建荣, {name: 吴斌, until: 2020-08}, 孙红燕]",
    ]


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (
            "leave xuanhau --from 2020-10",
            2,
            "用法不对：2020 年的方案里没有代号是“xuanhau”的校（园）；是不是 xuanhua（宣化镇中心小学辖区内幼儿园）？",
        ),
        (
            "leave xuanhua --from 10月",
            2,
            "“10月”写成 2020-10（从当月起）或 2020-10-15（从这天起）的样子",
        ),
        ("leave xuanhua --from 2031-10", 2, "没有 2031 年度的方案数据，或它读不出来"),
        (
            "join xinyuan --helper diyi --from 2020-09",
            2,
            "还没有 records/xinyuan/school.yml；新的园写上 --name",
        ),
        (
            "join heli --helper diyi --from 2020-09 --name 合黎",
            2,
            "heli 已经有 school.yml（合黎镇中心幼儿园）",
        ),
        ("join leimeng --helper diyi --from 2020-09", 1, "没有改：leimeng 从 2020-09 起本来就由 diyi 帮扶"),
        ("deadline 2020-07 2020-08-02 --reason 放假", 2, "2020-07 不是帮扶月；帮扶月是：2020-03、"),
        ("rename xuanhua --from 2020-09", 2, "写上 --name、--short、--kind 里要改的"),
        (
            "rename xuanhua --kind rural --from 2020-09",
            1,
            "没有改：学校档案里已经是这样",
        ),
        ("cancel 2020-09 --reason 疫情 --decided-by 裴华", 2, "--decided-by“裴华”像是姓名；只写单位或职务"),
        (
            "cancel 2020-09 --reason 打13812345678问 --decided-by 县教育局",
            2,
            "--reason",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    typed: str, code: int, said: str, run: Run, archive: Path
) -> None:
    found, _, refused = run(*typed.split(), "--yes")
    assert (found, said in refused) == (code, True), refused
    assert _changed(archive) == []


def test_a_file_with_faults_is_mended_first(run: Run, archive: Path) -> None:
    path = archive / "records/xuanhua/school.yml"
    path.write_text(path.read_text(encoding="utf-8") + "电话: 1\n", encoding="utf-8")
    code, _, refused = run("rename", "xuanhua", "--name", "宣中", "--from", "2020-09", "--yes")
    assert (code, refused) == (
        1,
        "没有改：records/xuanhua/school.yml 读不出来，或还有错误；先改正：pairing check --only records/xuanhua/school.yml\n",
    )


def test_a_full_disk_changes_nothing(run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Changes) -> tuple[Path, ...]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Changes, "carry_out", fail)
    code, _, refused = run("leave", "xuanhua", "--from", "2020-10", "--yes")
    assert (code, _changed(archive)) == (2, [])
    assert refused.startswith("什么都没有改：")


LAYOUTS = {
    "as editors do it": "a: 1 # 一\nlist:\n  - x\n  - {y: 2} # 二\n\n# 三\nb: '3'\n",
    "flat lists": "a: 1\nlist:\n- x\n- y: 2\n  z: [1, 2]\n",
    "wide": "a:\n    b: 1\nlist:\n    - x\n",
    "windows": "a: 1\r\nlist:\r\n  - x\r\n",
    "long": f"a: {'长' * 300} {'句' * 300}\n",
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_file_that_is_not_changed_is_written_as_it_was(name: str) -> None:
    assert EditedFile(LAYOUTS[name]).format_text() == LAYOUTS[name]


def test_a_new_field_leaves_the_comments_where_they_are() -> None:
    file = EditedFile("a: 1 # 一\n\n# 说的是 b\nb: 2\n# 末尾\n")
    put_after(file.data, "n", make_entry({"from": dt.date(2020, 9, 1), "months": ["2020-09"]}), behind=("a",))
    put_after(file.data, "b", 3, behind=())
    put_after(file.data, "z", 4, behind=("none",))
    assert file.format_text() == (
        "a: 1 # 一\nn: {from: 2020-09-01, months: [2020-09]}\n\n# 说的是 b\nb: 3\n# 末尾\nz: 4\n"
    )


def test_the_time_before() -> None:
    assert find_day_before("2020-01") == "2019-12"
    assert find_day_before("2020-10") == "2020-09"
    assert find_day_before(dt.date(2020, 3, 1)) == dt.date(2020, 2, 29)
