"""Over random edits of a closed archive: no unauthorised change goes unnoticed, no legitimate one is flagged."""

from __future__ import annotations

import datetime as dt
import functools
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generator.archive import read_corpus
from generator.records.decoding import decode_record
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules import BY_SLUG, Scope, check_corpus
from tests.closed_archive import BUREAU, CLOSED, closed, lay_out, picture, run
from tests.small_archive import activity
from tests.takedowns import take_downs, taken_down, without_captions

TODAY = dt.date(2021, 4, 20)
CHAIN = ("closing-chain", "closing-changed", "filing-register")
RECORDS = [f"records/{key}/activity.md" for key in CLOSED]
PHOTOS = [f"records/{key}/{name}" for key in CLOSED for name in ("01.jpg", "02.jpg")]
BOOKS = [
    f"{BUREAU}/closings/2021-02.yml",
    f"{BUREAU}/closings/2021-03.yml",
    f"{BUREAU}/amendments/2021-02-amendment-1.yml",
    f"{BUREAU}/filings.yml",
]
PROTECTED = [*RECORDS, *PHOTOS, *BOOKS]

# An example reads and checks a whole archive: few of them, but each different.
_few = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)

Files = dict[str, bytes]
Edit = Callable[[Files], None]


@functools.cache
def whole() -> Mapping[str, bytes]:
    with tempfile.TemporaryDirectory() as scratch:
        return closed(Path(scratch))


def chain(root: Path) -> list[Diagnostic]:
    """Return what the rules of the chain say of an archive."""
    corpus = read_corpus(root)
    return [d for slug in CHAIN for d in BY_SLUG[slug].check(corpus, TODAY)]


def found(files: Mapping[str, bytes]) -> list[Diagnostic]:
    with tempfile.TemporaryDirectory() as scratch:
        return chain(lay_out(Path(scratch), files))


def meaning(path: str, data: bytes) -> object:
    """Return what of a file must not change: a photo's bytes, a text's words."""
    return data if path.endswith(".jpg") else decode_record(path, data).file.text


def test_the_archive_is_whole_to_begin_with(tmp_path: Path) -> None:
    told = check_corpus(read_corpus(lay_out(tmp_path, whole())), TODAY, scopes=[Scope.FILE])
    assert [d for d in told if d.severity is Severity.ERROR] == []


# --- unauthorised changes -------------------------------------------------------------------------

_places = st.integers(min_value=0, max_value=10_000)
_paths = st.sampled_from(PROTECTED)


@st.composite
def byte_edits(draw: st.DrawFn) -> Edit:
    path, place = draw(_paths), draw(_places)
    kind = draw(st.sampled_from(["change", "insert", "delete", "cut", "append"]))
    byte = draw(st.integers(min_value=0, max_value=255) | st.sampled_from(list(b"\n\r 0129abf:-#")))

    def edit(files: Files) -> None:
        data = files[path]
        at = place % len(data)
        files[path] = {
            "change": data[:at] + bytes([byte]) + data[at + 1 :],
            "insert": data[:at] + bytes([byte]) + data[at:],
            "delete": data[:at] + data[at + 1 :],
            "cut": data[:at],
            "append": data + bytes([byte]),
        }[kind]

    return edit


@st.composite
def file_edits(draw: st.DrawFn) -> Edit:
    path, other = draw(_paths), draw(_paths)
    kind = draw(st.sampled_from(["remove", "swap", "copy", "rename"]))

    def edit(files: Files) -> None:
        if kind == "remove":
            del files[path]
        elif kind == "swap":
            files[path], files[other] = files[other], files[path]
        elif kind == "copy":
            files[path] = files[other]
        else:
            folder, _, name = path.rpartition("/")
            new = f"{folder}-2/{name}" if path in (*RECORDS, *PHOTOS) else f"{folder}/2021-09.yml"
            files[new] = files.pop(path)

    return edit


@st.composite
def word_edits(draw: st.DrawFn) -> Edit:
    """Return an edit that somebody would make on purpose."""
    path = draw(st.sampled_from([*RECORDS, *BOOKS]))
    pairs = [
        (b"2021-02-26", b"2021-02-25"),
        (b"reported: 2021-03-31", b"reported: 2021-03-30"),
        (b"received: 2", b"received: 9"),
        (b"status: met", b"status: short"),
        (b"status: late", b"status: met"),
        (b"counted: 2", b"counted: 3"),
        (b"closed: 2021-03-02", b"closed: 2021-03-01"),
        (b"    late:", b"    records:"),
        (b"-01\n", b"-02\n"),
        (b"quota: 2", b"quota: 1"),
        (b"serial: ", b"serial: 1"),
    ]
    old, new = draw(st.sampled_from(pairs))

    def edit(files: Files) -> None:
        files[path] = files[path].replace(old, new, 1)

    return edit


@given(st.lists(byte_edits() | file_edits() | word_edits(), min_size=1, max_size=2))
@_few
def test_no_unauthorised_change_goes_unnoticed(edits: list[Edit]) -> None:
    files = dict(whole())
    for edit in edits:
        try:
            edit(files)
        except (KeyError, ZeroDivisionError):  # the first edit took the file
            assume(False)
    changed = {
        path
        for path, data in whole().items()
        if path not in files or meaning(path, files[path]) != meaning(path, data)
    }
    assume(changed)
    for path in changed & set(RECORDS):  # a caption may be changed: see below
        now = decode_record(path, files[path]).file.text if path in files else ""
        assume(without_captions(now) != without_captions(whole()[path].decode()))
    told = {d.span.file.path for d in found(files)}
    assert told
    if changed.isdisjoint(BOOKS):  # a book that is gone watches over nothing, but its absence is noticed
        assert {_place(path) for path in changed} <= {_place(path) for path in told}


def _place(path: str) -> str:
    return path.rpartition("/")[0]


# --- legitimate changes ---------------------------------------------------------------------------


@st.composite
def late_records(draw: st.DrawFn) -> Edit:
    school, month = draw(st.sampled_from(["jia", "yi"])), draw(st.sampled_from(["02", "03"]))
    day = draw(st.integers(min_value=1, max_value=28))
    reported = draw(st.sampled_from(["2021-04-02", "2021-04-15", f"2021-{month}-28"]))
    path = f"records/{school}/2021/{month}/{day:02}-late"
    text = activity(
        f"2021-{month}-{day:02}",
        title=f"补报{day}",
        partner="yi" if school == "jia" else "jia",
        reported=reported,
        photos="photos:\n  - {file: 01.jpg, caption: 补报, people: none}\n",
    )

    def edit(files: Files) -> None:
        files[f"{path}/activity.md"] = text.encode()
        files[f"{path}/01.jpg"] = picture(100 + day)

    return edit


@st.composite
def line_ends(draw: st.DrawFn) -> Edit:
    """Return what a clone on Windows or an editor there does to texts."""
    paths = draw(st.lists(st.sampled_from([*RECORDS, *BOOKS]), min_size=1, max_size=4, unique=True))
    mark = draw(st.booleans())

    def edit(files: Files) -> None:
        for path in paths:
            data = files[path].replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf")
            files[path] = (b"\xef\xbb\xbf" if mark else b"") + data.replace(b"\n", b"\r\n")

    return edit


@st.composite
def other_papers(draw: st.DrawFn) -> Edit:
    note = f"---\nmonth: 2021-02\nnumber: {draw(st.integers(1, 9))}\n---\n\n本月上报及时。\n"
    event = "---\ntitle: 观摩\ndate: 2021-03-10\nhost: jia\nschools: [yi]\n---\n\n看了。\n"
    plan = "rows:\n  - {id: 2021-03-1, month: 2021-03, task: 观摩}\n"

    def edit(files: Files) -> None:
        files[f"{BUREAU}/bulletins/2021-02.md"] = note.encode()
        files[f"{BUREAU}/events/2021-03.md"] = event.encode()
        files["records/jia/2021/plan.yml"] = plan.encode()
        # What does not count may change in the programme, too.
        path = f"{BUREAU}/programme.yml"
        files[path] = files[path].replace(b"[\xe6\x9f\x90\xe7\x94\xb2, ", b"[\xe6\x9f\x90\xe4\xb8\x99, ")

    return edit


@given(st.lists(late_records() | line_ends() | other_papers(), min_size=1, max_size=3))
@settings(_few, max_examples=40)
def test_no_legitimate_change_is_flagged(edits: list[Edit]) -> None:
    files = dict(whole())
    for edit in edits:
        edit(files)
    assert [d.message for d in found(files)] == []


@given(
    st.lists(st.sampled_from(PHOTOS), min_size=1, max_size=3, unique=True),
    st.sampled_from(["监护人要求", "家长“不同意”", "x{y}, z: #1", "- 'a\" [b]"]),
    st.booleans(),
)
@settings(_few, max_examples=12)
def test_photos_may_be_withdrawn(paths: list[str], reason: str, crlf: bool) -> None:
    """Also from a record with the line ends of Windows; and what else is changed then is still noticed."""
    with tempfile.TemporaryDirectory() as scratch:
        root = lay_out(Path(scratch), whole())
        record = root / paths[0].rpartition("/")[0] / "activity.md"
        if crlf:
            record.write_bytes(record.read_bytes().replace(b"\n", b"\r\n"))
        for path in paths:
            code, said = run(
                root, "photos", "withdraw", str(root / path), "--reason", reason, "--as-of", "2021-04-10"
            )
            assert code == 0, said
        assert chain(root) == []
        record.write_bytes(record.read_bytes().replace("观摩".encode(), "参观".encode(), 1))
        spoiled = [d.span.file.path for d in chain(root)]
        assert spoiled == [record.relative_to(root).as_posix()]


_taken = st.dictionaries(st.sampled_from(RECORDS), take_downs().filter(bool), min_size=1, max_size=3)


def _with(edits: Mapping[str, list[tuple[str, str]]]) -> Files:
    files = dict(whole())
    for path, replacements in edits.items():
        files[path] = taken_down(files[path].decode(), replacements).encode()
    return files


@given(_taken)
@settings(_few, max_examples=25)
def test_what_is_taken_down_by_hand_is_no_change(edits: dict[str, list[tuple[str, str]]]) -> None:
    """Not to the chain, and to no other rule: whoever asks is heard at once."""
    with tempfile.TemporaryDirectory() as scratch:
        root = lay_out(Path(scratch), _with(edits))
        told = check_corpus(read_corpus(root), TODAY, scopes=[Scope.FILE])
        assert [d.message for d in told if d.severity is Severity.ERROR] == []
        assert chain(root) == []


@given(_taken, byte_edits() | file_edits() | word_edits())
@settings(_few, max_examples=60)
def test_nothing_else_changes_along_with_a_take_down(
    taken: dict[str, list[tuple[str, str]]], edit: Edit
) -> None:
    before, files = _with(taken), _with(taken)
    edit(files)
    changed = {p for p, d in before.items() if p not in files or meaning(p, files[p]) != meaning(p, d)}
    assume(changed)
    for path in changed & set(RECORDS):
        now = decode_record(path, files[path]).file.text if path in files else ""
        # What is public again is as it was closed.
        assume(_counts(now) != _counts(before[path].decode()))
    assert found(files)


def _counts(text: str) -> str:
    """Return a record's text without all that taking down may change in it, wherever that stands."""
    return re.sub(
        r"public: false\n|\s+public: false$|, public: false|public: false, ", "", without_captions(text)
    )


@given(st.lists(byte_edits().filter(bool), min_size=1, max_size=1), st.sampled_from(["2021-02", "2021-03"]))
@settings(_few, max_examples=12)
def test_what_was_amended_is_authorised(edits: list[Edit], month: str) -> None:
    """A record or photo that was changed and can be read is in order again once the change is amended."""
    files = dict(whole())
    for edit in edits:
        edit(files)
    spoiled = [path for path in PROTECTED if files[path] != whole()[path]]
    assume(spoiled and spoiled[0] in (*RECORDS, *PHOTOS) and spoiled[0].split("/")[3] == month[5:])
    with tempfile.TemporaryDirectory() as scratch:
        root = lay_out(Path(scratch), files)
        words = ("--reason", "更正", "--decided-by", "学前股股长", "--as-of", "2021-04-12")
        code, said = run(root, "amend", month, *words)
        # A record that cannot be read, or a broken photo, must be mended before it can be accepted.
        assert code == 0 or "怎么改" in said, said
        assert (chain(root) == []) == (code == 0)
