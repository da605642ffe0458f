"""Files that git could not merge: what is kept of them, and that such a record does not count."""

from __future__ import annotations

import pickle
import subprocess
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.records import parse_activity
from generator.records.conflicts import keep_first_side
from generator.records.diagnostics import SourceFile
from tests.small_archive import activity

LINES = st.lists(
    st.sampled_from(["甲", "乙", "title: 观摩", "", "  - 项", "========", "<<<<<< 少一个"]), max_size=8
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ours=LINES, base=LINES, theirs=LINES, style=st.sampled_from(["--diff3", "--no-diff3"]))
def test_the_first_side_is_kept_as_git_would(
    tmp_path: Path, ours: list[str], base: list[str], theirs: list[str], style: str
) -> None:
    for name, lines in (("ours", ours), ("base", base), ("theirs", theirs)):
        (tmp_path / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")

    def merged(*options: str) -> str:
        command = ["git", "merge-file", "-p", *options, "ours", "base", "theirs"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout.decode("utf-8")

    both = merged() if style == "--no-diff3" else merged(style)
    kept, problems = keep_first_side(SourceFile(path="a", text=both))
    assert kept.text.count("\n") == both.count("\n")
    assert [line for line in kept.text.split("\n") if line] == [
        line for line in merged("--ours").split("\n") if line
    ]
    assert len(problems) == both.count(">>>>>>> theirs\n")


def test_a_record_with_a_conflict_does_not_count() -> None:
    text = activity("2021-02-10").replace(
        "上午观摩", "<<<<<<< HEAD\n上午观摩\n=======\n早上观摩\n>>>>>>> pr\n"
    )
    record, problems = parse_activity("records/yi/2021/02/10-visit/activity.md", text.encode())
    assert record is not None
    assert [p.rule for p in problems] == ["conflict-markers"]
    assert not record.complete
    assert record.knows("title", "reported")
    assert record.file.text == text
    again = pickle.loads(pickle.dumps(record))  # noqa: S301  # our own
    assert (again.data, again.unread, again.file.text) == (record.data, record.unread, text)
    section = record.markdown.find_section("记录")
    assert section is not None
    assert section.text.split() == ["上午观摩", "，下午研讨。"]
