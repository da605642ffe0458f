"""`pairing new`: what can be typed, the form that it writes, what it asks, and that nothing is written over."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.actions.new_record import words
from generator.actions.transaction import Changes
from generator.archive import Corpus, read_corpus
from generator.cli import new as new_command
from generator.cli.main import main
from generator.images.facts import read_photo_facts
from generator.images.faults import Fault
from tests.conftest import ROOT, MakeArchive
from tests.phone_photos import files_of, phone_photo, plain_photo
from tests.small_archive import base

TODAY = dt.date(2021, 3, 20)
HERE = "records/yi/2021/03/05-visit"
PLAN = "rows:\n  - {id: 2021-03-1, month: 2021-03, date: 2021-03-05, task: 观摩：看区角, lead: 业务园长}\n  - {id: 2021-03-2, month: 2021-03, task: 听课}\n"
Run = Callable[..., tuple[int, str, str]]

FORM = """---
# yaml-language-server: $schema=../../../../schema/activity.schema.json
# 两行 --- 之间是填写栏。# 后面的话是说明，不用删；说明下面的一行才是要填的。
# 标题：活动名称，一行，不超过 40 字为宜。
title: （请填写标题）
# 活动日期：活动当天，写成 2020-05-14。
date: 2021-03-05
# 帮扶内容：实施方案第四部分的一项，填写其代号，如 area-observation。这里是观摩（一-1）。
measure: visit
# 参与园：一同参加的对方园代号，如 [heiquan, jinguoguo]。可以写 jia 甲园。
partners: [（请填写参与园）]
# 方式：host 请进来、visit 走出去、online 线上，三者选一。
direction: （请填写方式）
# 业务骨干人数：如 {sent: 0, received: 2}。
staff: {sent: （请填写派出人数）, received: （请填写接待人数）}
# 年级：涉及的年级：大班、中班、小班，如 [大班, 中班]。可以不填；要填，删去下一行开头的 # 和空格。
# grades: [大班]
# 地点：活动地点；线上活动可写平台名称，如 钉钉。可以不填；要填，删去下一行开头的 # 和空格。
# place: 某某幼儿园
# 参加人数：参加活动的总人数。可以不填；要填，删去下一行开头的 # 和空格。
# attendance: 12
# 负责人：只写职务，如 业务园长。
lead: （请填写负责人）
# 上报日期：材料报送基教股的日期，写成 2020-05-20。哪天交就改成哪天。
reported: 2021-03-20
# 计划任务：所完成的计划表任务编号，如 2020-05-2。可以不填；要填，删去下一行开头的 # 和空格。
# plan: 2020-05-2
# 图片信息：用 pairing photos add 放照片，这里会自己写好；手写的一张一行，行首空两格，如
#   - {file: 01.jpg, caption: 大班建构区的材料架, people: none}
photos: []
---

## 方案

（请填写方案：目的、时间、地点、人员、安排）

## 措施

（请填写措施：怎样准备、怎样分工）

## 记录

（请填写记录：当天做了什么、怎样做的）

## 总结

（请填写总结：收获、问题、下一步）
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Return a function that runs `pairing new` on the archive, off a terminal, on a day of 2021."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("generator.cli.clock.read_today", lambda as_of=None: as_of or TODAY)
    monkeypatch.setattr(new_command, "_is_terminal", lambda: False)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["new", "--root", "archive", *arguments])
        return code, *capsys.readouterr()

    return call


@pytest.fixture(scope="module")
def county() -> Corpus:
    return read_corpus(ROOT)


def _contents(root: Path) -> dict[str, bytes]:
    return {path: data for path, data in files_of(root).items() if not path.startswith(".cache/")}


def test_a_folder_with_a_form_in_the_next_free_place(make_archive: MakeArchive, run: Run) -> None:
    root = make_archive(base())
    for number, (day, suffix) in enumerate((("3月5日", ""), ("2021年3月5日", "-2"), ("3.5", "-3"))):
        before = _contents(root)
        assert len(before) == 4 + number
        assert run("乙园", day, "观摩") == (
            0,
            (
                f"建好了 {HERE}{suffix}/activity.md\n\n接下来：\n"
                "  1. 打开它，把“（请填写…）”换成内容：标题、参与园、方式、业务骨干人数、负责人、方案、措施、记录、总结\n"
                f"  2. 放照片：pairing photos add {HERE}{suffix} 照片…\n"
                f"  3. 检查：pairing check --only {HERE}{suffix}\n"
            ),
            "",
        )
        assert _contents(root) == before | {f"{HERE}{suffix}/activity.md": FORM.encode()}


def test_the_day_that_is_given_is_today(make_archive: MakeArchive, run: Run) -> None:
    root = make_archive(base())
    assert run("乙园", "3月5日", "观摩", "--as-of", "2021-03-07")[0] == 0
    assert "\nreported: 2021-03-07\n" in (root / HERE / "activity.md").read_text(encoding="utf-8")


def test_the_check_refuses_each_prompt_and_nothing_else(
    make_archive: MakeArchive, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    make_archive(base())
    run("yi", "3.5", "visit")
    assert main(["check", "--root", "archive", "--only", HERE, "--as-of", "2021-03-20"]) == 1
    out = capsys.readouterr().out
    found = {line.partition("规则 ")[2] for line in out.splitlines() if "规则 " in line}
    assert found == {"scaffold-unanswered", "field-value", "photo-required"}
    refused = [line for line in out.splitlines() if "还没有换成内容" in line]
    assert [line.partition("“")[2].partition("”")[0] for line in refused] == [
        prompt[:24] for line in FORM.splitlines() if not line.startswith("#") for prompt in _prompts(line)
    ]


def _prompts(line: str) -> list[str]:
    return [f"（请填写{part.partition('）')[0]}）" for part in line.split("（请填写")[1:]]


def test_everything_in_one_line_is_a_whole_record(
    make_archive: MakeArchive, run: Run, tmp_path: Path
) -> None:
    root = make_archive({**base(), "records/yi/2021/plan.yml": PLAN})
    (tmp_path / "IMG 1.JPG").write_bytes(phone_photo(1, size=(400, 300)))
    (tmp_path / "2.png").write_bytes(plain_photo(2, kind="PNG"))
    code, out, err = run(
        *(
            "乙",
            "--plan",
            "2021-03-1",
            "--partners",
            "甲园",
            "--direction",
            "走出去",
            "--staff",
            "派出2，接待0",
        ),
        *(
            "--photos",
            "IMG 1.JPG",
            "2.png",
            "--grades",
            "小班、大班",
            "--place",
            "甲园: 操场",
            "--attendance",
            "12人",
        ),
    )
    assert (code, err) == (0, "")
    assert out.endswith(
        "接下来：\n  1. 打开它，把“（请填写…）”换成内容：方案、措施、记录、总结\n"
        f"  2. 检查：pairing check --only {HERE}\n"
    )
    filled = {
        "title: （请填写标题）": "title: 看区角",
        "[（请填写参与园）]": "[jia]",
        "（请填写方式）": "visit",
        "（请填写派出人数）": "2",
        "（请填写接待人数）": "0",
        "lead: （请填写负责人）": "lead: 业务园长",
        "可以不填；要填，删去下一行开头的 # 和空格。": "",
        "# grades: [大班]": "grades: [大班, 小班]",
        "# place: 某某幼儿园": 'place: "甲园: 操场"',
        "# attendance: 12": "attendance: 12",
        "# plan: 2020-05-2": "plan: 2021-03-1",
        "photos: []": "photos:\n  - {file: 01.jpg, caption: （请填写图片说明）, taken: 2021-03-05}\n  - {file: 02.jpg, caption: （请填写图片说明）}",
    }
    text = FORM
    for prompt, value in filled.items():
        assert prompt in text
        text = text.replace(prompt, value)
    assert (root / HERE / "activity.md").read_text(encoding="utf-8") == text
    assert sorted(path.name for path in (root / HERE).iterdir()) == ["01.jpg", "02.jpg", "activity.md"]
    assert read_photo_facts((root / HERE / "01.jpg").read_bytes()).metadata == 0
    (record,) = read_corpus(root).activities
    assert record.complete


def test_what_is_wrong_is_said_at_once_with_what_can_be_typed(make_archive: MakeArchive, run: Run) -> None:
    root = make_archive({**base(), "records/yi/2021/plan.yml": PLAN})
    before = _contents(root)
    help_line = "\n看用法：pairing new --help\n"
    measures = "可以写：visit 观摩（一-1）、lesson 示范课（一-1）、care 慰问（一-2）、papers 文件（一-2）"
    for arguments, message in (
        (
            (
                "丙",
                "2.30",
                "唱歌",
                "--direction",
                "飞",
                "--staff",
                "三",
                "--grades",
                "托班",
                "--attendance",
                "多",
            ),
            (
                "没有“丙”这个校（园）；可以写：jia 甲园、yi 乙园\n"
                "日历上没有“2.30”这一天；写成 2020-05-14、2020年5月14日、5月14日或 5.14 的样子\n"
                f"没有“唱歌”这个帮扶内容；{measures}\n"
                "没有“飞”这个方式；可以写：host 请进来、visit 走出去、online 线上\n"
                "看不懂人数“三”；写成 派出/接待，如 2/0\n"
                "看不懂年级“托班”；从这些里选：大班、中班、小班\n"
                "看不懂人数“多”；只写数字，如 12"
            ),
        ),
        (
            ("乙", "2019-03-05", "一-1"),
            f"2019 年没有实施方案；有方案的年份：2021\n帮扶内容“一-1”有几个；可以写：{measures[4:].split('、care', maxsplit=1)[0]}",
        ),
        (
            ("乙", "明天", "visit", "--partners", "乙园"),
            "看不懂日期“明天”；写成 2020-05-14、2020年5月14日、5月14日或 5.14 的样子\n没有“乙园”这个参与园；可以写：jia 甲园",
        ),
        (
            ("乙", "--plan", "2021-03-2"),
            f"没有写日期；写活动那天，如 2020-05-14、5月14日、5.14\n没有写帮扶内容；{measures}",
        ),
        (
            ("乙", "3.5", "visit", "--plan", "9"),
            "乙园的计划表里没有“9”这一项；可以写：2021-03-1 观摩：看区角；2021-03-2 听课",
        ),
        (
            ("乙", "3.5", "visit", "--title", "一\u200b"),
            "“一\N{REPLACEMENT CHARACTER}”里有看不见的字符，请重新打一遍；换一句话",
        ),
        (("乙", "3.5", "visit", "--ask"), "--ask 要在终端里用；不在终端里的，把各栏写成选项"),
    ):
        assert run(*arguments) == (2, "", f"用法不对：{message}{help_line}")
    assert run("乙", "3.5", "visit", "--photos", "no.jpg") == (
        1,
        "",
        "有 1 张照片放不进去，什么都没有建：\n  no.jpg：没有这个文件\n    怎么改：看看路径和文件名有没有写错\n",
    )
    assert _contents(root) == before


def test_on_a_terminal_it_asks_until_it_understands(
    make_archive: MakeArchive, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_archive(base())
    monkeypatch.setattr(new_command, "_is_terminal", lambda: True)
    answers = iter(("", "乙园", "三月", "3/5", "visit", "看区角", "甲", "", "2 0", "", "", "园长"))
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr("click.termui.visible_prompt_func", answer)
    code, out, err = run("--lead", "", "--place", "操场")
    assert (code, err) == (0, "")
    assert asked[:6] == [
        "校（园）的代号或园名: ",
        "校（园）的代号或园名: ",
        "活动日期: ",
        "活动日期: ",
        "帮扶内容的代号、条款或名称: ",
        "标题（以后再写就按回车）: ",
    ]
    assert out.startswith(
        "没有写校（园）；写代号或园名，如 pairing new 园代号 2020-05-14 帮扶内容代号\n"
        "看不懂日期“三月”；写成 2020-05-14、2020年5月14日、5月14日或 5.14 的样子\n"
        f"建好了 {HERE}/activity.md\n"
    )
    assert "换成内容：方式、方案、措施、记录、总结\n" in out
    assert list(answers) == []
    text = (root / HERE / "activity.md").read_text(encoding="utf-8")
    for line in ("title: 看区角", "partners: [jia]", "staff: {sent: 2, received: 0}", "place: 操场"):
        assert f"\n{line}\n" in text


def test_an_interrupt_leaves_nothing(
    make_archive: MakeArchive, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_archive(base())
    before = _contents(root)
    whole = Changes.carry_out

    def stop(self: Changes) -> tuple[Path, ...]:
        def interrupt() -> Callable[[], None]:
            raise KeyboardInterrupt

        self._steps.append(interrupt)
        return whole(self)

    monkeypatch.setattr(Changes, "carry_out", stop)
    assert run("yi", "3.5", "visit")[0] == 130
    assert _contents(root) == before
    assert not (root / "records/yi/2021").exists()


def test_a_folder_that_appears_meanwhile_is_not_written_into(
    make_archive: MakeArchive, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_archive(base())
    whole = Changes.carry_out

    def race(self: Changes) -> tuple[Path, ...]:
        (root / HERE).mkdir(parents=True)
        return whole(self)

    monkeypatch.setattr(Changes, "carry_out", race)
    code, out, err = run("yi", "3.5", "visit")
    assert (code, out, err) == (2, "", "什么都没有改：别的程序刚刚放进了同名的文件；再运行一次\n")
    assert list((root / HERE).iterdir()) == []


@pytest.mark.parametrize(
    ("typed", "school"),
    [
        ("guangcai", "guangcai"),
        ("光彩幼儿园", "guangcai"),
        ("光彩", "guangcai"),
        ("蕾梦园", "leimeng"),
        ("黑泉镇", "heiquan"),
        ("黑泉镇幼儿园", "heiquan"),
        ("黑泉镇中心小学辖区内幼儿园", "heiquan"),
        ("第一幼儿园", "diyi"),
        ("骆驼城", "luotuocheng"),
    ],
)
def test_schools_by_any_of_their_names(typed: str, school: str, county: Corpus) -> None:
    assert words.find_school(county, typed) == school


@pytest.mark.parametrize("typed", ["幼儿园", "镇", "", "guang", "bureau"])
def test_schools_that_are_not_certain(typed: str, county: Corpus) -> None:
    assert isinstance(words.find_school(county, typed), Fault)


@pytest.mark.parametrize(
    "typed", ["area-observation", "区域活动观摩", "四-（二）-1", "四(二)1", "4-2-1", "四－（二）－１"]
)
def test_measures_by_id_clause_or_name(typed: str, county: Corpus) -> None:
    programme = county.find_programme(2020)
    assert programme is not None
    assert words.find_measure(programme, typed) == "area-observation"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2020-05-14", "2020-05-14"),
        ("2020年5月14日", "2020-05-14"),
        ("２０２０年５月１４号", "2020-05-14"),
        ("2020 年 5 月 14 日", "2020-05-14"),
        ("2020.5.14", "2020-05-14"),
        ("2020/5/14", "2020-05-14"),
        ("20200514", "2020-05-14"),
        ("5月14日", "2020-05-14"),
        ("5.14", "2020-05-14"),
        ("5-14", "2020-05-14"),
        ("昨天", "2021-01-09"),
    ],
)
def test_days_as_they_are_usually_written(typed: str, day: str, county: Corpus) -> None:
    assert words.read_day(county, typed, dt.date(2021, 1, 10)) == dt.date.fromisoformat(day)


def test_a_day_without_a_year_is_the_last_one_that_has_been(county: Corpus) -> None:
    both = dataclasses.replace(county, bureau={2020: county.bureau[2020], 2021: county.bureau[2020]})
    assert words.read_day(both, "12.28", dt.date(2021, 1, 10)) == dt.date(2020, 12, 28)
    assert words.read_day(both, "1.8", dt.date(2021, 1, 10)) == dt.date(2021, 1, 8)
    assert words.read_day(both, "2.29", dt.date(2021, 6, 1)) == dt.date(2020, 2, 29)
