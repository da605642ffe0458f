"""What the tests share: a clean environment, a scratch archive, and the real site, built once."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Addresses that nothing answers at: the site knows them, a browser must not ask them.
SITE_URL = "https://site.example.org/archive/"
REPO_URL = "https://forge.example.org/county/archive"
PAIRING = Path(sys.executable).with_name("pairing")

MakeArchive = Callable[[Mapping[str, str | bytes]], Path]

_OUTSIDE = ("GITHUB_", "RUNNER_", "GIT_", "LC_", "PYTHON", "PAIRING_")
_OUTSIDE_NAMES = {"LANG", "LANGUAGE", "COLUMNS", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the site's tests look at another archive than the project's own."""
    parser.addoption("--archive", metavar="DIR", help="build the site from this archive (--archive=DIR)")


def pytest_configure() -> None:
    """Give every test, and every process it starts, the same environment on a laptop and in CI."""
    for name in list(os.environ):
        if name.startswith(_OUTSIDE) or name in _OUTSIDE_NAMES:
            del os.environ[name]
    os.environ.update(
        LANG="C.UTF-8",
        LC_ALL="C.UTF-8",
        TZ="UTC",  # far from Asia/Shanghai, so that a day read off the machine's zone shows
        COLUMNS="100",
        PYTHONUTF8="1",
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_CONFIG_NOSYSTEM="1",
        GIT_AUTHOR_NAME="Test",
        GIT_AUTHOR_EMAIL="test@example.org",
        GIT_COMMITTER_NAME="Test",
        GIT_COMMITTER_EMAIL="test@example.org",
    )


@pytest.fixture(scope="session")
def project_root() -> Path:
    """Return the folder that holds pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def untouched_closed_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small archive whose months are closed; tests that write take a copy of it."""
    from tests.closed_archive import closed

    root = tmp_path_factory.mktemp("closed")
    closed(root)
    return root


@pytest.fixture
def closed_root(untouched_closed_root: Path, tmp_path: Path) -> Path:
    """Return a copy of the closed archive."""
    return Path(shutil.copytree(untouched_closed_root, tmp_path / "archive"))


@pytest.fixture
def make_archive(tmp_path: Path) -> MakeArchive:
    """Return a function that writes {path: content} below a fresh folder and returns the folder.

    Text is written as UTF-8 with the line ends it has; bytes as they are.
    """

    def write(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "archive"
        for path, content in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return root

    return write


@pytest.fixture(scope="session")
def archive(request: pytest.FixtureRequest, shared: Path) -> Path:
    """Return the root of the archive that the site is built from.

    The project itself while its records are the sample year, else, once a county has put its own there, a
    sample year written anew: the tests know what to find in it.
    """
    if given := request.config.getoption("--archive"):
        return Path(str(given)).resolve()
    if any((ROOT / "records").glob("*/*/*/*/activity.md")) and is_sample(ROOT):
        return ROOT
    target = shared / "sample"
    once(shared / "sample-written", [PAIRING, "sample", "--out", str(target)])
    return target


@pytest.fixture(scope="session")
def built_site(archive: Path, shared: Path) -> Path:
    """Build the archive's site once, also when several workers ask for it."""
    site = shared / "site"
    once(shared / "site-built", [PAIRING, "build", "--root", str(archive), "--site-dir", str(site)])
    return site


@pytest.fixture(scope="session")
def kept_evidence(archive: Path, shared: Path) -> Path:
    """Return what a report of reused photos keeps of the archive's, made once. Nobody changes this; take a copy."""
    kept = shared / "evidence"
    options: tuple[str | Path, ...] = ("--root", archive, "--cache", kept, "--format", "markdown")
    once(shared / "evidence-kept", [PAIRING, "photos", "report", *options])
    return kept


@pytest.fixture(scope="session")
def hostile_files(shared: Path) -> list[Path]:
    """Write the hostile photos once; return their files in the order of their cases. Nobody changes these."""
    folder = shared / "hostile-photos"
    once(shared / "hostile-photos-written", [sys.executable, "-m", "tests.hostile_photos", folder])
    return sorted(folder.iterdir())


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a scratch folder that all workers of this run see."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


def is_sample(root: Path) -> bool:
    """Say whether an archive's activities are samples."""
    return all(
        re.search(r"(?m)^sample: true$", path.read_text(encoding="utf-8"))
        for path in (root / "records").glob("*/*/*/*/activity.md")
    )


def once(log: Path, command: Sequence[str | Path]) -> None:
    """Run the command in whichever worker comes first, let the others wait, and fail in all if it fails."""
    try:
        log.with_suffix(".begun").mkdir()
    except FileExistsError:
        deadline = time.monotonic() + 300
        while not log.exists():
            if time.monotonic() > deadline:
                pytest.fail(f"not finished within five minutes: {command}")
            time.sleep(0.1)
    else:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PAIRING_SITE_URL": SITE_URL, "PAIRING_REPO_URL": REPO_URL},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        unfinished = log.with_suffix(".part")
        unfinished.write_bytes(b"%d\n" % done.returncode + done.stdout)
        unfinished.replace(log)
    code, _, output = log.read_text(encoding="utf-8").partition("\n")
    if code != "0":
        pytest.fail(f"{command} ended with {code}:\n{output}")
