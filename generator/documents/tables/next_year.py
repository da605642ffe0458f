"""A renewal: the county's next year begins from the programme of the last, which stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

TIMES = ("adopted", "deadlines", "cancelled", "excused")
"""Keys of a programme that hold for its own year alone."""


def find_last_year(years: Collection[int], year: int, *, other_county: bool, real: bool) -> int | None:
    """Return the year that `year` follows in an archive in use; None where this is no renewal."""
    earlier = [each for each in years if each < year]
    return max(earlier) if earlier and real and not other_county else None


def clear_times(text: str, change: Callable[[str, str, Callable[[str], str]], str]) -> str:
    """Return a programme's text without what was decided for its own year. `change` changes a top-level key's lines."""
    for key in TIMES:
        text = change(text, key, lambda part: "")
    return text


def describe_renewal(county: str, last: int, year: int, plan_text: str, *, has_plan: bool) -> Iterator[str]:
    """Yield what a renewal does."""
    yield f"下一年：{county}从 {last} 年接着办 {year} 年"
    yield f"对子照这张表；计划表、花名册和协议从空白开始；{last} 年的方案、记录、结账和网页一个字也不动"
    yield f"{last} 年改过的截止日、免报、起算日和中途的变动不带到 {year} 年"
    if not has_plan:
        yield (
            f"条款、项数和帮扶内容照 {last} 年的，方案原文还是 content/plan/{plan_text}；"
            f"新方案有 Word 文件的，加上 --plan 再运行一次"
        )
