"""Open the request for an issue's branch, or bring it up to date; one that is merged or closed is left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from generator.actions.comments.forge_api import Forge, ForgeError
from generator.actions.receive.placement import Placement
from generator.archive import Corpus
from generator.plumbing.chinese_days import format_chinese_day

State = Literal["open", "merged", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as the forge knows it."""

    number: int
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A request's title and text. Nothing in them is the issue's, so nothing in them means anything to a forge."""

    title: str
    body: str


def name_branch(issue: int) -> str:
    """Return the branch of an issue: the same however often it is edited."""
    return f"submit/issue-{issue}"


def write_words(corpus: Corpus, placements: Sequence[Placement], issue: int) -> Words:
    """Return what the request and the commit say: schools, days and kinds of help by the archive's own names."""
    lines = [
        f"- {_describe(corpus, placement)}（`{placement.path}/`{f'，换掉 `{placement.over.path}/`' if placement.over else ''}）"
        for placement in placements
    ]
    title = _describe(corpus, placements[0]) if len(lines) == 1 else _count(corpus, placements)
    body = [f"由“交材料”的表收来：#{issue}。合并以后，那份表自动关闭（Closes #{issue}）。", "", *lines]
    return Words(title=f"{title}（交材料 #{issue}）", body="\n".join(body))


def _describe(corpus: Corpus, placement: Placement) -> str:
    record = placement.record
    day = (
        format_chinese_day(record.data.date)
        if record.knows("date")
        else f"{int(record.month[5:])}月{int(record.folder[:2])}日"
    )
    programme = corpus.find_programme(record.year)
    slug = record.folder.partition("-")[2]
    names = {measure.id: measure.name for measure in programme.measures} if programme else {}
    return f"{corpus.name_school(record.school)} {day} {names.get(slug, '活动')}"


def _count(corpus: Corpus, placements: Sequence[Placement]) -> str:
    schools = dict.fromkeys(placement.record.school for placement in placements)
    return f"{'、'.join(corpus.name_school(school) for school in schools)} {len(placements)} 份材料"


def find_request(forge: Forge, branch: str) -> Request | None:
    """Return the newest request of a branch of the repository itself. Raises ForgeError."""
    owner = forge.repository.partition("/")[0]
    found, _ = forge.fetch_all("/pulls", state="all", head=f"{owner}:{branch}", pages=1)
    own = [pull for pull in map(_mapping, found) if _is_of(forge, pull, branch)]
    if not own:
        return None
    newest = max(own, key=lambda pull: _number(pull.get("number")))
    state: State = "open" if newest.get("state") == "open" else "closed"
    if newest.get("merged_at") or newest.get("merged"):
        state = "merged"
    return Request(number=_number(newest.get("number")), state=state)


def put_request(forge: Forge, known: Request | None, branch: str, base: str, words: Words) -> int:
    """Open a request for a branch, or write the title and text of the one that is open; return its number."""
    value = {"title": words.title, "body": words.body}
    if known:
        forge.send_json("PATCH", f"/pulls/{known.number}", value)
        return known.number
    made = _mapping(forge.send_json("POST", "/pulls", {**value, "head": branch, "base": base}))
    return _number(made.get("number"))


def _is_of(forge: Forge, pull: Mapping[str, Any], branch: str) -> bool:
    head = _mapping(pull.get("head"))
    name = str(_mapping(head.get("repo")).get("full_name", "")).lower()
    return head.get("ref") == branch and name == forge.repository.lower()


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _number(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**53:
        return value
    raise ForgeError("答复里的编号不是数字")
