"""check.yml and comment.yml themselves, run by act: the forge's actions and API are stand-ins, all else is real.

act (https://github.com/nektos/act) reads the workflow, its expressions, conditions and annotations as a forge's runner
does. Nothing is fetched: each action of a forge is a folder of `tests/act`, named by the workflows' own `uses:` lines.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from tests.hostile_requests.case import DAY, OLD, TEACHER, Files, base_files, submitted
from tests.judging_api import TOKEN, Hub, commit_of, push_of, serving
from tests.scratch_repository import commit, environment, git

ROOT = Path(__file__).resolve().parent.parent
ACT = Path(sys.executable).with_name("act")
STAND_INS = ROOT / "tests" / "act"
# What the check's job needs of the project; the rest would only be copied.
PROJECT = (
    *(".github", "content", "generator", "theme_overrides"),
    *("README.md", "mkdocs.yml", "pyproject.toml", "requirements.in", "requirements.txt"),
)
STEPS = (
    "Project, from the base branch",
    "Records, as the pull request would leave them",
    "Generator",
    "Check",
    "Fingerprints of the photos before",
    "Evidence",
)
JUDGING = (
    "Project, from the default branch",
    "Generator",
    "Request",
    "Records, as the pull request would leave them",
    "Check",
    "Preview",
    "Preview, to download",
    "Verdict and comment",
)
SITE = "https://archive.example"
PAGES = {
    "preview/index.html",
    "preview/schools/jia/2021/index.html",
    "preview/schools/jia/2021/02/15-visit/index.html",
}
BAD = submitted({f"{OLD}/activity.md": None}, title='"::error::x"', staff="{sent: 许多}")
BAD_MESSAGES = [
    (
        "error",
        "records/jia/2021/02/08-visit",
        "1",
        (
            "活动文件夹里没有 activity.md\n怎么改：把活动记录存为 activity.md（全部小写）放进来\n"
            "规则：unexpected-file https://archive.example/rules/unexpected-file/"
        ),
    ),
    (
        "error",
        "records/jia/2021/02/15-visit/activity.md",
        "7",
        (
            "“staff.sent”：“许多”不是数字\n怎么改：只写数字，如 2\n"
            "规则：field-value https://archive.example/rules/field-value/"
        ),
    ),
]

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="act runs scripts in bash")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How act ended: its exit code, the entries of its log, and the log as text, for whoever reads a failure."""

    code: int
    entries: list[dict[str, Any]]
    log: str

    def results(self) -> dict[str, str]:
        """Return each step of the job with its result."""
        done = (e for e in self.entries if e.get("stage") == "Main" and "stepResult" in e)
        return {e["step"]: e["stepResult"] for e in done if len(e["stepID"]) == 1}

    def output(self, step: str) -> str:
        """Return what a step printed."""
        return "".join(e["msg"] for e in self.entries if e.get("raw_output") and e["step"] == step)

    def commands(self, step: str) -> list[dict[str, Any]]:
        """Return the workflow commands that act obeyed in a step, summaries apart."""
        return [e for e in self.entries if e.get("step") == step and e.get("command", "summary") != "summary"]

    def summary(self) -> str:
        """Return the job's summary."""
        return "".join(e["content"] for e in self.entries if e.get("command") == "summary")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forge:
    """A repository on this machine, a Python for its runner, and act."""

    folder: Path
    binaries: Path

    def submit(self, name: str, files: Files) -> Path:
        """Push a request as a trial merge, as a forge makes one, and return its working tree."""
        tree = self.folder / name
        git(self.folder, "clone", "--quiet", "origin", name)
        git(tree, "checkout", "--quiet", "-b", name)
        _write(tree, files)
        commit(tree, "材料")
        git(tree, "checkout", "--quiet", "main")
        git(tree, "merge", "--quiet", "--no-ff", "--message", "Trial merge", name)
        git(tree, "push", "--quiet", "origin", f"HEAD:refs/pull/{name}/merge")
        # act takes the repository's name from here.
        git(tree, "remote", "set-url", "origin", "https://forge.example.org/county/archive")
        return tree

    def find_head(self, name: str) -> str:
        """Return the newest commit of a request."""
        return git(self.folder / "origin", "rev-parse", f"refs/pull/{name}/merge^2")

    def list_pages(self, name: str) -> set[str]:
        """Return the pages of a request's preview."""
        folder = self.folder / "artifacts" / f"comment-{name}" / "preview"
        return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}

    def check(self, tree: Path) -> Run:
        """Run check.yml for a request."""
        moments = {"created_at": f"{DAY}T01:00:00Z", "updated_at": f"{DAY}T02:00:00Z"}
        request = {"number": 1, "base": {"ref": "main"}, "user": {"login": TEACHER}, **moments}
        event = {"pull_request": request, "sender": {"login": TEACHER}}
        return self._run(tree, "check", "pull_request", event)

    def judge(self, name: str, head: str, *, pushers: tuple[str, ...] = (TEACHER,)) -> tuple[Run, Hub]:
        """Run comment.yml, from the default branch, after a check of a request, and return what the forge then knows."""
        tree = self.folder / "default"
        if not tree.exists():
            git(self.folder, "clone", "--quiet", "origin", "default")
            git(tree, "remote", "set-url", "origin", "https://github.com/county/archive")
        hub = _make_hub(name, head, pushers)
        event = {"action": "completed", "repository": {"default_branch": "main"}, "workflow_run": hub.run}
        with serving(hub) as api:
            given = {"GITHUB_API_URL": api, "GITHUB_REPOSITORY": "county/archive"}
            return self._run(tree, f"comment-{name}", "workflow_run", event, given), hub

    def _run(
        self,
        tree: Path,
        what: str,
        on: str,
        event: dict[str, Any],
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> Run:
        """Have act run the workflow of an event; ``what`` begins with its name."""
        scratch = self.folder / f"{tree.name}-{what}"
        scratch.mkdir()
        (scratch / "event.json").write_text(json.dumps(event), encoding="utf-8")
        shutil.copytree(self.folder / "cache", scratch / "cache")
        given = {
            "STAND_IN_ORIGIN": (self.folder / "origin").as_uri(),
            "STAND_IN_PYTHON": str(self.binaries),
            "STAND_IN_CACHE": str(scratch / "cache"),
            "STAND_IN_ARTIFACTS": str(self.folder / "artifacts" / what),
            **more,
        }
        command = [
            *(str(ACT), on, "--json", "--directory", str(tree), "--eventpath", str(scratch / "event.json")),
            *("--workflows", f".github/workflows/{what.partition('-')[0]}.yml"),
            *("--platform", "ubuntu-24.04=-self-hosted"),
            *("--no-skip-checkout", "--no-cache-server", "--use-new-action-cache", "--action-offline-mode"),
            *("--var", f"PAIRING_SITE_URL={SITE}", "--secret", f"GITHUB_TOKEN={TOKEN}"),
            *(word for name, value in given.items() for word in ("--env", f"{name}={value}")),
            *(word for pair in _list_stand_ins() for word in ("--local-repository", pair)),
        ]
        home = scratch / "home"
        done = subprocess.run(
            command,
            env={**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )
        lines = done.stdout.decode("utf-8").splitlines()
        entries = [json.loads(line) for line in lines if line.startswith("{")]
        log = "".join(f"{e.get('step', '')} | {e['msg'].rstrip()}\n" for e in entries)
        return Run(code=done.returncode, entries=entries, log=log)


def _make_hub(name: str, head: str, pushers: tuple[str, ...]) -> Hub:
    """Return what the forge knows of request 12, from a branch of the archive itself, and of the run of its check."""
    repository = {"full_name": "county/archive", "default_branch": "main"}
    pull = {
        "number": 12,
        "user": {"login": TEACHER},
        "created_at": f"{DAY}T01:00:00Z",
        "head": {"sha": head, "repo": repository},
        "base": {"ref": "main", "repo": repository},
    }
    run = {
        "id": 7,
        "event": "pull_request",
        "path": ".github/workflows/check.yml",
        "status": "completed",
        "conclusion": "success",
        "head_sha": head,
        "head_branch": name,
        "head_repository": {**repository, "id": 3},
        "actor": {"login": TEACHER},
        "created_at": f"{DAY}T02:00:00Z",
    }
    first, *others = pushers
    activity = [*(push_of(login) for login in reversed(others)), push_of(first, "branch_creation")]
    commits = [commit_of(TEACHER)]
    return Hub(
        run=run, pulls=[pull], commits=commits, activity=activity, source="county/archive", branch=name
    )


def _list_stand_ins() -> list[str]:
    """Return each action that the workflow and its set-up use, with the folder that stands in for it."""
    texts = [
        (ROOT / ".github" / name).read_text(encoding="utf-8")
        for name in ("workflows/check.yml", "workflows/comment.yml", "actions/setup/action.yml")
    ]
    used = {
        found for text in texts for found in re.findall(r"uses: ([\w-]+/([\w-]+))(?:/[\w-]+)?(@\w+)", text)
    }
    assert {folder for _, folder, _ in used} == {path.name for path in STAND_INS.iterdir()}
    return sorted(f"{name}{version}={STAND_INS / folder}" for name, folder, version in used)


def _write(tree: Path, files: Files) -> None:
    for name, content in files.items():
        path = tree / name
        if content is None:
            path.unlink()
        else:
            assert isinstance(content, str | bytes)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture(scope="module")
def forge(tmp_path_factory: pytest.TempPathFactory) -> Forge:
    folder = tmp_path_factory.mktemp("forge")
    origin = folder / "origin"
    _write(origin, base_files())
    for name in PROJECT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, origin / name, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True
            )
        else:
            shutil.copyfile(source, origin / name)
    git(folder, "init", "--quiet", "--initial-branch", "main", "origin")
    for option in ("uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"):
        git(origin, "config", option, "true")
    commit(origin, "The project")
    (folder / "cache").mkdir()
    return Forge(folder=folder, binaries=environment(folder / "python"))


def test_act_runs_a_good_request_to_the_end(forge: Forge) -> None:
    run = forge.check(forge.submit("good", submitted()))
    print(run.log)
    assert run.code == 0
    assert run.results() == dict.fromkeys(STEPS, "success")
    assert run.output("Check") == (
        "· 收到 1 份材料：\n· 新交  甲园  2021年2月  二月观摩\n· 甲园 二月 2/2 完成\n已检查改动的 1 处：没有问题。\n"
    )
    assert run.commands("Check") == []
    assert run.summary() == (
        "## 收到的材料\n\n| 情况 | 校（园） | 月份 | 材料 |\n| --- | --- | --- | --- |\n"
        "| 新交 | 甲园 | 2021年2月 | 二月观摩 |\n\n- 甲园 二月 2/2 完成\n\n"
        "## ✓ 检查通过\n\n已检查改动的 1 处：没有问题。\n\n"
        "## 疑似重复使用的图片和文字\n\n核对了 1 张图片、2 份记录：没有发现疑似重复使用。\n\n"
    )


def test_act_shows_a_bad_request_s_mistakes_at_their_lines(forge: Forge) -> None:
    run = forge.check(forge.submit("bad", BAD))
    print(run.log)
    assert run.code == 1
    # The check fails, and the evidence is looked for all the same.
    assert run.results() == {**dict.fromkeys(STEPS, "success"), "Check": "failure"}
    found = [
        (e["command"], e["kvPairs"]["file"], e["kvPairs"]["line"], e["arg"]) for e in run.commands("Check")
    ]
    assert found == BAD_MESSAGES
    assert run.summary().startswith("## 收到的材料\n\n")
    assert "## ✕ 需要修改\n\n" in run.summary()


def judged(state: str) -> list[dict[str, str]]:
    """Return the one status that a request then has."""
    said = "通过" if state == "success" else "没有通过，请看留言"
    return [
        {
            "context": "pairing/verdict",
            "state": state,
            "description": f"主分支的程序核对过：{said}",
            "target_url": "https://github.com/county/archive/actions/runs/1",
        }
    ]


def test_act_sets_a_green_verdict_and_comments(forge: Forge) -> None:
    forge.submit("fine", submitted())
    head = forge.find_head("fine")
    run, hub = forge.judge("fine", head)
    print(run.log)
    assert run.code == 0
    assert run.results() == dict.fromkeys(JUDGING, "success")
    assert [sha for sha, _ in hub.statuses] == [head]
    assert [value for _, value in hub.statuses] == judged("success")
    (comment,) = hub.comments
    assert comment["body"].startswith("## ✓ 检查通过，等教育局收下\n\n**收到 1 份材料：**\n\n- 新交  甲园")
    assert "[下载预览](https://forge.example.org/artifacts/preview)" in comment["body"]
    assert forge.list_pages("fine") == PAGES


def test_act_gives_a_request_that_edits_the_check_to_be_green_a_red_verdict(forge: Forge) -> None:
    """Its check.yml says that all is well and its generator that nothing is wrong; neither is asked."""
    trace = forge.folder / "it-ran"
    evil = f"import pathlib\npathlib.Path({str(trace)!r}).touch()\nraise SystemExit(0)\n"
    green = "on: pull_request\njobs:\n  records:\n    runs-on: ubuntu-24.04\n    steps: [{run: 'true'}]\n"
    forge.submit(
        "edited",
        {
            **BAD,
            ".github/workflows/check.yml": f"name: check\n{green}",
            ".github/workflows/comment.yml": f"name: comment\n{green}",
            "generator/__init__.py": evil,
            "records/jia/sitecustomize.py": evil,
        },
    )
    run, hub = forge.judge("edited", forge.find_head("edited"))
    print(run.log)
    assert run.code == 0
    assert run.results() == {**dict.fromkeys(JUDGING, "success"), "Check": "failure"}
    assert [value for _, value in hub.statuses] == judged("failure")
    (comment,) = hub.comments
    assert comment["body"].startswith("## ✕ 有 ")
    for told in ("“`staff.sent`”：“许多”不是数字", "不能改程序、网页和设置：`.github/workflows/check.yml`"):
        assert told in comment["body"]
    assert not trace.exists()


def test_act_judges_whoever_pushed_to_another_s_branch(forge: Forge) -> None:
    forge.submit("lent", submitted())
    run, hub = forge.judge("lent", forge.find_head("lent"), pushers=(TEACHER, "teacher-of-yi", TEACHER))
    print(run.log)
    assert [value for _, value in hub.statuses] == judged("failure")
    assert "：账号“`teacher-of-yi`”不能改" in hub.comments[0]["body"]


def test_act_says_when_git_refuses_the_files(forge: Forge) -> None:
    """A name that no working tree may hold, which a commit can well have."""
    origin = forge.folder / "origin"
    stream = (
        b"commit refs/pull/refused/head\ncommitter Test <test@example.org> 1613350800 +0800\ndata 1\nx\n"
        b"from refs/heads/main\nM 100644 inline records/jia/.git/config\ndata 1\nx\n\n"
    )
    subprocess.run(["git", "-C", str(origin), "fast-import", "--quiet"], input=stream, check=True)
    head = git(origin, "rev-parse", "refs/pull/refused/head")
    run, hub = forge.judge("refused", head)
    print(run.log)
    skipped = {"Check", "Preview", "Preview, to download"}
    assert run.results() == {
        **{step: "success" for step in JUDGING if step not in skipped},
        "Records, as the pull request would leave them": "failure",
    }
    assert hub.statuses == [(head, value) for value in judged("failure")]
    assert hub.comments[0]["body"].startswith(
        "## ✕ 检查没有做完\n\ngit 放不下请求里的文件，多半是文件名有问题"
    )
