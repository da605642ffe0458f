"""Render the report as Markdown for GitHub's job summary, or as JSON.

Text of the archive is hostile: it stands as escaped text in HTML, where Markdown marks nothing up.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from generator.archive import Corpus
from generator.archive.privacy import mask_private_words
from generator.records import ActivityRecord
from generator.reuse.reuse_report import MATCHES, NEXT_STEPS, Report, Used

MOST_SHOWN = 30
"""Pairs of either kind in the summary; GitHub refuses one of more than a megabyte."""
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """Where a commit's files can be seen: GitHub's ``server``, ``owner/name`` and ``commit``."""

    server: str
    name: str
    commit: str

    def make_raw_address(self, path: str) -> str:
        """Return the address of a file's bytes at the commit."""
        return f"{self.server}/{self.name}/raw/{self.commit}/{quote(path)}"


def read_repository(environment: Mapping[str, str]) -> Repository | None:
    """Return where GitHub shows the files of this run, or ``None`` elsewhere."""
    server, name, commit = (environment.get(f"GITHUB_{n}", "") for n in ("SERVER_URL", "REPOSITORY", "SHA"))
    return Repository(server=server, name=name, commit=commit) if server and name and commit else None


def render_markdown(corpus: Corpus, report: Report, repository: Repository | None) -> str:
    """Return the job summary; pictures are shown where the repository is known."""
    out = ["## 疑似重复使用的图片和文字", "", _text(report.verdict), ""]
    if report.broken:
        out += ["### 打不开的图片（发布时不会显示）", ""]
        for each in report.broken[:MOST_SHOWN]:
            path = _text(each.photo.photo.file.path)
            out += [f"- <code>{path}</code>：{_text(each.message)}。怎么改：{_text(each.fix)}"]
        out += [""]
    for number, reuse in enumerate(report.reuses[:MOST_SHOWN], 1):
        share = "" if reuse.share >= 1 else f"，{int(100 * reuse.share)}% 一致"
        out += [f"### 图片 {number}：{MATCHES[reuse.match]}{share}", ""]
        out += _table(*(_photo(corpus, used, repository) for used in (reuse.first, reuse.second)))
    for number, pair in enumerate(report.texts[:MOST_SHOWN], 1):
        out += [f"### 文字 {number}：{_text(pair.match)}，{pair.share:.0%} 相同", ""]
        out += _table(_record(corpus, pair.first), _record(corpus, pair.second))
        longest = max((p.text.strip() for p in pair.first_text if p.same), key=len, default="")
        if longest:
            out += [f"<blockquote>{_text(longest[:300])}</blockquote>", ""]
    hidden = sum(max(0, len(each) - MOST_SHOWN) for each in (report.broken, report.reuses, report.texts))
    if hidden:
        out += [f"还有 {hidden} 处放不下，请在本机运行 `pairing photos report`。", ""]
    if report.reuses or report.texts:
        out += ["**接下来可以怎么做**", "", *(f"- {step}" for step in NEXT_STEPS), ""]
    return "\n".join(out) + "\n"


def render_json(corpus: Corpus, report: Report) -> str:
    """Return the report as a JSON object with ``broken`` photos, and ``photos`` and ``texts``, lists of pairs."""

    def photo(used: Used) -> dict[str, Any]:
        return _facts(corpus, used.activity) | {
            "path": used.photo.file.path,
            "digest": used.photo.digest,
            "caption": mask_private_words(used.caption, corpus.private_names.get(used.activity.year, ())),
        }

    value = {
        "date": report.today.isoformat(),
        "looked_at": {"photos": report.photos, "unread": report.unread, "records": report.records},
        "broken": [
            {"path": each.photo.photo.file.path, "message": each.message, "fix": each.fix}
            for each in report.broken
        ],
        "photos": [
            {
                "match": reuse.match.value,
                "distance": reuse.distance,
                "share": round(reuse.share, 3),
                "pair": [photo(reuse.first), photo(reuse.second)],
            }
            for reuse in report.reuses
        ],
        "texts": [
            {
                "share": round(pair.share, 3),
                "part": pair.part,
                "pair": [_facts(corpus, pair.first), _facts(corpus, pair.second)],
                "same": [passage.text for passage in pair.first_text if passage.same],
            }
            for pair in report.texts
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _facts(corpus: Corpus, activity: ActivityRecord) -> dict[str, Any]:
    return {
        "activity": activity.key,
        "school": corpus.name_school(activity.school),
        "date": activity.data.date.isoformat(),
        "title": mask_private_words(activity.data.title, corpus.private_names.get(activity.year, ())),
        "path": activity.file.path,
    }


def _text(text: str) -> str:
    """Return a text that neither Markdown nor HTML takes for mark-up, and that mentions nobody."""
    safe = html.escape(_UNPRINTABLE.sub(" ", text))
    return re.sub(r"[\\`*_~@#|\[\]]", lambda found: f"&#{ord(found[0])};", safe)


def _photo(corpus: Corpus, used: Used, repository: Repository | None) -> str:
    path = used.photo.file.path
    shown = f"<code>{_text(path)}</code>"
    if repository:
        address = html.escape(repository.make_raw_address(path))
        shown = f'<a href="{address}"><img src="{address}" width="380" alt=""></a><br>{shown}'
    return f"{shown}<br>{_about(corpus, used.activity)}"


def _record(corpus: Corpus, activity: ActivityRecord) -> str:
    return f"<code>{_text(activity.file.path)}</code><br>{_about(corpus, activity)}"


def _about(corpus: Corpus, activity: ActivityRecord) -> str:
    title = mask_private_words(activity.data.title, corpus.private_names.get(activity.year, ()))
    return f"{_text(corpus.name_school(activity.school))}，{activity.data.date}<br>{_text(title)}"


def _table(one: str, other: str) -> list[str]:
    return [
        "<table><tr>",
        f'<td valign="top">{one}</td>',
        f'<td valign="top">{other}</td>',
        "</tr></table>",
        "",
    ]
