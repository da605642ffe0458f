"""The rules' cases as drafts: what a browser is given of each, and what `pairing check` says of the same files."""

from __future__ import annotations

import base64
import functools
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import check, main
from tests.test_rules import BASE, FOLDERS

_ACTIVITY = re.compile(r"(records/[^/]+/[0-9]{4}/(?:0[1-9]|1[0-2])/[^/]+)/[^/]+")
_OF_THE_CASE = {"as-of.txt", "expected.txt", "files.yml"}

_OF_THE_BUREAU = ("records/bureau", "content")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCase:
    """Files to lay beside the public archive, by path; the folders and files that are judged; the day."""

    name: str
    files: Mapping[str, bytes]
    touched: tuple[str, ...]
    as_of: str

    def for_browser(self) -> dict[str, Any]:
        """Return the case as JSON. Zeros at a file's end are only counted: some are 25 MB of them."""
        files = [
            {"path": path, "start": base64.b64encode(data.rstrip(b"\0")).decode(), "length": len(data)}
            for path, data in self.files.items()
        ]
        return {"files": files, "asOf": self.as_of}


def read_drafts(public: Collection[str]) -> tuple[list[DraftCase], dict[str, str]]:
    """Return the cases that drafts can express, and the others' names with the reason.

    public: paths of the files of the public archive, which a draft can add to and replace, but not remove.
    """
    cases, left_out = [], {}
    for folder in FOLDERS:
        name = f"{folder.parent.name}/{folder.name}"
        special = _read_special(folder)
        own = {path: data for path, data in _read_folder(folder).items() if path not in _OF_THE_CASE}
        removed = tuple(special.get("remove", ()))
        changed = [*own, *special.get("write", ()), *removed]
        if special.get("link"):
            left_out[name] = "a link is no file that a form hands in"
        elif not changed:
            left_out[name] = "nothing is handed in: only the day differs"
        elif any(_lies_in(path, _OF_THE_BUREAU) for path in changed):
            left_out[name] = "no school hands in the bureau's files"
        elif any(_lies_in(path, removed) for path in public):
            left_out[name] = "takes a file of the public archive away"
        else:
            base = {path: data for path, data in _read_folder(BASE).items() if not _lies_in(path, removed)}
            written = {path: text.encode() for path, text in special.get("write", {}).items()}
            tree = {**base, **own, **written}
            for path, size in special.get("pad", {}).items():
                tree[path] = tree[path][:size].ljust(size, b"\0")
            folders = ((path, _ACTIVITY.fullmatch(path)) for path in changed)
            places = dict.fromkeys(match[1] if match else path for path, match in folders)
            files = {path: data for path, data in sorted(tree.items()) if _lies_in(path, places)}
            touched = tuple(place for place in places if any(_lies_in(path, (place,)) for path in files))
            if not files:
                left_out[name] = "nothing is handed in: a record is removed"
                continue
            as_of = _read_folder(folder).get("as-of.txt", tree["as-of.txt"]).decode().strip()
            cases.append(DraftCase(name=name, files=files, touched=touched, as_of=as_of))
    return cases, left_out


def _lies_in(path: str, places: Collection[str]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


@functools.cache
def _read_folder(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _read_special(folder: Path) -> dict[str, Any]:
    data = _read_folder(folder).get("files.yml", b"{}")
    special: dict[str, Any] = yaml.safe_load(data)
    return special


def lay(files: Mapping[str, bytes], root: Path) -> None:
    """Write files below a folder."""
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


def check_natively(case: DraftCase, root: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what `pairing check --only …` says of a case's files, laid into an archive for as long as it takes.

    Its trial of photos is left out: no decoder runs in a browser.
    """
    old = {path: (root / path).read_bytes() for path in case.files if (root / path).exists()}
    lay(case.files, root)
    with monkeypatch.context() as patch:
        patch.setattr(check, "_add_photo_problems", lambda corpus, touched, found: found)
        patch.chdir(root)
        only = [word for path in case.touched for word in ("--only", path)]
        line = ["check", *only, "--format", "json", "--as-of", case.as_of]
        result = CliRunner().invoke(main.pairing, line, standalone_mode=False)
    for path in case.files:
        (root / path).unlink()
        for folder in (root / path).parents:
            if any(folder.iterdir()):
                break
            folder.rmdir()
    lay(old, root)
    assert result.exception is None, (case.name, result.exception)
    return result.stdout
