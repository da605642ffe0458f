"""close, file and amend: what they refuse, all reasons at once, and what they keep for ever."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from generator.accounts.filing_numbers import assign_numbers, find_filing_number
from generator.accounts.ledger import make_cell
from generator.actions.start_archive import start_archive
from generator.archive import read_corpus
from generator.rules import BY_SLUG
from tests.closed_archive import BUREAU, collect, files, lay_out, picture, run
from tests.closing_cases import reseal
from tests.conftest import MakeArchive
from tests.small_archive import activity, base

DAY = dt.date.fromisoformat
TODAY = DAY("2021-04-20")
WORDS = ("--reason", "写错了", "--decided-by", "学前股股长", "--as-of", "2021-04-12")
LATE = "yi/2021/03/16-visit"


def chain(root: Path) -> list[str]:
    corpus = read_corpus(root)
    slugs = ("closing-chain", "closing-changed", "filing-register")
    return [d.message for slug in slugs for d in BY_SLUG[slug].check(corpus, TODAY)]


def test_all_reasons_are_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    root = lay_out(tmp_path, files())
    record = root / "records/jia/2021/03/04-visit/activity.md"
    text = record.read_text(encoding="utf-8").replace("direction: host", "direction: 来访")
    record.write_text(text, encoding="utf-8")
    # May lie in the folder of another month, or of a misspelt one: it would be missing from the account.
    (root / "records/yi/2021/3").mkdir()
    before = collect(root)
    assert run(root, "close", "2021-03", "--as-of", "2021-03-29") == (
        1,
        (
            "2021-03 现在不能结账：\n"
            "  · 2021-03 还没有过截止日 2021-03-30：2021-03-31 起才能结账\n"
            "  · 前面的月份还没有结账：2021-02；先结 2021-02：pairing close 2021-02\n"
            "  · records/jia/2021/03/04-visit/activity.md:6 “direction”不能写“来访”\n"
            "    怎么改：从这些词里选一个：host、visit、online\n"
            "  · records/yi/2021/3:1 这里不该有“3”\n"
            "    怎么改：月份文件夹写两位数字：03\n"
        ),
    )
    assert run(root, "close", "2021-02", "--as-of", "2999-01-01")[1].startswith(
        "2021-02 现在不能结账：\n  · 日期 2999-01-01 还没有到"
    )
    assert run(root, "close", "2021-05") == (
        2,
        "用法不对：2021-05 不是帮扶月；帮扶月是：2021-02、2021-03\n看用法：pairing close --help\n",
    )
    assert collect(root) == before


def test_an_interrupted_closing_is_finished_by_the_next_run(closed_root: Path) -> None:
    register = closed_root / BUREAU / "filings.yml"
    text = register.read_text(encoding="utf-8")
    register.write_text(text[: text.rindex("  - filed: ")], encoding="utf-8", newline="\n")
    assert chain(closed_root) == ["结账 2021-03 没有登记在 filings.yml：是手写的，或写到一半中断了"] + [
        f"结账里 {number} 是 {key}，登记簿里是 没有登记"
        for number, key in (
            ("2021-03-jia-01", "jia/2021/03/04-visit"),
            ("2021-03-yi-01", "yi/2021/03/11-visit"),
            ("2021-03-yi-02", LATE),
        )
    ]
    assert run(closed_root, "close", "2021-03", "--as-of", "2021-04-02") == (
        0,
        "2021-03 的结账上次没有写完：已补登备案登记簿。\n",
    )
    assert register.read_text(encoding="utf-8") == text
    assert chain(closed_root) == []


def test_an_interrupted_amendment_is_removed_and_made_again(closed_root: Path) -> None:
    register = closed_root / BUREAU / "filings.yml"
    text = register.read_bytes()
    shutil.rmtree(closed_root / "records" / LATE)
    assert run(closed_root, "amend", LATE, *WORDS)[0] == 0
    whole = collect(closed_root)
    register.write_bytes(text)
    (found,) = BY_SLUG["closing-chain"].check(read_corpus(closed_root), TODAY)
    assert (found.message, found.fix) == (
        "更正 2021-03-amendment-1 没有登记在 filings.yml：是手写的，或写到一半中断了",
        "删去这个文件，再运行一次 pairing amend",
    )
    (closed_root / found.span.file.path).unlink()
    assert run(closed_root, "amend", LATE, *WORDS)[0] == 0
    assert collect(closed_root) == whole


def test_a_lost_register_is_not_written_anew(closed_root: Path) -> None:
    (closed_root / BUREAU / "filings.yml").unlink()
    before = collect(closed_root)
    for month in ("2021-02", "2021-03"):
        assert "没有改动" in run(closed_root, "close", month)[1]
    assert collect(closed_root) == before
    first = next(iter(BY_SLUG["closing-chain"].check(read_corpus(closed_root), TODAY)))
    assert first.fix == "从修改记录里恢复原来的 filings.yml；手写的删去，改用命令"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "counted: 1",
            "counted: 2",
            "甲园计入写的是 2 项，列出的是 1 份；甲园结论写的是“不足”，按数应是“完成”",
        ),
        ("status: short", "status: met", "甲园结论写的是“完成”，按数应是“不足”"),
        (
            "quota: 2",
            "quota: 1",
            "甲园结论写的是“不足”，按数应是“完成”；甲园应完成写的是 1 项，方案规定 2 项",
        ),
        ("status: short", "status: short\n    deemed: 二-2", "甲园计入 1 项，却写着视为未开展"),
    ],
)
def test_figures_that_do_not_fit_are_told_though_every_digest_does(
    closed_root: Path, old: str, new: str, said: str
) -> None:
    closing = closed_root / BUREAU / "closings/2021-03.yml"
    text = closing.read_text(encoding="utf-8")
    assert old in text
    closing.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
    reseal("closings/2021-03.yml", BUREAU)(closed_root)
    assert chain(closed_root) == [f"结账 2021-03 里的数字不相符：{said}"]


def test_a_late_record_among_those_in_time_is_told(closed_root: Path) -> None:
    closing = closed_root / BUREAU / "closings/2021-03.yml"
    text = closing.read_text(encoding="utf-8")
    head, late = text.split("    late:\n")
    head = head.replace("    counted: 1\n", "    counted: 2\n")
    head = head.replace("counted: 2", "counted: 1", 1)  # the other school's
    closing.write_text(head + late, encoding="utf-8", newline="\n")
    reseal("closings/2021-03.yml", BUREAU)(closed_root)
    assert chain(closed_root) == [
        "结账 2021-03 里的数字不相符：2021-03-yi-02 上报日期是 2021-03-31，却列在计入里"
    ]


def test_an_amendment_s_figures_are_counted_again(closed_root: Path) -> None:
    shutil.rmtree(closed_root / "records/yi/2021/03/11-visit")
    assert run(closed_root, "amend", "2021-03", *WORDS)[0] == 0
    path = closed_root / BUREAU / "amendments/2021-03-amendment-1.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("schools:\n")], encoding="utf-8", newline="\n")
    reseal("amendments/2021-03-amendment-1.yml", BUREAU)(closed_root)
    assert chain(closed_root) == [
        "更正 2021-03-amendment-1 以后，2021-03 的数字不相符：乙园计入写的是 1 项，更正以后应是 0 项"
    ]


def test_a_number_is_never_given_again(closed_root: Path) -> None:
    shutil.rmtree(closed_root / "records" / LATE)
    assert run(closed_root, "amend", LATE, *WORDS)[0] == 0
    assert chain(closed_root) == []
    assert find_filing_number(read_corpus(closed_root), LATE) is None
    again = activity("2021-03-16", title="重新上报", partner="jia", reported="2021-04-13")
    lay_out(closed_root, {f"records/{LATE}/activity.md": again})
    assert run(closed_root, "file", "--as-of", "2021-04-14")[0] == 0
    assert find_filing_number(read_corpus(closed_root), LATE) == "2021-03-yi-03"
    assert chain(closed_root) == []
    assert run(closed_root, "file", "--as-of", "2021-04-15") == (0, "收下的记录都有备案号，没有改动。\n")


def test_numbers_follow_the_order_of_reporting(closed_root: Path) -> None:
    corpus = read_corpus(closed_root)
    records = [a for a in corpus.activities if a.school == "yi"]
    assert assign_numbers(reversed(records), ["2021-03-yi-07", "2021-03-yi-99", "kein"]) == {
        "yi/2021/02/09-visit": "2021-02-yi-01",
        "yi/2021/03/11-visit": "2021-03-yi-100",
        LATE: "2021-03-yi-101",
    }


def test_what_was_reported_first_has_the_lower_number(make_archive: MakeArchive) -> None:
    """Whatever the days of the activities; those of one day go by these, and then by their folders."""
    found = {
        "records/yi/2021/03/02-visit": ("2021-03-02", "2021-03-20"),
        "records/yi/2021/03/09-visit": ("2021-03-09", "2021-03-12"),
        "records/yi/2021/03/11-visit": ("2021-03-11", "2021-03-12"),
        "records/yi/2021/03/11-care": ("2021-03-11", "2021-03-12"),
        "records/yi/2021/03/25-visit": ("2021-03-25", "2021-03-25"),
    }
    texts = {
        f"{path}/activity.md": activity(date, partner="jia", reported=reported)
        for path, (date, reported) in found.items()
    }
    numbers = assign_numbers(read_corpus(make_archive(base() | texts)).activities, [])
    assert [key[11:] for key in sorted(numbers, key=lambda key: numbers[key])] == [
        "09-visit",
        "11-care",
        "11-visit",
        "02-visit",
        "25-visit",
    ]


def test_a_renamed_record_keeps_its_number_and_counts(closed_root: Path) -> None:
    old, new = "jia/2021/03/04-visit", "jia/2021/03/05-visit"
    (closed_root / "records" / old).rename(closed_root / "records" / new)
    record = closed_root / "records" / new / "activity.md"
    record.write_text(
        record.read_text(encoding="utf-8").replace("date: 2021-03-04", "date: 2021-03-05"), encoding="utf-8"
    )
    before = make_cell(read_corpus(closed_root), 2021, "jia", "2021-03", TODAY)
    assert (before.on_time, before.late) == (1, 1)  # the figure is frozen, the renamed record is unknown
    assert run(closed_root, "amend", "2021-03", "--moved", old, new, *WORDS)[0] == 0
    corpus = read_corpus(closed_root)
    after = make_cell(corpus, 2021, "jia", "2021-03", TODAY)
    assert (after.on_time, after.late, after.status) == (1, 0, before.status)
    assert find_filing_number(corpus, new) == "2021-03-jia-01"
    assert chain(closed_root) == []


def test_a_removed_record_is_counted_no_longer(closed_root: Path) -> None:
    shutil.rmtree(closed_root / "records/yi/2021/03/11-visit")
    code, said = run(closed_root, "amend", "2021-03", *WORDS)
    assert code == 0
    assert "  重新计算：乙园 原来计入 1 项（完成），现在计入 0 项（逾期）；依据二-2，视为当月未开展\n" in said
    march = make_cell(read_corpus(closed_root), 2021, "yi", "2021-03", TODAY)
    assert (march.status, march.on_time, march.late, march.deemed) == ("late", 0, 1, "二-2")
    assert chain(closed_root) == []


def test_a_programme_may_change_when_that_is_said(closed_root: Path) -> None:
    path = closed_root / BUREAU / "programme.yml"
    text = path.read_text(encoding="utf-8").replace("quotas: {helper: 2", "quotas: {helper: 5")
    path.write_text(text, encoding="utf-8", newline="\n")
    (message,) = chain(closed_root)
    assert message.startswith("方案里的月份、截止日、数量要求或帮扶对子，在结账 2021-03 以后改动过")
    code, said = run(closed_root, "amend", "2021-03", *WORDS)
    assert code == 0
    assert "已结账的月份照旧" in said
    assert chain(closed_root) == []
    february = make_cell(read_corpus(closed_root), 2021, "jia", "2021-02", TODAY)
    assert (february.quota, february.status) == (2, "met")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("2021-02", "--count", LATE, *WORDS), f"现在不能更正：\n  · {LATE} 不是 2021-02 的记录\n"),
        (
            ("2021-03", "--count", "yi/2021/03/11-visit", *WORDS),
            "现在不能更正：\n  · yi/2021/03/11-visit 已经计入了\n",
        ),
        (
            ("2021-03", "--moved", "yi/2021/03/11-visit", LATE, *WORDS),
            "现在不能更正：\n  · yi/2021/03/11-visit 还在原处，不能说它改了名\n",
        ),
        (
            ("yi/2021/03/11-visits", *WORDS),
            "现在不能更正：\n  · 没有“yi/2021/03/11-visits”这份记录，结账里也没有；是不是 yi/2021/03/11-visit？\n",
        ),
        (
            ("nowhere/2021/03/30-somethingelse", *WORDS),
            "现在不能更正：\n  · 没有“nowhere/2021/03/30-somethingelse”这份记录，结账里也没有；照抄活动文件夹的路径，前面不带 records/\n",
        ),
        (
            ("2021-03", *WORDS[:3], "股长王丽"),
            "用法不对：--decided-by“股长王丽”像是姓名；只写职务，如 学前股股长\n看用法：pairing amend --help\n",
        ),
        (("2021-03", *WORDS), "2021-03 与结账时一样，没有要更正的，没有改动。\n"),
        (
            ("2021-03", "--reason", "请问 13912345678", "--decided-by", "股长"),
            "用法不对：--reason里有电话或证件号码，不能写\n看用法：pairing amend --help\n",
        ),
        (
            ("2021-03", *WORDS[:4], "--as-of", "2021-03-01"),
            "现在不能更正：\n  · 日期 2021-03-01 早于上一份 closings/2021-03.yml（2021-04-01）\n",
        ),
        (
            ("yi/2021", *WORDS),
            "用法不对：“yi/2021”不是活动的文件夹，写成 园代号/2020/05/14-area-observation 的样子\n看用法：pairing amend --help\n",
        ),
        (
            ("2021-03-yi-01", *WORDS),
            "用法不对：“2021-03-yi-01”不是月份，也不是活动的文件夹；写成 2020-05，或 园代号/2020/05/14-area-observation 的样子\n看用法：pairing amend --help\n",
        ),
    ],
)
def test_what_cannot_be_amended(closed_root: Path, arguments: tuple[str, ...], said: str) -> None:
    before = collect(closed_root)
    assert run(closed_root, "amend", *arguments)[1] == said
    assert collect(closed_root) == before


def test_a_record_that_came_after_the_closing_is_no_matter_of_an_amendment(closed_root: Path) -> None:
    key = "yi/2021/03/20-visit"
    lay_out(
        closed_root,
        {f"records/{key}/activity.md": activity("2021-03-20", partner="jia", reported="2021-04-08")},
    )
    said = f"现在不能更正：\n  · {key} 没有备案号，结账时没有计入：直接改记录就行；要补计，写 --count {key}\n"
    assert run(closed_root, "amend", key, *WORDS) == (1, said)


def test_an_edited_closing_is_restored_not_amended(closed_root: Path) -> None:
    path = closed_root / BUREAU / "closings/2021-02.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("counted: 2", "counted: 1"), encoding="utf-8")
    (closed_root / "records/jia/2021/02/18-care/01.jpg").write_bytes(picture(99))
    code, said = run(closed_root, "amend", "2021-02", *WORDS)
    assert code == 1
    assert said.startswith(
        "现在不能更正：\n  · records/bureau/2021/closings/2021-02.yml:1 结账 2021-02 写成以后改动过"
    )
    assert "甲园计入写的是 1 项，列出的是 2 份" in said


def test_start_takes_the_sample_s_books_away(untouched_closed_root: Path, tmp_path: Path) -> None:
    root = tmp_path / "sample"
    for path, data in collect(untouched_closed_root).items():
        marked = data
        if "/2021/" in path and path.endswith(("activity.md", ".yml")) and "programme" not in path:
            if path.startswith(BUREAU):
                marked = data.replace(b"schools:\n", b"sample: true\nschools:\n").replace(
                    b"batches:\n", b"sample: true\nbatches:\n"
                )
                marked = marked if b"sample: true" in marked else b"sample: true\n" + marked
            else:
                marked = data.replace(b"lead:", b"sample: true\nlead:")
        lay_out(root, {path: marked})
    start_archive(root)
    assert [path for path in collect(root) if path.startswith(BUREAU)] == [f"{BUREAU}/programme.yml"]
