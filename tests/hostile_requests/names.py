"""Requests whose file names look alike, turn their readers, break lines or mean something to a system."""

from __future__ import annotations

from tests.hostile_requests.case import GONE, NEW, OLD, SCHOOL, Case, Files, record, submitted
from tests.scratch_photos import photo

PHOTO = photo(1200, 900, seed=5)


def _named(name: str | bytes) -> Files:
    """Return a good record with a picture under that name beside it, and a text under it elsewhere."""
    raw = name.encode() if isinstance(name, str) else name
    return submitted({f"{NEW}/".encode() + raw + b".jpg": PHOTO, b"beside/" + raw + b".md": record()})


CASES = (
    Case(name="case-of-school", files={"records/JIA/2021/02/15-visit/activity.md": record()}),
    Case(name="case-of-folder", files={f"{SCHOOL}/2021/02/08-VISIT/activity.md": record("2021-02-08")}),
    Case(name="case-of-record", files=submitted({f"{NEW}/Activity.md": record(), f"{OLD}/ACTIVITY.MD": record()})),
    Case(name="case-of-photo", files={f"{OLD}/01.JPG": PHOTO}),
    Case(name="case-of-records", files={"Records/jia/2021/02/15-visit/activity.md": record()}),
    Case(name="case-outside", files=submitted({"readme.md": "x\n", "MAKEFILE": "x\n", ".GitHub/workflows/a.yml": "x\n"})),
    Case(name="form-composed", files=_named("caf\u00e9")),
    Case(name="form-decomposed", files=_named("cafe\u0301")),
    Case(name="form-both", files={**_named("\u00e9"), **_named("e\u0301")}),
    Case(name="full-width", files={f"{SCHOOL}/２０２１/０２/15-visit/activity.md": record()}),
    Case(name="look-alike-school", files={"records/jіa/2021/02/15-visit/activity.md": record()}),
    Case(name="right-to-left", files=_named("\u202egpj.01\u202c")),
    Case(name="isolates", files=_named("\u2066a\u2069")),
    Case(name="arabic-letter-mark", files=_named("\u061ca")),
    Case(name="zero-width", files=_named("0\u200b1\u2060\ufeff")),
    Case(name="soft-hyphen-and-fillers", files=_named("0\u00ad1\u3164\u115f\u180e")),
    Case(name="tag-characters", files=_named("a\U000e0041\U000e007f")),
    Case(name="variation-selectors", files=_named("a\ufe0f\U000e0100")),
    Case(name="line-separators", files=_named("a\u2028b\u2029c\u0085d")),
    Case(name="newline", files=_named("a\nb\n::error::x\n##[error]y")),
    Case(name="carriage-return", files=_named("a\r::set-output name=a::b\r\n::add-mask::1")),
    Case(name="tab-and-bell", files=_named("a\tb\x07\x1b[31m\x7f")),
    Case(name="quotes", files=_named("a\"b'c`d$(id)\\e;&|")),
    Case(name="percent", files=_named("a%0A::error::%25")),
    Case(name="markdown", files=_named("![a](http:b)`<img src=x onerror=alert(1)>`|")),
    Case(name="not-unicode", files=_named(b"a\xff\xfe\x80")),
    Case(name="surrogate", files=_named(b"a\xed\xa0\x80")),
    Case(name="options", files=_named("--upload-pack=touch")),
    Case(name="windows-devices", files=submitted({f"{NEW}/{n}": PHOTO for n in ("CON.jpg", "nul", "Lpt1.txt", "aux.md")})),
    Case(name="windows-device-as-school", files={"records/con/2021/02/15-visit/activity.md": record()}),
    Case(name="trailing-dots", files=submitted({f"{NEW}/01.jpg.": PHOTO, f"{NEW}/02.jpg ": PHOTO, f"{NEW}./activity.md": record()})),
    Case(name="windows-signs", files=submitted({f"{NEW}/{n}.jpg": PHOTO for n in ("a:b", "a<b>", "a?*", "a\\b", "a|b")})),
    Case(name="windows-short-name", files=submitted({f"{NEW}/ACTIVI~1.MD": record()})),
    Case(name="stream", files=submitted({f"{NEW}/activity.md::$DATA": record()})),
    Case(name="dots", files=submitted({f"{NEW}/...": PHOTO, f"{NEW}/.01.jpg": PHOTO})),
    Case(name="spaces", files=_named(" a  ")),
    Case(name="long-name", files=submitted({f"{NEW}/{'a' * 240}.jpg": PHOTO})),
    Case(name="dash-school", files={"records/-rf/2021/02/15-visit/activity.md": record()}),
    Case(name="year-0000", files={f"{SCHOOL}/0000/01/01-visit/activity.md": record("0000-01-01")}),
    Case(name="year-0001", files={f"{SCHOOL}/0001/01/01-visit/activity.md": record("0001-01-01", reported="0001-01-01")}),
    Case(name="year-9999", files={f"{SCHOOL}/9999/12/31-visit/activity.md": record("9999-12-31", reported="9999-12-31")}),
    Case(name="month-13", files={f"{SCHOOL}/2021/13/15-visit/activity.md": record()}),
    Case(name="day-31-of-february", files={f"{SCHOOL}/2021/02/31-visit/activity.md": record("2021-02-31")}),
    Case(name="file-becomes-folder", files={f"{OLD}/activity.md": GONE, f"{OLD}/activity.md/activity.md": record()}),
)  # fmt: skip
