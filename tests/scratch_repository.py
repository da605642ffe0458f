"""Scratch clones of the project, and a stand-in for GitHub's runner that executes `run:` steps."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


def git(folder: Path, *arguments: str) -> str:
    """Run git in the folder and return what it printed, without the last line end."""
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    if done.returncode:
        raise AssertionError(f"git {' '.join(arguments)}: {done.stderr.decode()}")
    return done.stdout.decode().rstrip("\n")


def snapshot(project: Path, target: Path, *, records: Path) -> Path:
    """Copy what git tracks or would track in the project into a new repository with one commit on `main`.

    The working tree counts, not the last commit: a test shows what the files at hand do. `records` is the
    folder that becomes its records, be it the project's own or another's.
    """
    target.mkdir()
    listed = git(project, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in listed.split("\0"):
        source = project / name
        if name and not name.startswith("records/") and source.is_file():
            copy = target / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
            copy.chmod(source.stat().st_mode)
    shutil.copytree(records, target / "records", symlinks=True)
    git(target, "init", "--quiet", "--initial-branch", "main")
    git(target, "config", "receive.denyCurrentBranch", "ignore")
    # Photos do not get smaller, and to try took most of every clone's time.
    git(target, "config", "core.compression", "0")
    git(target, "config", "pack.window", "0")
    commit(target, "The project")
    git(target, "repack", "-a", "-d", "--quiet")
    return target


def commit(folder: Path, message: str) -> str:
    """Commit everything in the folder and return the commit's id."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    return git(folder, "rev-parse", "HEAD")


def checkout(
    repository: Path,
    target: Path,
    ref: str,
    *,
    depth: int = 1,
    sparse: str | None = None,
) -> Path:
    """Do what actions/checkout does: one commit, sparse and without blobs if asked for.

    A depth of 0 brings the whole history of all branches and tags.
    """
    target.mkdir(parents=True, exist_ok=True)
    git(repository, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(repository, "config", "uploadpack.allowFilter", "true")
    git(target, "init", "--quiet")
    git(target, "remote", "add", "origin", repository.as_uri())
    filters = ["--filter=blob:none"] if sparse else []
    history = [f"--depth={depth}"] if depth else []
    branches = [] if depth else ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"]
    git(target, "fetch", "--quiet", "--no-tags", *history, *filters, "origin", ref, *branches)
    if sparse:
        git(target, "sparse-checkout", "set", "--no-cone", *sparse.split())
    git(target, "checkout", "--quiet", "--detach", ref)
    return target


def environment(target: Path) -> Path:
    """Make a virtual environment that sees this one's packages but installs into itself, and return its bin.

    So a workflow's own install commands run as they are written and find everything there already.
    """
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", target], check=True)
    binaries = target / ("Scripts" if os.name == "nt" else "bin")
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    own = subprocess.run([binaries / "python", "-c", asked], capture_output=True, check=True).stdout.decode()
    Path(own.strip(), "shared.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return binaries


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a step ended: exit code, what it printed (both streams), what it wrote for the job's summary."""

    code: int
    output: str
    summary: str


# What GitHub would put in the place of an expression.
EXPRESSIONS = {
    "github.server_url": "https://forge.example.org",
    "github.repository": "county/archive",
    "github.event.pull_request.base.ref": "main",
    "vars.PAIRING_SITE_URL": "https://archive.example",
    "vars.PAIRING_FORGE": "github",
    "vars.PAIRING_FORGE_API": "",
    "vars.PAIRING_FORGE_WEB": "",
    "vars.PAIRING_FORGE_REPOSITORY || github.repository": "county/archive",
    "vars.PAIRING_FORGE_BRANCH": "",
    "github.event.pull_request.user.login": "leimeng-kindergarten",
    "github.event.sender.login": "Leimeng-Kindergarten",
    "github.event.pull_request.created_at": "2020-05-29T17:30:00Z",
    "github.event.pull_request.updated_at": "2020-05-30T08:00:00Z",
    "github.event.repository.default_branch": "main",
    "steps.request.outputs.submitted": "2020-05-29T17:30:00Z/2020-05-30T08:00:00Z",
    "steps.request.outputs.accounts": "leimeng-kindergarten",
    "steps.pages.outputs.base_url": "https://county.example.org/archive",
}


def expanded(value: str) -> str:
    """Return an `env:` value with its expressions replaced; one that is not known fails the test."""
    return re.sub(r"\$\{\{ ([\w.| -]+?) \}\}", lambda found: EXPRESSIONS[found[1]], value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """A stand-in for a hosted runner: a workspace, and the folder of the programs set up."""

    workspace: Path
    binaries: Path
    scratch: Path

    def run(self, step: Mapping[str, Any]) -> Outcome:
        """Execute a step's script as GitHub does on Linux, with the shell and variables it would have."""
        summary, script = self.scratch / "summary.md", self.scratch / "step.sh"
        summary.write_text("", encoding="utf-8")
        script.write_text(step["run"], encoding="utf-8", newline="\n")
        # Without `shell:` GitHub runs `bash -e`, with `shell: bash` also pipefail.
        options = ["--noprofile", "--norc", "-eo", "pipefail"] if step.get("shell") == "bash" else ["-e"]
        names = ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH")
        files = {name: str(self.scratch / name.lower()) for name in names}
        done = subprocess.run(
            ["bash", *options, str(script)],
            cwd=self.workspace,
            env={
                **os.environ,
                **files,
                **{name: expanded(value) for name, value in step.get("env", {}).items()},
                "CI": "true",
                "GITHUB_ACTIONS": "true",
                "GITHUB_WORKSPACE": str(self.workspace),
                "GITHUB_STEP_SUMMARY": str(summary),
                "PATH": f"{self.binaries}{os.pathsep}{os.environ['PATH']}",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return Outcome(
            code=done.returncode,
            output=done.stdout.decode("utf-8"),
            summary=summary.read_text(encoding="utf-8"),
        )


def load(path: Path) -> dict[str, Any]:
    """Read a workflow or an action, all scalars as text: the key `on` is "on", not YAML 1.1's true."""
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes only text
    assert isinstance(document, dict)
    return document
