"""Requests that lie about history: messages, replaced commits, branches and tags of a telling name, other histories."""

from __future__ import annotations

from tests.hostile_requests.case import GONE, OLD, Case, record, submitted

BAD = {f"{OLD}/activity.md": "---\ntitle：坏\n---\n"}
COMMANDS = (
    "::error::x\n::set-output name=a::b\n##[error]y\n\nSigned-off-by: $(touch /tmp/hostile-requests-canary)\n"
)

CASES = (
    Case(name="message-with-commands", files=submitted(), message=COMMANDS),
    Case(name="message-skips-checks", files=BAD, message="[skip ci] [no ci] ***NO_CI***"),
    Case(name="nothing-changed", files={}),
    Case(name="history-of-its-own", files=submitted(), orphan=True),
    Case(name="base-rewritten", files=submitted(), refs={"refs/heads/main": "orphan"}),
    Case(name="tag-named-as-the-base", files=BAD, refs={"refs/tags/origin/main": "tag-named-as-the-base"}),
    Case(
        name="tag-of-all-but-a-harmless-line",
        files={**BAD, **submitted()},
        refs={"refs/tags/origin/main": "tag-named-as-the-base"},
    ),
    Case(name="tag-named-as-the-branch", files=BAD, refs={"refs/tags/main": "tag-named-as-the-base"}),
    Case(name="branch-named-as-the-base", files=BAD, refs={"refs/heads/origin/main": "tag-named-as-the-base"}),
    Case(name="branch-named-head", files=BAD, refs={"refs/heads/HEAD": "tag-named-as-the-base"}),
    Case(name="replaced-base", files=BAD, refs={"refs/replace/BASE": "tag-named-as-the-base"}),
    Case(name="record-taken-away", files={OLD: GONE}),
    Case(name="record-exchanged", files={OLD: GONE, "records/yi/2021/02/08-visit/activity.md": record("2021-02-08", partner="jia")}),
)  # fmt: skip
