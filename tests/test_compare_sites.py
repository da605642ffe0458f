"""The comparison of two built sites: every file that is gone, new or other, and nothing else."""

from __future__ import annotations

from pathlib import Path

from tests.compare_sites import FileDifference, compare_sites


def _site(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def test_each_difference_is_named_once_with_its_lines(tmp_path: Path) -> None:
    before = _site(
        tmp_path / "a",
        {
            "index.html": "<p>\n一月\n</p>".encode(),
            "same/x.webp": b"\0\1",
            "gone.txt": b"1",
            "p/1.webp": b"\0\1",
        },
    )
    after = _site(
        tmp_path / "b",
        {
            "index.html": "<p>\n二月\n</p>".encode(),
            "same/x.webp": b"\0\1",
            "new.txt": b"2",
            "p/1.webp": b"\0\2\3",
        },
    )
    assert list(compare_sites(before, after)) == [
        FileDifference(path="gone.txt", kind="removed"),
        FileDifference(path="index.html", kind="changed", lines=("-一月", "+二月")),
        FileDifference(path="new.txt", kind="added"),
        FileDifference(path="p/1.webp", kind="changed", lines=("2 bytes -> 3 bytes",)),
    ]


def test_a_text_of_the_same_size_and_time_is_read_all_the_same(tmp_path: Path) -> None:
    before, after = _site(tmp_path / "a", {"x.html": b"ab"}), _site(tmp_path / "b", {"x.html": b"ba"})
    assert [each.path for each in compare_sites(before, after)] == ["x.html"]


def test_a_renamed_file_and_what_names_it_do_not_count_as_changed(tmp_path: Path) -> None:
    before = _site(
        tmp_path / "a",
        {
            "photos/1a-320.webp": b"\0\1",
            "x.html": b'<img src="photos/1a-320.webp">',
            "y.html": b"1a-320.webp\nb",
        },
    )
    after = _site(
        tmp_path / "b",
        {
            "photos/2b-320.webp": b"\0\1",
            "x.html": b'<img src="photos/2b-320.webp">',
            "y.html": b"2b-320.webp\nc",
        },
    )
    assert list(compare_sites(before, after)) == [
        FileDifference(path="photos/1a-320.webp", kind="renamed", lines=("photos/2b-320.webp",)),
        FileDifference(path="y.html", kind="changed", lines=("-b", "+c")),
    ]
