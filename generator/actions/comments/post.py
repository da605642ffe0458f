"""Put the comment on the request that a run of the check was for: one comment, updated and never repeated.

What the run left is read as data. Which request it was, which commit, and whether the check passed, the forge is asked:
a run of a stranger's request could write anything into its report.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.actions.comments.compose import MARKER, Circumstances, compose_comment
from generator.actions.comments.forge_api import Forge, ForgeError
from generator.actions.comments.report import MOST_BYTES, Report, ReportError, read_report

CHECK = ".github/workflows/check.yml"
REPORT, PREVIEW = "report", "preview"
"""Names of the artifacts that the check leaves; the report's only file is ``report.json``."""
MOST_ARCHIVE = 2_000_000
_MOST_FILES = 3000
_SHA = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What was done: ``what`` in Chinese, and the comment's address."""

    what: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """A request as the forge knows it."""

    number: int
    head: str


def comment_on_run(forge: Forge, run_id: int, *, author: str, site: str) -> Posted:
    """Comment on the request that a finished run of the check was for.

    author: the account whose comments the token writes.   site: address of the site with a final slash, or "".
    Raises ForgeError where the forge says that this was no such run, or cannot be asked.
    """
    run = _mapping(forge.get(f"/actions/runs/{run_id}"))
    path = str(run.get("path", "")).partition("@")[0]
    if run.get("event") != "pull_request" or path != CHECK or run.get("status") != "completed":
        raise ForgeError(f"{run_id} 不是一次做完的“{CHECK}”")
    if run.get("conclusion") not in ("success", "failure", "timed_out"):
        return Posted(what="检查被取消或等待批准，不留言")
    request = _find_request(forge, run)
    if request is None:
        return Posted(what="没有要留言的请求：已经关闭，或者又有了新的改动")
    files, whole = forge.get_all(f"/pulls/{request.number}/files", pages=_MOST_FILES // 100)
    artifacts = _list_artifacts(forge, run_id)
    address = str(run.get("html_url", ""))
    about = Circumstances(
        head=request.head,
        passed=run.get("conclusion") == "success",
        summary=address,
        preview=f"{address}/artifacts/{artifacts[PREVIEW]['id']}" if PREVIEW in artifacts else "",
        site=site,
        doubtful=not whole or any(_touches_checks(_mapping(file)) for file in files),
    )
    body = compose_comment(_fetch_report(forge, artifacts.get(REPORT)), about)
    return put_comment(forge, request.number, body, author=author)


def put_comment(
    forge: Forge, number: int, body: str, *, author: str, marker: re.Pattern[str] = MARKER
) -> Posted:
    """Update the account's own comment with a marker, or add one. Raises ForgeError."""
    comments, _ = forge.get_all(f"/issues/{number}/comments")
    own = [
        each
        for each in map(_mapping, comments)
        if marker.search(str(each.get("body", "")))
        and str(_mapping(each.get("user")).get("login", "")).lower() == author.lower()
    ]
    if not own:
        made = _mapping(forge.send("POST", f"/issues/{number}/comments", {"body": body}))
        return Posted(what="已经留言", address=str(made.get("html_url", "")))
    last = own[-1]
    if str(last.get("body")) == body:
        return Posted(what="留言没有变化", address=str(last.get("html_url", "")))
    made = _mapping(forge.send("PATCH", f"/issues/comments/{_number(last.get('id'))}", {"body": body}))
    return Posted(what="已经更新留言", address=str(made.get("html_url", "")))


def _find_request(forge: Forge, run: Mapping[str, Any]) -> _Request | None:
    """Return the open request whose newest commit the run checked, found by the run's own branch."""
    head, source = (
        str(run.get("head_sha", "")),
        str(_mapping(run.get("head_repository")).get("full_name", "")),
    )
    branch = run.get("head_branch")
    if not _SHA.fullmatch(head) or not _NAME.fullmatch(source) or not isinstance(branch, str):
        raise ForgeError("这次运行没有写明是哪个分支的")
    owner = source.partition("/")[0]
    found = []
    for each in forge.get_all("/pulls", state="open", head=f"{owner}:{branch}")[0]:
        pull = _mapping(each)
        its_head, its_base = _mapping(pull.get("head")), _mapping(pull.get("base"))
        if (
            its_head.get("sha") == head
            and _mapping(its_head.get("repo")).get("full_name") == source
            and str(_mapping(its_base.get("repo")).get("full_name")).lower() == forge.repository.lower()
        ):
            found.append(_Request(number=_number(pull.get("number")), head=head))
    if len(found) > 1:
        raise ForgeError(f"分支 {branch[:80]} 有 {len(found)} 个请求，不知道是哪一个的检查")
    return found[0] if found else None


def _list_artifacts(forge: Forge, run_id: int) -> dict[str, Mapping[str, Any]]:
    found, _ = forge.get_all(f"/actions/runs/{run_id}/artifacts", within="artifacts", pages=1)
    artifacts = [_mapping(each) for each in found]
    return {
        str(each.get("name")): {**each, "id": _number(each.get("id"))}
        for each in artifacts
        if not each.get("expired")
    }


def _fetch_report(forge: Forge, artifact: Mapping[str, Any] | None) -> Report | None:
    """Return the run's report; None where there is none that can be read."""
    if artifact is None or _number(artifact.get("size_in_bytes")) > MOST_ARCHIVE:
        return None
    try:
        data = forge.download(f"/actions/artifacts/{artifact['id']}/zip", most=MOST_ARCHIVE)
        return unpack_report(data)
    except (ForgeError, ReportError):
        return None


def unpack_report(data: bytes) -> Report:
    """Return the report in an artifact's archive; nothing is written to disk. Raises ReportError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("report.json") as file:
            return read_report(file.read(MOST_BYTES + 1))
    except (KeyError, OSError, RuntimeError, EOFError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise ReportError("检查报告打不开") from error


def _touches_checks(file: Mapping[str, Any]) -> bool:
    names = (str(file.get("filename", "")), str(file.get("previous_filename") or ""))
    return any(name.startswith((".github/", ".gitea/", ".forgejo/")) for name in names)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _number(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53:
        return value
    raise ForgeError("答复里的编号不是数字")
