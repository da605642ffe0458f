"""The job summary of a pull request with a new, a moved and a deleted record, as a page that a browser shows."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from markdown_it import MarkdownIt

from tests.conftest import PAIRING, ROOT
from tests.scratch_repository import commit, git

_SCHOOL = "records/leimeng/2020"
# What a closing knows may not be moved: the sample's books stay behind.
_BOOKS = ("assessments", "closings", "draws", "filings.yml")
# As the forge shows a summary, without the forge.
_STYLE = """
body { font: 16px/1.5 sans-serif; color: #1f2328; margin: 0; padding: 24px; max-width: 980px }
h2 { font-size: 1.5em; border-bottom: 1px solid #d1d9e0; padding-bottom: .3em; margin: 24px 0 16px }
table { border-collapse: collapse; display: block; width: max-content; max-width: 100%; overflow: auto }
th, td { border: 1px solid #d1d9e0; padding: 6px 13px }
code { background: #eff1f3; padding: .2em .4em; border-radius: 6px; font-size: 85% }
pre { background: #f6f8fa; padding: 16px; border-radius: 6px; overflow: auto; font-size: 85% }
pre code { background: none; padding: 0 }
"""


def write_summary(scratch: Path) -> str:
    """Return the Markdown that `pairing check` adds to the job summary of such a request."""
    root = scratch / "archive"
    for name in ("content", "records"):
        shutil.copytree(ROOT / name, root / name)
    for name in _BOOKS:
        book = root / "records" / "bureau" / "2020" / name
        shutil.rmtree(book) if book.is_dir() else book.unlink()
    new = root / _SCHOOL / "10/20-area-observation"
    shutil.move(new, scratch / "new")
    git(scratch, "init", "--quiet", "--initial-branch", "main", str(root))
    commit(root, "Merged records")
    git(root, "checkout", "--quiet", "-b", "request")
    shutil.move(scratch / "new", new)
    _replace(new / "activity.md", "measure: area-observation", "measure: 区域活动观摩")
    moved = f"{_SCHOOL}/05/25-area-lecture"
    git(root, "mv", f"{_SCHOOL}/05/22-area-lecture", moved)
    _replace(root / moved / "activity.md", "date: 2020-05-22", "date: 2020-05-25")
    git(root, "rm", "-r", "--quiet", f"{_SCHOOL}/06/24-area-observation")
    commit(root, "A request")
    summary = scratch / "summary.md"
    subprocess.run(
        [PAIRING, "check", "--changed-since", "main", "--format", "github", "--as-of", "2020-10-28"],
        cwd=root,
        env={**os.environ, "GITHUB_STEP_SUMMARY": str(summary)},
        capture_output=True,
        check=False,  # it finds a mistake, on purpose
    )
    return summary.read_text(encoding="utf-8")


def lay_out(summary: str) -> str:
    """Return a page that shows a job summary."""
    body = MarkdownIt("gfm-like", {"linkify": False}).disable("linkify").render(summary)
    return f"<!doctype html><html lang=zh-CN><meta charset=utf-8><title>摘要</title><style>{_STYLE}</style>{body}</html>"


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
