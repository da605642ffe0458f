"""Hostile requests: each has its whole outcome, in bounded time and memory, and nothing of it is run or asked for.

``outcomes/`` holds exit code, log and summary of each, as the gate of check.yml gives them.
``UPDATE_CASES=1 pytest tests/test_hostile_requests.py`` writes them anew; read every change.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile_requests import code_edits, history, names, sizes, texts
from tests.hostile_requests.case import Case, make_repository
from tests.hostile_requests.gate import Gate, Outcome, find_steps
from tests.hostile_requests.runner_commands import find_commands
from tests.scratch_repository import checkout, git

OUTCOMES = Path(__file__).parent / "hostile_requests" / "outcomes"
UPDATE = bool(os.environ.get("UPDATE_CASES"))
CASES = (*code_edits.CASES, *history.CASES, *names.CASES, *sizes.CASES, *texts.CASES)
LONGEST = 12_000
"""Characters of a log or summary that are kept whole."""
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
GIT = {"cat-file", "diff", "ls-files", "ls-tree", "merge-base", "remote", "rev-list", "rev-parse"}

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a runner of the workflow is Linux")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_repository(tmp_path_factory.mktemp("requests") / "origin", CASES)


@pytest.fixture(scope="module")
def gate(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    scratch = tmp_path_factory.mktemp("gate")
    workspace = checkout(repository, scratch / "workspace", git(repository, "rev-parse", "main"))
    with Gate(workspace, scratch) as made:
        yield made


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=[pytest.mark.slow] if case.seconds > 10 else [], id=case.name)
        for case in CASES
    ],
)
def test_a_hostile_request_has_its_outcome(case: Case, repository: Path, gate: Gate, tmp_path: Path) -> None:
    submission = _lay_out(case, repository, tmp_path)
    if case.refused:
        assert submission is None
        _compare(case, "the forge's checkout refuses it\n")
        return
    assert submission
    if case.laid:
        case.laid(submission)
    outcome = gate.check(submission)
    _compare(case, describe(outcome))
    assert outcome.code in {0, 1, 2}
    assert "程序内部出错" not in outcome.log
    _assert_harmless(outcome)
    assert outcome.seconds < case.seconds
    assert outcome.mebibytes < case.mebibytes
    shutil.rmtree(submission)


def _lay_out(case: Case, repository: Path, folder: Path) -> Path | None:
    """Check a request out as check.yml asks; None where git refuses to."""
    asked, _ = find_steps()
    base = git(repository, "rev-parse", "refs/heads/main")
    pushed = {
        ref.replace("BASE", base): git(repository, "rev-parse", f"refs/pull/{request}/head")
        for ref, request in case.refs.items()
    }
    for ref, commit in pushed.items():
        git(repository, "update-ref", ref, commit)
    try:
        target = checkout(
            repository,
            folder / "submission",
            git(repository, "rev-parse", f"refs/pull/{case.name}/head"),
            depth=int(asked["fetch-depth"]),
            sparse=asked["sparse-checkout"],
        )
    except AssertionError:
        if not case.refused:
            raise
        return None
    finally:
        for ref in pushed:
            git(repository, "update-ref", "-d", ref)
        git(repository, "update-ref", "refs/heads/main", base)
    for ref, commit in pushed.items():
        if ref.startswith("refs/replace/"):  # no forge hands them out; a mirror would
            git(target, "update-ref", ref, commit)
    # A runner has no credentials to fetch a missing object with.
    git(target, "remote", "set-url", "origin", (folder / "gone").as_uri())
    return target


def describe(outcome: Outcome) -> str:
    """Return an outcome as it is kept."""
    return f"exit {outcome.code}\n--- log\n{_shorten(outcome.log)}--- summary\n{_shorten(outcome.summary)}"


def _shorten(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    lines = text.splitlines(keepends=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return "".join((*lines[:20], f"… {len(lines)} lines, SHA-256 {digest}\n", *lines[-3:]))


def _compare(case: Case, outcome: str) -> None:
    kept = OUTCOMES / f"{case.name}.txt"
    if UPDATE:
        kept.write_text(outcome, encoding="utf-8", newline="\n")
    assert outcome == kept.read_text(encoding="utf-8")


def _assert_harmless(outcome: Outcome) -> None:
    """Nothing of the request spoke to the runner, was run, or had anything fetched."""
    for command in find_commands(outcome.log):
        assert command.name in {"error", "warning"}
        assert command.properties.keys() <= {"file", "line", "endLine", "col", "endColumn", "title"}
    for text in (outcome.log, outcome.summary):
        assert not UNSEEN.search(text.replace("\t", " ")), UNSEEN.search(text)
    assert outcome.connections == ()
    assert {word for word in outcome.started if word != "python"} <= {f"git {command}" for command in GIT}
    assert not Path(code_edits.CANARY).exists()


def test_each_case_has_a_name_of_its_own_and_no_outcome_is_left_over() -> None:
    names_ = [case.name for case in CASES]
    assert len(set(names_)) == len(names_)
    assert {path.stem for path in OUTCOMES.iterdir()} == set(names_)
