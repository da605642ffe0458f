"""Put the comment and the verdict on a request: one comment, updated and never repeated, and one status of its commit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.actions.comments.compose_comment import MARKER
from generator.actions.comments.forge_api import Forge, take_mapping, take_number

CONTEXT = "pairing/verdict"
"""The status that branch protection requires."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What was done: ``what`` in Chinese, and the comment's address."""

    what: str
    address: str = ""


def put_comment(
    forge: Forge, number: int, body: str, *, author: str, marker: re.Pattern[str] = MARKER
) -> Posted:
    """Update the account's own comment with a marker, or add one. Raises ForgeError."""
    comments, _ = forge.fetch_all(f"/issues/{number}/comments")
    own = [
        each
        for each in map(take_mapping, comments)
        if marker.search(str(each.get("body", "")))
        and str(take_mapping(each.get("user")).get("login", "")).lower() == author.lower()
    ]
    if not own:
        made = take_mapping(forge.send_json("POST", f"/issues/{number}/comments", {"body": body}))
        return Posted(what="已经留言", address=str(made.get("html_url", "")))
    last = own[-1]
    if str(last.get("body")) == body:
        return Posted(what="留言没有变化", address=str(last.get("html_url", "")))
    made = take_mapping(
        forge.send_json("PATCH", f"/issues/comments/{take_number(last.get('id'))}", {"body": body})
    )
    return Posted(what="已经更新留言", address=str(made.get("html_url", "")))


def put_status(forge: Forge, head: str, *, passed: bool, address: str) -> None:
    """Set the verdict on a commit, which is a checked name. Raises ForgeError.

    address: where "details" leads, "" for nowhere.
    """
    value = {
        "context": CONTEXT,
        "state": "success" if passed else "failure",
        "description": "主分支的程序核对过：通过" if passed else "主分支的程序核对过：没有通过，请看留言",
    }
    forge.send_json("POST", f"/statuses/{head}", value | ({"target_url": address} if address else {}))
