"""Take-downs as somebody types them into a record of the closed archive, and the same text without its captions."""

from __future__ import annotations

import re

from hypothesis import strategies as st

# As `tests.closed_archive.PHOTOS` lays them out: one photo on a line, one as lines of its own.
CAPTIONS = re.compile(r"(caption:)(.*?)(, people|\n    people)", re.DOTALL)
WORDS = st.text(alphabet="观摩现场材料架建构区0123", min_size=1, max_size=12)
TRICKY = st.sampled_from(
    ['"教师“甲”：看一看"', "'搭积木, 认颜色'", '"a: {b} #c"', "  两格以后  ", '"换两次\\x20写"']
)

PUBLIC = "reported: "
ON_A_LINE = "caption: 材料架"
ON_LINES = "    caption: 建构区\n"


def without_captions(text: str) -> str:
    """Return a text less all that stands where a caption does."""
    return CAPTIONS.sub(r"\1\3", text)


@st.composite
def take_downs(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Return replacements, each of a text that stands once in every record: the front matter of another state."""
    found: list[tuple[str, str]] = []
    if draw(st.booleans()):
        found.append((PUBLIC, f"public: false\n{PUBLIC}"))
    flow = f"caption: {draw(WORDS | TRICKY)}" if draw(st.booleans()) else ON_A_LINE
    hidden = draw(st.sampled_from(["", "before", "after"]))
    people = ", people: none}"
    flow = f"public: false, {flow}" if hidden == "before" else flow
    found.append(
        (
            f"{ON_A_LINE}{people}",
            f"{flow}{people[:-1]}, public: false}}" if hidden == "after" else f"{flow}{people}",
        )
    )
    words = draw(WORDS | TRICKY | st.sampled_from(["大班 # 区角", ">-\n      大班"]))
    block = f"    caption: {words}\n" if draw(st.booleans()) else ON_LINES
    if draw(st.booleans()):
        block = draw(st.sampled_from([f"    public: false\n{block}", f"{block}    public: false\n"]))
    found.append((ON_LINES, block))
    return [(old, new) for old, new in found if old != new]


def taken_down(text: str, edits: list[tuple[str, str]]) -> str:
    """Return a record's text with the replacements made."""
    for old, new in edits:
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times")
        text = text.replace(old, new)
    return text
