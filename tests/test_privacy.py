"""Numbers and names that must not be published are found in every spelling, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.privacy import MASK, find_names, find_numbers, mask_private_words, names_person


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13812345678。", "电话███████████。"),
        ("电话138-1234-5678", "电话█████████████"),
        ("138 1234 5678", "█████████████"),
        ("１３８１２３４５６７８", "███████████"),
        ("+8613812345678", "██████████████"),
        ("0936-6621234", "████████████"),
        ("身份证62222319800101123X", "身份证██████████████████"),
        ("622223 19800101 1234", "████████████████████"),
    ],
)
def test_numbers_are_masked(text: str, masked: str) -> None:
    assert mask_private_words(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "2020-05-14至2020-05-20",
        "备案号2020-05-leimeng-1",
        "参加人数128人，投放材料35种",
        "第12345678901234号",
        "12812345678",  # no mobile prefix begins with 12
        "20200514001",
        "1,234,567,890",
    ],
)
def test_ordinary_numbers_stay(text: str) -> None:
    assert mask_private_words(text) == text


_PHONE, _IDENTITY = "13812345678", "622223198001011234"


@pytest.mark.parametrize(
    "text",
    [
        f"text: {_PHONE}{'ab' * 26}0",  # SHA-256
        f"  01.jpg: {_IDENTITY}{'c' * 46}",
        f"{_PHONE}{'d' * 29}.jpg",  # SHA-1
        f"({_PHONE}{'e' * 21})",  # MD5
        f"校验值当时是 {_PHONE}f，现在是 {_PHONE}a",
        f"备案登记簿记着它的校验值 {_PHONE}b",
    ],
)
def test_a_digest_is_no_number(text: str) -> None:
    assert mask_private_words(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"{_PHONE}{'d' * 28}", "███████████" + "d" * 28),  # no digest is so long
        (f"{_PHONE}{'D' * 29}", "███████████" + "D" * 29),  # no program writes one so
        (f"电话是 {_PHONE}", "电话是 ███████████"),
        (f"{'0' * 40} {_PHONE}", "0" * 40 + " ███████████"),
    ],
)
def test_what_is_nearly_a_digest_is_searched(text: str, masked: str) -> None:
    assert mask_private_words(text) == masked


def test_names_are_masked_wherever_they_stand() -> None:
    assert mask_private_words("王小明和李花花，王小明", ["王小明"]) == f"{MASK * 3}和李花花，{MASK * 3}"
    assert [(s.kind, s.start, s.end) for s in find_names("甲乙甲", ["甲"])] == [
        ("保密姓名", 0, 1),
        ("保密姓名", 2, 3),
    ]


@given(st.text(max_size=30), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text(max_size=30))
def test_a_mobile_number_is_found_in_any_surroundings(before: str, number: str, after: str) -> None:
    before = before.rstrip(
        "0123456789０１２３４５６７８９+＋ -—－.·\u3000\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0"
    )
    before = before if not before[-1:].isalnum() or not before[-1:].isascii() else before + "，"
    text = f"{before}{number}，{after}"
    assert any(number in text[s.start : s.end] for s in find_numbers(text))


@given(st.text(max_size=60))
def test_masking_keeps_the_length_and_is_stable(text: str) -> None:
    once = mask_private_words(text)
    assert len(once) == len(text)
    assert mask_private_words(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "王丽",
        "王小明",
        "王丽园长",
        "李老师",
        "园长王丽",
        "副园长（王丽）",
        "李副园长",
        "欧阳娜娜",
        "班主任和李老师",
        "张三、教研员",
        "王 丽",
        "园长　李　明",
        "基教股（赵 云）",
    ],
)
def test_a_person_in_the_place_of_a_post_is_told(text: str) -> None:
    assert names_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "业务园长",
        "教研组",
        "高级教师",
        "任课老师",
        "武术老师",
        "方案组",
        "后勤",
        "骨干",
        "志愿者",
        "各班级",
        "园长助理",
        "第一责任人",
        "程序员",
        "罗城园长",
        "县教育局局长",
    ],
)
def test_a_post_is_no_person(text: str) -> None:
    assert not names_person(text, ["严方"], ["罗城", "第一"])
    assert names_person(f"{text}严方", ["严方"])
