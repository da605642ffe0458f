"""Reports that are largely the same: found after ordinary changes, not where two tell of one event themselves."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from generator.archive import read_corpus
from generator.records import ActivityRecord, parse_activity
from generator.reuse import text_pairs as reuse_text
from tests.conftest import ROOT

OWN = ROOT / "tests" / "rules" / "similar-text"
_SENTENCE = re.compile(r"(?<=[。；\n])")


@pytest.fixture(scope="module")
def year() -> tuple[ActivityRecord, ...]:
    return read_corpus(ROOT).activities


def _record(text: str, folder: str = "records/jia/2020/03/12-x") -> ActivityRecord:
    record, _ = parse_activity(f"{folder}/activity.md", f"---\ntitle: x\n---\n{text}".encode())
    assert record is not None
    return record


def _other_names(text: str) -> str:
    return re.sub(r"\d+", "9", text.replace("幼儿园", "中心园").replace("大班", "中班").replace("两", "三"))


def _edited(share: float) -> Callable[[str], str]:
    dice = random.Random(1)  # noqa: S311  # the same edits every time
    return lambda text: "".join(
        "某" if "\u4e00" <= c <= "\u9fff" and dice.random() < share else c for c in text
    )


def _shortened(text: str) -> str:
    kept = [sentence for n, sentence in enumerate(_SENTENCE.split(text)) if n % 5 or sentence.startswith("#")]
    return "".join(kept)


CHANGES: dict[str, Callable[[str], str]] = {
    "nothing": lambda text: text,
    "names and numbers": _other_names,
    "every fiftieth character": _edited(0.02),
    "every fifth sentence left out": _shortened,
    "parts in another order": lambda text: "## ".join(reversed(text.split("## "))),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_copy_is_found(name: str, year: tuple[ActivityRecord, ...]) -> None:
    """Of twenty reports of the sample year, made of few phrases and so alike already, eighteen are found."""
    found = 0
    for original in year[::16]:
        copy = _record(CHANGES[name](original.markdown.body))
        pairs = reuse_text.find_similar((*year, copy))
        found += any(pair.first is original and pair.second is copy for pair in pairs)
    assert found >= len(year[::16]) - 2


def test_the_sample_year_is_silent(year: tuple[ActivityRecord, ...]) -> None:
    assert reuse_text.find_similar(year) == ()


def test_a_copy_of_a_copy_of_a_copy_is_found_once_a_pair() -> None:
    (text,) = (OWN / "bad-a-few-words").glob("records/leimeng/2020/03/*/activity.md")
    body = text.read_text(encoding="utf-8").partition("\n---\n")[2]
    records = [_record(body, f"records/jia/2020/03/{n:02}-x") for n in range(10, 14)]
    pairs = [(pair.first.folder, pair.second.folder, pair.share) for pair in reuse_text.find_similar(records)]
    folders = [record.folder for record in records]
    assert pairs == [(a, b, 1.0) for n, a in enumerate(folders) for b in folders[n + 1 :]]


def test_short_reports_are_not_compared() -> None:
    text = (
        "## 记录\n\n上午观摩区域活动，下午两园教师座谈，谈了材料怎样投放，规则怎样建立，教师怎样观察记录。\n"
    )
    assert reuse_text.find_similar([_record(text), _record(text, "records/yi/2020/03/12-x")]) == ()


def test_headings_do_not_count() -> None:
    headings = "".join(f"### 第{n}个很长很长的小标题，人人都照着写，谁也不会改动它\n\n" for n in range(30))
    one = _record(headings + "一" * 200, "records/jia/2020/03/12-x")
    other = _record(headings + "二" * 200, "records/yi/2020/03/12-x")
    assert reuse_text.find_similar([one, other]) == ()


def test_time_grows_with_the_number_of_reports(
    year: tuple[ActivityRecord, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten times the reports are compared as wholes no more than ten times as often."""
    compared = 0
    share = reuse_text._share

    def counted(one: frozenset[str], other: frozenset[str]) -> float:
        nonlocal compared
        compared += 1
        return share(one, other)

    monkeypatch.setattr(reuse_text, "_share", counted)
    reuse_text.find_similar(year)
    once = compared
    compared = 0
    reuse_text.find_similar(year * 10)
    assert compared <= 4 * 10 * len(year)
    assert once <= len(year)


def test_common_passages_are_marked() -> None:
    one, other = "上午九点入班观察幼儿选区。下午座谈。", "下午九点入班观察幼儿选区，然后座谈。"
    assert [
        (one[a : a + n], other[b : b + n]) for a, b, n in reuse_text.find_shared_passages(one, other)
    ] == [("午九点入班观察幼儿选区", "午九点入班观察幼儿选区")]


# --- one section ------------------------------------------------------------------------------------


def _sections(**texts: str) -> str:
    return "".join(f"## {title}\n\n{text}\n\n" for title, text in texts.items())


def test_sections_of_the_sample_year_are_not_the_same(year: tuple[ActivityRecord, ...]) -> None:
    assert reuse_text.find_similar_sections(year) == ()


def test_one_copied_section_is_found_among_all(year: tuple[ActivityRecord, ...]) -> None:
    """Whole, or with one of its sentences exchanged; in another section, or in the same report, it is none."""
    found = 0
    for original in year[::48]:
        account = original.markdown.find_section("记录")
        assert account is not None
        for text in (account.text, account.text.replace("，", "。", 1) + "我们还看了种植角。"):
            copy = _record(_sections(方案="另一件事。", 记录=text))
            pairs = reuse_text.find_similar_sections((*year, copy))
            found += [(p.first.key, p.second.key, p.title) for p in pairs] == [
                (original.key, copy.key, "记录")
            ]
        moved = _record(_sections(方案=account.text, 记录="别的。", 总结=account.text))
        assert reuse_text.find_similar_sections((*year, moved)) == ()
    assert found >= 0.95 * 2 * len(year[::48])


def test_a_short_section_may_be_the_same_twice() -> None:
    short = _sections(总结="活动顺利，教师收获很多。")
    records = [_record(short, f"records/jia/2020/03/{day}-x") for day in (11, 12)]
    assert reuse_text.find_similar_sections(records) == ()
