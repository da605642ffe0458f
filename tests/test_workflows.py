"""The workflows are sound by two linters, give nobody more than he needs, and every script in them runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

from generator import reuse
from generator.actions.comments import find_request
from generator.actions.comments.check_report import read_report
from generator.actions.intake import issue, issue_form
from generator.archive import PHOTO_SUFFIXES
from generator.site.prepare import PHOTO_CACHE
from tests.scratch_repository import Runner, checkout, commit, environment, git, load, snapshot
from tests.service import service

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
CHECK = ROOT / ".github" / "workflows" / "check.yml"
COMMENT = ROOT / ".github" / "workflows" / "comment.yml"
PUBLISH = ROOT / ".github" / "workflows" / "publish.yml"
INTAKE = ROOT / ".github" / "workflows" / "intake.yml"
MESSAGES = ROOT / ".github" / "workflows" / "messages.yml"
ACTIONS = sorted((ROOT / ".github" / "actions").glob("*/action.yml"))
EVIDENCE = reuse.REUSE_CACHE.as_posix()
BIN = Path(sys.executable).parent

BAD_WORKFLOW = """\
on: pull_request_target
jobs:
  check:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v6
        with: {ref: "${{ github.event.pull_request.head.sha }}"}
      - run: echo ${{ github.event.pull_request.title }}
"""


def _jobs(path: Path) -> dict[str, Any]:
    jobs = load(path)["jobs"]
    assert isinstance(jobs, dict)
    return jobs


def _steps(path: Path) -> list[dict[str, Any]]:
    if path.name == "action.yml":
        return list(load(path)["runs"]["steps"])
    return [step for job in _jobs(path).values() for step in job["steps"]]


# --- linters --------------------------------------------------------------------------------------


def _actionlint(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [str(BIN / "actionlint"), "-no-color", "-oneline", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)


def _zizmor(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(BIN / "zizmor"), "--offline", "--persona", "pedantic", "--format", "plain", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


def test_actionlint_finds_nothing() -> None:
    done = _actionlint(*(str(path.relative_to(ROOT)) for path in WORKFLOWS), cwd=ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_zizmor_finds_nothing() -> None:
    done = _zizmor(".github")
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout


def test_both_linters_are_awake(tmp_path: Path) -> None:
    path = tmp_path / "bad.yml"
    path.write_text(BAD_WORKFLOW, encoding="utf-8")
    assert "potentially untrusted" in _actionlint(str(path), cwd=ROOT).stdout
    found = _zizmor(str(path))
    assert found.returncode != 0
    for audit in ("dangerous-triggers", "template-injection", "unpinned-uses", "artipacked"):
        assert audit in found.stdout


# --- rights ---------------------------------------------------------------------------------------


def test_the_workflows_are_these() -> None:
    assert {path.name: sorted(load(path)["on"]) for path in WORKFLOWS} == {
        "check.yml": ["pull_request"],
        "comment.yml": ["workflow_run"],
        "intake.yml": ["issues"],
        "messages.yml": ["push", "schedule"],
        "month-end.yml": ["schedule", "workflow_dispatch"],
        "publish.yml": ["push", "workflow_dispatch"],
    }


def test_each_job_has_only_the_rights_it_needs() -> None:
    rights = {
        f"{path.stem}/{name}": job["permissions"] for path in WORKFLOWS for name, job in _jobs(path).items()
    }
    assert rights == {
        "check/records": {"contents": "read"},
        "comment/comment": {
            "contents": "read",
            "actions": "read",
            "pull-requests": "write",
            "statuses": "write",
        },
        "intake/intake": {"contents": "write", "issues": "write", "pull-requests": "write"},
        "messages/send": {"contents": "read", "pages": "read"},
        "month-end/status": {"contents": "read"},
        "publish/build": {"contents": "read", "pages": "read"},
        "publish/evidence": {"contents": "read"},
        "publish/deploy": {"pages": "write", "id-token": "write"},
    }


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_is_bounded_and_knows_no_secret(path: Path) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {}
    assert "group" in workflow["concurrency"]
    assert all(1 <= int(job["timeout-minutes"]) <= 30 for job in workflow["jobs"].values())
    if path not in (MESSAGES, INTAKE):
        assert "secrets" not in path.read_text(encoding="utf-8").replace("no secret", "")


def test_secrets_are_in_an_environment_and_only_pairing_sees_them() -> None:
    """Not in a run for a pull request, not in the job's own variables, not in the hands of another action."""
    assert "pull_request" not in load(MESSAGES)["on"]
    for job in _jobs(MESSAGES).values():
        assert job["environment"] == "messages"
        assert "env" not in job
        seeing = [step for step in job["steps"] if "secrets." in str(step)]
        assert [step["run"].split()[:2] for step in seeing] == [["pairing", "remind"], ["pairing", "notify"]]
        assert all("secrets." not in str({**step, "env": {}}) for step in seeing)
    # Each variable that the command reads is handed over, and none that it does not know.
    source = (ROOT / "generator/actions/notify/settings.py").read_text(encoding="utf-8")
    known = set(re.findall(r'"(PAIRING_[A-Z_]+)"', source))
    for step in _scripts("messages.yml"):
        assert step["env"].keys() == known | {"PAIRING_NOTIFY_TO", "PAIRING_SITE_URL"}
        assert {name for name, value in step["env"].items() if "secrets." in value} == known - {
            "PAIRING_DINGTALK_KEYWORD"
        }
        for name, value in step["env"].items():
            assert name in value or name == "PAIRING_SITE_URL"


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_actions_are_pinned_and_keep_no_credentials(path: Path) -> None:
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if " uses:" in line]
    for line in lines:
        assert re.search(
            r"uses: (\./[\w./-]+|[\w-]+/[\w-]+(?:/[\w-]+)?@[0-9a-f]{40} # v\d+\.\d+\.\d+)$", line
        ), line
    for step in _steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


def test_one_action_has_one_version_everywhere() -> None:
    versions: dict[str, set[str]] = {}
    for path in [*WORKFLOWS, *ACTIONS]:
        for action, version in re.findall(
            r"uses: ([\w-]+/[\w-]+)(?:/[\w-]+)?@(.*)", path.read_text(encoding="utf-8")
        ):
            versions.setdefault(action, set()).add(version)
    assert all(len(known) == 1 for known in versions.values()), versions


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_scripts_are_one_call_of_pairing(path: Path) -> None:
    scripts = [step["run"] for step in _steps(path) if "run" in step]
    for script in scripts:
        assert "${{" not in script, "a value that GitHub pastes into a script is code; hand it over in env:"
        assert script.startswith("pairing "), script
        assert "\n" not in script.strip(), script


def test_caches_are_of_photos_and_their_keys_are_what_decides_them() -> None:
    steps = [step["with"] for step in _steps(PUBLISH) if step.get("uses", "").startswith("actions/cache@")]
    assert [step["path"] for step in steps] == [PHOTO_CACHE, EVIDENCE]
    for step in steps:
        photos = {f"records/**/*{suffix}" for suffix in PHOTO_SUFFIXES}
        hashed = set(re.findall(r"'([^']+)'", step["key"]))
        assert photos | {"requirements.txt", "generator/images/*.py"} <= hashed
        assert step["key"].startswith(step["restore-keys"])


def test_a_pull_request_s_run_saves_no_cache() -> None:
    """It reads what the base branch kept, from the same place, or it would never be found."""
    uses = [
        (path.name, step["uses"].partition("@")[0], step["with"]["path"])
        for path in [*WORKFLOWS, *ACTIONS]
        if path not in (PUBLISH, MESSAGES)
        for step in _steps(path)
        if "actions/cache" in step.get("uses", "")
    ]
    assert uses == [("check.yml", "actions/cache/restore", EVIDENCE)]
    assert [f"--cache {EVIDENCE} " in step["run"] for step in _scripts("check.yml")] == [False, True]


def test_the_verdict_is_handed_no_text_of_a_request() -> None:
    """Its rights are used by the default branch's code, which gets a number, its token and the site's address.

    All else that is pasted in was made by `pairing request`, which holds it to its form, or by the runner.
    """
    assert load(COMMENT)["on"] == {
        "workflow_run": {"workflows": [load(CHECK)["name"]], "types": ["completed"]}
    }
    assert CHECK.relative_to(ROOT).as_posix() == find_request.CHECK
    expressions = re.findall(r"\$\{\{ (.*?) \}\}", COMMENT.read_text(encoding="utf-8"))
    assert set(expressions) == {
        "github.event.workflow_run.head_repository.id",  # names of the queue, nothing else
        "github.event.workflow_run.head_branch",
        "github.event.workflow_run.id",
        "github.event.repository.default_branch",
        "github.token",
        "github.server_url",
        "github.repository",
        "github.run_id",
        "vars.PAIRING_SITE_URL",
        "steps.request.outputs.number",
        "steps.request.outputs.head",
        "steps.request.outputs.submitted",
        "steps.request.outputs.accounts",
        "steps.check.outcome",
        "steps.preview.outputs.artifact-url",
    }
    assert [e for e in expressions if "head_branch" in e] == ["github.event.workflow_run.head_branch"]
    assert "head_branch" in load(COMMENT)["concurrency"]["group"]
    (job,) = _jobs(COMMENT).values()
    assert "env" not in job
    assert job["if"] == "github.event.workflow_run.event == 'pull_request'"


def test_only_what_asks_the_forge_holds_the_verdict_s_token() -> None:
    holding = [step["name"] for step in _steps(COMMENT) if "github.token" in str(step)]
    assert holding == ["Request", "Verdict and comment"]
    assert [step["run"].split()[:2] for step in _scripts("comment.yml")] == [
        ["pairing", "request"],
        ["pairing", "check"],
        ["pairing", "preview"],
        ["pairing", "comment"],
    ]


def test_the_verdict_runs_the_default_branch_and_reads_the_very_commit_it_judges() -> None:
    project, set_up, _, records = _steps(COMMENT)[:4]
    assert project["with"] == {"persist-credentials": "false"}  # no ref: the default branch
    assert set_up["uses"] == "./.github/actions/setup"
    (asked,) = (step for step in _steps(CHECK) if step.get("with", {}).get("path") == "submission")
    assert records["uses"] == asked["uses"]
    assert records["with"] == {**asked["with"], "ref": "${{ steps.request.outputs.head }}"}
    (verdict,) = (step for step in _scripts("comment.yml") if step["name"] == "Verdict and comment")
    assert verdict["env"]["HEAD"] == records["with"]["ref"]


def test_a_step_of_the_verdict_that_fails_leaves_no_green_status() -> None:
    """What may fail is what the verdict asks about, or what only looks; without the rest there is no status at all."""
    steps = _steps(COMMENT)
    lenient = [step["name"] for step in steps if step.get("continue-on-error")]
    assert lenient == [
        "Records, as the pull request would leave them",
        "Check",
        "Preview",
        "Preview, to download",
    ]
    assert not any("always()" in step.get("if", "") or "cancelled()" in step.get("if", "") for step in steps)
    check, verdict = (s for s in steps if s["name"] in ("Check", "Verdict and comment"))
    assert check["if"] == "steps.records.outcome == 'success'"
    assert verdict["env"]["CHECKED"] == "${{ steps.check.outcome }}"
    assert '--checked "$CHECKED" --status' in verdict["run"]


def test_no_text_of_an_issue_is_in_the_workflow_that_takes_it_in() -> None:
    """The command reads the event's file; expressions are the two tokens, a setting, and the issue's number for the queue."""
    workflow = load(INTAKE)
    assert workflow["on"] == {"issues": {"types": ["opened", "edited", "reopened"]}}
    (job,) = workflow["jobs"].values()
    assert job["if"] == f"contains(github.event.issue.labels.*.name, '{issue.LABEL}')"
    assert job["environment"] == "intake"
    assert "env" not in job
    checkout_step, set_up, script = job["steps"]
    assert checkout_step["with"] == {"persist-credentials": "false"}  # no ref: the default branch
    assert set_up == {"name": "Generator", "uses": "./.github/actions/setup"}
    assert script["run"] == 'pairing intake --event "$GITHUB_EVENT_PATH"'
    assert re.findall(r"\$\{\{ (.*?) \}\}", INTAKE.read_text(encoding="utf-8")) == [
        "github.event.issue.number",
        "github.token",
        "secrets.PAIRING_BOT_TOKEN",
        "vars.PAIRING_ATTACHMENT_HOSTS",
    ]


# --- forms ----------------------------------------------------------------------------------------


FORMS = [path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml"]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_an_issue_form_is_complete(path: Path) -> None:
    form = load(path)
    assert {"name", "description", "title", "labels", "body"} == set(form)
    asked = [field for field in form["body"] if field["type"] != "markdown"]
    names = [field["id"] for field in asked]
    assert len(names) == len(set(names)) > 0
    assert all(field["attributes"]["label"] for field in asked)


def test_the_form_asks_what_the_intake_reads() -> None:
    fields = load(ROOT / ".github" / "ISSUE_TEMPLATE" / "submit-report.yml")
    asked = [field for field in fields["body"] if field["type"] != "markdown"]
    assert fields["labels"] == [issue.LABEL]
    assert tuple(field["attributes"]["label"] for field in asked) == issue_form.LABELS
    (people,) = (field["attributes"]["options"] for field in asked if field["id"] == "people")
    assert people == list(issue_form.PEOPLE_ANSWERS)


def test_code_owners_cover_the_workflows_and_the_bureaus_records() -> None:
    text = (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8")
    rules = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    assert all(len(rule) >= 2 and rule[1].startswith("@") for rule in rules)
    assert {"*", "/.github/", "/records/", "/records/bureau/"} <= {rule[0] for rule in rules}


# --- every script, in a scratch clone ------------------------------------------------------------


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory, archive: Path) -> Path:
    """Return the project with the sample's records, its months not yet closed: a school may still mend them."""
    scratch = tmp_path_factory.mktemp("repository")
    books = shutil.ignore_patterns("closings", "amendments", "filings.yml")
    shutil.copytree(archive / "records", scratch / "open", ignore=books)
    return snapshot(ROOT, scratch / "origin", records=scratch / "open")


@pytest.fixture(scope="module")
def prepared(repository: Path, kept_evidence: Path, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """Check out the project and run the set-up action's own script, once for all workflows.

    What `publish` kept of the archive's photos is there, as by the workflows' caches.
    """
    scratch = tmp_path_factory.mktemp("runner")
    workspace = checkout(repository, scratch / "workspace", git(repository, "rev-parse", "main"))
    runner = Runner(workspace=workspace, binaries=environment(scratch / "python"), scratch=scratch)
    for action in ACTIONS:
        for step in _steps(action):
            if "run" in step:
                done = runner.run(step)
                assert done.code == 0, done.output
    assert (runner.binaries / "pairing").exists()
    shutil.copytree(kept_evidence, workspace / EVIDENCE)
    return runner


def _scripts(workflow: str) -> list[dict[str, Any]]:
    return [step for step in _steps(ROOT / ".github" / "workflows" / workflow) if "run" in step]


def _submit(repository: Path, name: str, change: Any) -> str:
    """Let `change(folder)` work on a branch as a school would, and return GitHub's trial merge of it."""
    folder = repository.parent / name
    git(repository.parent, "clone", "--quiet", str(repository), str(folder))
    git(folder, "checkout", "--quiet", "-b", name)
    change(folder)
    commit(folder, "材料")
    git(folder, "checkout", "--quiet", "main")
    git(folder, "merge", "--quiet", "--no-ff", "--message", "Trial merge", name)
    merge = git(folder, "rev-parse", "HEAD")
    git(folder, "push", "--quiet", "origin", f"{merge}:refs/pull/{name}/merge")
    return merge


ONLY_LOOKS = {"Evidence"}
"""The scripts of check.yml that make nothing red; each takes seconds, so not every test runs them."""


def _check(
    repository: Path, prepared: Runner, merge: str, *, looks: Collection[str] = ()
) -> tuple[int, str, str]:
    """Lay the submission beside the project as check.yml asks and run its scripts up to a failure."""
    assert {script["name"] for script in _scripts("check.yml")} >= ONLY_LOOKS
    steps = _steps(ROOT / ".github" / "workflows" / "check.yml")
    asked = next(step["with"] for step in steps if "path" in step.get("with", {}))
    target = prepared.workspace / asked["path"]
    shutil.rmtree(target, ignore_errors=True)
    checkout(repository, target, merge, depth=int(asked["fetch-depth"]), sparse=asked["sparse-checkout"])
    # Whatever is compared must be here: a runner has no credentials to fetch a missing object with.
    git(target, "remote", "set-url", "origin", (repository.parent / "gone").as_uri())
    output = summary = ""
    for script in _scripts("check.yml"):
        if script["name"] in ONLY_LOOKS.difference(looks):
            continue
        done = prepared.run(script)
        output, summary = output + done.output, summary + done.summary
        if done.code:
            return done.code, output, summary
    return 0, output, summary


def _an_activity(folder: Path) -> Path:
    return min((folder / "records" / "leimeng" / "2020" / "05").glob("*/activity.md"))


def test_check_passes_a_good_submission(repository: Path, prepared: Runner) -> None:
    def change(folder: Path) -> None:
        path = _an_activity(folder)
        path.write_bytes(path.read_bytes().rstrip() + "\n\n家长反馈良好，下月继续。\n".encode())

    code, output, _ = _check(repository, prepared, _submit(repository, "good", change), looks=ONLY_LOOKS)
    assert code == 0, output
    assert "::error" not in output
    # What comment.yml does of it, by the code of the default branch.
    for script in _scripts("comment.yml")[1:3]:
        done = prepared.run(script)
        assert done.code == 0, done.output
    report = read_report((prepared.workspace / "report/report.json").read_bytes())
    assert (report.verdict, [r.change for r in report.receipt.records]) == ("green", ["changed"])
    made = prepared.workspace / "preview"
    assert len([*made.rglob("index.html")]) == 3, output


def test_check_shows_a_photo_that_was_used_before_side_by_side(repository: Path, prepared: Runner) -> None:
    used: list[str] = []

    def change(folder: Path) -> None:
        own = next(iter(sorted(_an_activity(folder).parent.glob("*.jpg"))))
        other = min((folder / "records" / "jinguoguo" / "2020" / "05").glob("*/*.jpg"))
        own.write_bytes(other.read_bytes())
        used.extend(path.relative_to(folder).as_posix() for path in (own, other))

    code, output, summary = _check(
        repository, prepared, _submit(repository, "reused", change), looks={"Evidence"}
    )
    assert code == 0, output
    assert "图片疑似重复使用 1 处" in output
    assert "::warning" in output
    _, _, shown = summary.partition("## 疑似重复使用的图片和文字")
    assert [path for path in used if f"<code>{path}</code>" in shown] == used


def test_check_holds_the_reporting_day_against_the_requests_own(repository: Path, prepared: Runner) -> None:
    """The request was opened on 30 May in the county (17:30 of the 29th in London) and changed that day."""
    new = "records/leimeng/2020/05/28-mentoring/activity.md"

    def change(folder: Path) -> None:
        text = _an_activity(folder).read_text(encoding="utf-8")
        for name, value in (("title", "师徒结对"), ("date", "2020-05-28"), ("reported", "2020-05-29")):
            text = re.sub(rf"(?m)^{name}: .*$", f"{name}: {value}", text)
        text = re.sub(r"(?m)^(plan: .*|photos:|  - \{file: .*)\n", "", text)
        (folder / new).parent.mkdir()
        (folder / new).write_text(text, encoding="utf-8", newline="\n")

    code, output, _ = _check(repository, prepared, _submit(repository, "back-dated", change))
    assert code == 1, output
    assert (
        "上报日期写的是 2020-05-29，这份材料却是 2020-05-30 才交来的%0A怎么改：改成 reported: 2020-05-30"
        in output
    )
    assert f"::error file={new}" in output


def test_check_fails_a_bad_submission_and_names_the_line(repository: Path, prepared: Runner) -> None:
    named = ""

    def change(folder: Path) -> None:
        nonlocal named
        path = _an_activity(folder)
        named = path.relative_to(folder).as_posix()
        text = re.sub(r"(?m)^date: .*$", "date: 2020年5月", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8", newline="\n")

    code, output, summary = _check(repository, prepared, _submit(repository, "bad", change))
    assert code == 1, output
    assert re.search(rf"(?m)^::error file={re.escape(named)},line=\d+", output), output
    assert named.split("/")[-2] in summary
    assert "%0A规则：date-format https://archive.example/rules/date-format/\n" in output
    assert "[date\\-format](<https://archive.example/rules/date-format/>)" in summary


def test_check_is_not_red_for_what_others_owe(repository: Path, prepared: Runner) -> None:
    """Another school's mistake on main fails main, not this school's pull request."""
    base = git(repository, "rev-parse", "main")
    spoiled = repository.parent / "spoiled"
    git(repository.parent, "clone", "--quiet", str(repository), str(spoiled))
    other = min((spoiled / "records" / "jinguoguo" / "2020" / "05").glob("*/activity.md"))
    other.write_text("---\ntitle：坏\n---\n", encoding="utf-8", newline="\n")
    commit(spoiled, "A mistake of another school")
    git(spoiled, "push", "--quiet", "origin", "HEAD:refs/heads/main")
    try:

        def change(folder: Path) -> None:
            path = _an_activity(folder)
            path.write_bytes(path.read_bytes().rstrip() + "\n\n家长反馈良好。\n".encode())

        code, output, _ = _check(repository, prepared, _submit(repository, "innocent", change))
        assert code == 0, output
    finally:
        git(repository, "update-ref", "refs/heads/main", base)


def test_check_runs_nothing_of_the_submission(repository: Path, prepared: Runner, tmp_path: Path) -> None:
    """Code, hooks and configuration in a pull request stay where they are: unread."""
    trace = tmp_path / "it-ran"
    payload = f"__import__('pathlib').Path({str(trace)!r}).touch()\n"

    def change(folder: Path) -> None:
        (folder / "generator" / "__init__.py").write_text(payload, encoding="utf-8")
        (folder / "records" / "sitecustomize.py").write_text(payload, encoding="utf-8")
        (folder / "sitecustomize.py").write_text(payload, encoding="utf-8")
        (folder / "mkdocs.yml").write_text("hooks: [hook.py]\n", encoding="utf-8")
        (folder / "hook.py").write_text(payload, encoding="utf-8")
        (folder / "content" / "plan" / "2020.md").write_text("换掉的条款\n", encoding="utf-8")
        path = _an_activity(folder)
        path.write_bytes(path.read_bytes().rstrip() + "\n\n家长反馈良好。\n".encode())

    _, output, _ = _check(repository, prepared, _submit(repository, "hostile", change))
    assert not trace.exists(), output
    submission = prepared.workspace / "submission"
    laid_out = {path.relative_to(submission).as_posix() for path in submission.rglob("*") if path.is_file()}
    beside = {name for name in laid_out if not name.startswith((".git/", "records/"))}
    assert beside == {".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "README.md"}


FORGES = ("trial merge", "head")


@pytest.mark.parametrize("forge", FORGES)
def test_check_is_the_same_on_forges_that_check_out_the_request_s_head(
    repository: Path, prepared: Runner, forge: str
) -> None:
    """The base branch goes on meanwhile: what others changed there is not this request's."""

    def change(folder: Path) -> None:
        path = _an_activity(folder)
        path.write_bytes(path.read_bytes().rstrip() + "\n\n家长反馈良好。\n".encode())

    base = git(repository, "rev-parse", "main")
    merge = _submit(repository, f"forge-{forge.partition(' ')[0]}", change)
    other = repository.parent / f"main-{forge.partition(' ')[0]}"
    git(repository.parent, "clone", "--quiet", str(repository), str(other))
    min((other / "records" / "jinguoguo" / "2020" / "05").glob("*/activity.md")).write_text("坏\n", "utf-8")
    commit(other, "A mistake of another school, after the request")
    git(other, "push", "--quiet", "origin", "HEAD:refs/heads/main")
    try:
        code, output, summary = _check(
            repository,
            prepared,
            merge if forge == "trial merge" else git(repository, "rev-parse", f"{merge}^2"),
        )
    finally:
        git(repository, "update-ref", "refs/heads/main", base)
    assert code == 0, output
    assert "收到 1 份材料" in output
    assert "| 修改 | 蕾梦幼儿园 | 2020年5月 |" in summary
    assert "主分支在这以后又有 1 次提交" in output


def test_check_says_where_a_record_beside_the_archive_belongs(repository: Path, prepared: Runner) -> None:
    def change(folder: Path) -> None:
        shutil.move(_an_activity(folder).parent, folder / "14-area-observation")

    code, output, summary = _check(repository, prepared, _submit(repository, "beside", change))
    assert code == 1, output
    assert re.search(r"移到 records/leimeng/2020/05/\d\d-area-observation/activity\.md，", output), output
    assert re.search(r"(?m)^\| 移动 \| 蕾梦幼儿园 \| 2020年5月 \| .*（放错位置，读不到） \|$", summary)


def test_check_refuses_a_request_that_holds_nothing(repository: Path, prepared: Runner) -> None:
    def change(folder: Path) -> None:
        (folder / "records" / "leimeng" / "new.txt").write_text("试\n", "utf-8")
        commit(folder, "Put in")
        (folder / "records" / "leimeng" / "new.txt").unlink()  # and taken out again in the next commit

    code, output, summary = _check(repository, prepared, _submit(repository, "empty", change))
    assert code == 1, output
    assert "什么也没有收到" in output
    assert "什么也没有收到" in summary


def test_check_follows_no_link_out_of_the_submission(
    repository: Path, prepared: Runner, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("---\ntitle: 不该读到的内容\n---\n", encoding="utf-8")

    def change(folder: Path) -> None:
        path = _an_activity(folder)
        path.unlink()
        path.symlink_to(secret)

    code, output, summary = _check(repository, prepared, _submit(repository, "link", change))
    assert code == 1, output
    assert "不该读到的内容" not in output + summary
    assert "Traceback" not in output


def test_check_refuses_records_that_are_themselves_a_link(repository: Path, prepared: Runner) -> None:
    def change(folder: Path) -> None:
        shutil.rmtree(folder / "records")
        (folder / "records").symlink_to("content")

    code, output, _ = _check(repository, prepared, _submit(repository, "all-links", change))
    assert code in {1, 2}, output
    assert "Traceback" not in output


@pytest.mark.slow
def test_publish_builds_what_it_uploads(prepared: Runner, archive: Path, built_site: Path) -> None:
    shutil.rmtree(prepared.workspace / "submission", ignore_errors=True)
    assert built_site.is_dir()
    # What the run before kept, as the workflow's cache hands it on.
    (kept,) = {
        step["with"]["path"] for step in _steps(PUBLISH) if "photos" in step.get("with", {}).get("key", "")
    }
    shutil.copytree(archive / kept, prepared.workspace / kept)
    for step in _scripts("publish.yml"):
        done = prepared.run(step)
        assert done.code == 0, done.output
    upload = next(
        step
        for step in _steps(ROOT / ".github" / "workflows" / "publish.yml")
        if step.get("uses", "").startswith("actions/upload-pages-artifact@")
    )
    site = prepared.workspace / upload["with"]["path"]
    assert (site / "index.html").is_file()
    assert "https://api.github.com" in (site / "write/index.html").read_text(encoding="utf-8")


def test_messages_are_sent_once_by_runs_that_hand_on_what_was_sent(prepared: Runner) -> None:
    """The whole steps, against a local robot: the second run finds the register that the first one left."""
    remind, notify = _scripts("messages.yml")
    kept = {step["with"]["path"] for step in _steps(MESSAGES) if "cache" in step.get("uses", "")}
    assert kept == {".cache/sent"}
    shutil.rmtree(prepared.workspace / ".cache/sent", ignore_errors=True)
    with service() as web:
        env = {
            "PAIRING_NOTIFY_TO": "dingtalk",
            "PAIRING_SITE_URL": "https://archive.example/",
            "PAIRING_DINGTALK_WEBHOOK": f"http://127.0.0.1:{web.port}/robot/send?access_token=geheim",
        }
        last = prepared.workspace / "records/bureau/2020/closings/2020-12.yml"
        closed = (
            re.search(r"(?m)^closed: (\S+)$", last.read_text(encoding="utf-8")) if last.exists() else None
        )
        day = closed[1] if closed else "2021-01-04"
        for _ in range(2):
            # On no day of a reminder, and on one on which nothing is owed: the sample year is complete.
            for as_of in ("2020-05-22", "2020-05-23"):
                done = prepared.run({**remind, "env": env, "run": f"{remind['run']} --as-of {as_of}"})
                assert (done.code, "不发送" in done.output) == (0, True), done.output
            done = prepared.run({**notify, "env": env, "run": f"{notify['run']} --as-of {day}"})
            assert done.code == 0, done.output
            assert "geheim" not in done.output
        assert len(web.requests) == (1 if closed else 0)


def test_month_end_is_green_when_every_due_month_is_met(prepared: Runner) -> None:
    for step in _scripts("month-end.yml"):
        done = prepared.run(step)
        assert done.code == 0, done.output
        assert done.summary.strip()


def test_month_end_is_red_and_names_school_and_month(prepared: Runner) -> None:
    folder = prepared.workspace / "records" / "leimeng" / "2020" / "05"
    shutil.move(folder, prepared.scratch / "05")
    try:
        (step,) = _scripts("month-end.yml")
        done = prepared.run(step)
    finally:
        shutil.move(prepared.scratch / "05", folder)
    assert done.code == 1, done.output
    for text in (done.output, done.summary):
        assert "蕾梦幼儿园" in text
        assert "2020-05" in text
