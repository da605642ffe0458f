"""Carry an issue through: who may, what is attached, where it lies, the branch, the request, the answer.

Nothing of an issue is ever part of a command, a path, a branch, a title or a commit: what it says goes through ``receive``
into the record's own file, and into the answer as shown text.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.actions.comments.forge_api import Forge, ForgeError
from generator.actions.comments.post import put_comment
from generator.actions.intake import issue_form as forms
from generator.actions.intake.answer import MARKER, Handed, answer_outcome, answer_refusal
from generator.actions.intake.attachments import Places, find_attachments, find_signed
from generator.actions.intake.fetch import Limits, fetch_all
from generator.actions.intake.issue import Event
from generator.actions.intake.issue_branch import BranchError, Remote, commit_records, push_branch, read_tip
from generator.actions.intake.open_request import Request, find_request, name_branch, put_request, write_words
from generator.actions.photos.shrink import Progress
from generator.actions.receive.draft import Draft
from generator.actions.receive.drafting import Drafted, Group
from generator.actions.receive.evidence import Desk
from generator.actions.receive.inputs import gather, open_desk
from generator.actions.receive.placement import PhotoAnswer, Placement
from generator.actions.receive.take_in import Outcome, take_in, write_outcome
from generator.archive import Corpus, read_corpus
from generator.records.diagnostics import Diagnostic
from generator.rules.submission.changed_paths import take_paths
from generator.rules.submission.ownership import Owners, read_owners
from generator.rules.submission.verdict import judge_paths

FULL = "application/vnd.github.full+json"
"""The form of an issue that has its HTML, with signed addresses of what is attached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What an issue is worked on with.

    forge: the repository by the workflow's own token, whose account answers.   writer: by the bot's token if there is one.
    bot: the account of the workflow's token.   own_token: the writer is the bot's own, so its requests are checked.
    """

    root: Path
    corpus: Corpus
    content: Path
    today: dt.date
    forge: Forge
    writer: Forge
    places: Places
    bot: str
    own_token: bool
    limits: Limits = field(default_factory=Limits)


class _Refusal(Exception):
    """Nothing of the issue is taken: why, and what to do, both Markdown of the program's own words."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason, self.advice = reason, advice


@dataclass(frozen=True, slots=True)
class _FormAnswers:
    """What the form says of photos: who is on them, and each one's words."""

    people: str
    captions: Mapping[str, str]

    def name_school(self, desk: Desk, group: Group, drafted: Drafted) -> tuple[Desk, Drafted]:
        return desk, drafted

    def fill_in(self, desk: Desk, draft: Draft) -> Draft:
        return draft

    def replaces(self, newer: Placement) -> bool:
        return True  # in a request of its own, which the bureau reads before it merges

    def describe_photos(self, draft: Draft) -> Mapping[int, PhotoAnswer]:
        return {
            number: PhotoAnswer(
                caption=self.captions.get(photo.name),
                people=self.people,
                consent=self.people == "children",
            )
            for number, photo in enumerate(draft.photos)
        }


def take_in_issue(office: Office, event: Event, progress: Progress) -> tuple[bool, str]:
    """Do all that an issue asks for and answer it; return whether a request was made, and the answer's address or what was done.

    Raises ForgeError where the forge cannot be asked, OSError where nothing can be written.
    """
    made = False
    try:
        made, text = _hand_in(office, event, progress)
    except _Refusal as refusal:
        text = answer_refusal(refusal.reason, refusal.advice)
    except BranchError as error:
        text = answer_refusal("材料看过了，没有存进请求。", str(error))
    posted = put_comment(office.forge, event.issue.number, text, author=office.bot, marker=MARKER)
    return made, f"{posted.what}{f'：{posted.address}' if posted.address else ''}"


def _hand_in(office: Office, event: Event, progress: Progress) -> tuple[bool, str]:
    _require_private(office, event)
    owners = _require_known(office, event)
    branch = name_branch(event.issue.number)
    request = find_request(office.forge, branch)
    if request and request.state != "open":
        what = "已经合并，材料在档案里了" if request.state == "merged" else "已经关闭"
        raise _Refusal(
            f"这份表的请求 #{request.number} {what}，没有再动。", "要交新的、要重交的，请另填一份表。"
        )
    found, outcome = _read(office, event, owners, progress)
    _require_own(office, event, owners, outcome.placements)
    handed = _put(office, event, branch, request, outcome) if outcome.placements else None
    return handed is not None, answer_outcome(office.corpus, outcome, found, handed)


def _require_private(office: Office, event: Event) -> None:
    """Refuse a public repository, as it was at the event and as it is now."""
    now = office.forge.fetch_json("")
    if event.repository.private and isinstance(now, dict) and now.get("private") is True:
        return
    raise _Refusal(
        "这个仓库是公开的：表里的附件和文字**谁都看得到**，有幼儿的照片不能这样交，所以什么也没有取。",
        "请马上把表里的照片和文字删掉，再请教育局删除这份表（**Delete issue**）：改掉以后，旧的内容别人仍然翻得到。"
        "材料请用网站上的“填报”页交，或者发给档案员。",
    )


def _require_known(office: Office, event: Event) -> Owners:
    owners = read_owners(office.root, "HEAD", None)
    if owners is None or not owners.readable:
        raise _Refusal(
            "主分支上没有能用的账号名单，不知道谁可以替哪所校（园）交材料，什么也没有取。",
            "请教育局先在 `records/bureau/年度/accounts.yml` 里登记账号，再把这份表编辑一次、存一次。",
        )
    unknown = [account for account in event.accounts if not owners.knows(account)]
    if unknown:
        names = "、".join(f"`{account}`" for account in unknown)
        raise _Refusal(
            f"账号 {names} 还没有登记，不知道替哪所校（园）交材料，什么也没有取。",
            f"请教育局核实以后，在主分支的 `{owners.path}` 里加一行：`- {{name: {unknown[0]}, schools: [代号]}}`，"
            "再把这份表编辑一次、存一次。",
        )
    return owners


def _read(
    office: Office, event: Event, owners: Owners, progress: Progress
) -> tuple[tuple[str, ...], Outcome]:
    """Fetch what is attached and work out where it lies; return the foreign addresses with it."""
    form = forms.parse_form(event.issue.body or "")
    found = find_attachments(office.places, form.files, form.text)
    fetched = fetch_all(
        office.places,
        found.attachments,
        token=office.writer.token,
        signed=_find_signed(office, event) if found.attachments else {},
        limits=office.limits,
        tls=office.forge.tls,
    )
    received = gather(fetched.files, found.text)
    received = dataclasses.replace(received, refused=(*fetched.refused, *received.refused))
    try:
        desk = open_desk(office.corpus, office.today)
    except LookupError:
        raise _Refusal(
            "档案里还没有实施方案，收不了材料。", "请教育局先放好 `records/bureau/年度/programme.yml`。"
        ) from None
    desk = dataclasses.replace(
        desk,
        school=forms.find_school(desk, form.school) or _only_school(owners, event),
        date=forms.parse_day(form.date),
        measure=forms.find_measure(desk.programme, form.measure),
    )
    captions = {each.name: each.caption for each in found.attachments if each.caption}
    with tempfile.TemporaryDirectory(prefix="pairing-intake-") as workspace:
        outcome = take_in(desk, received, Path(workspace), progress, _FormAnswers(form.people, captions))
    return found.foreign, outcome


def _only_school(owners: Owners, event: Event) -> str | None:
    """Return the school of an account that has one alone."""
    schools = owners.schools.get(event.issue.user.login.lower(), frozenset())
    return next(iter(schools)) if len(schools) == 1 else None


def _find_signed(office: Office, event: Event) -> dict[str, str]:
    """Return signed addresses of pictures, for which a workflow's token is enough; none where the forge has none."""
    try:
        issue = dataclasses.replace(office.forge, accept=FULL).fetch_json(f"/issues/{event.issue.number}")
    except ForgeError:
        return {}
    html = issue.get("body_html") if isinstance(issue, dict) else None
    return find_signed(office.places, html) if isinstance(html, str) else {}


def _require_own(office: Office, event: Event, owners: Owners, placements: list[Placement]) -> None:
    for account in event.accounts:
        for placement in placements:
            if not all(owners.may_change(account, f"{path}/activity.md") for path in placement.paths):
                name = office.corpus.name_school(placement.record.school)
                raise _Refusal(
                    f"这是{name}的材料，账号 `{account}` 不能替它交，没有收。",
                    f"交错园的，在表里改“园名”再存；确实替它代交的，请教育局在 `{owners.path}` 里给这个账号加上 "
                    f"`{placement.record.school}`。",
                )


def _put(office: Office, event: Event, branch: str, request: Request | None, outcome: Outcome) -> Handed:
    """Write, check, commit, push and open the request."""
    remote = Remote(server=office.places.server, token=office.writer.token)
    tip = read_tip(office.root, remote, branch)
    paths = outcome.paths
    words = write_words(office.corpus, outcome.placements, event.issue.number)
    write_outcome(office.root, outcome)
    problems = _check(office, [placement.path for placement in outcome.placements])
    commit = commit_records(office.root, branch, paths, f"{words.title}\n\n{words.body}")
    push_branch(office.root, remote, branch, commit, tip)
    number = put_request(office.writer, request, branch, event.repository.default_branch, words)
    return Handed(request=number, problems=problems, starts_check=office.own_token)


def _check(office: Office, paths: list[str]) -> tuple[Diagnostic, ...]:
    """Return what the check says of the records just written; their photos were decoded when they were received."""
    corpus = read_corpus(office.root, content=office.content, progress=lambda done: None)
    given = take_paths(office.root, [str(office.root / path) for path in paths])
    found = judge_paths(corpus, office.today, given).diagnostics
    return tuple(problem for problem in found if given.is_concerned_by(problem))
