"""Requests whose texts speak to a forge, a browser or a server, and pictures that are something else besides."""

from __future__ import annotations

import io
import zipfile

from tests import small_archive
from tests.hostile_photos.formats import chunk, header, png, segment, zeros
from tests.hostile_requests.case import DAY, NEW, SCHOOL, Case, Files, record, submitted
from tests.scratch_photos import photo, photos_yaml

SCRIPT = "<script>alert(1)</script>"
COMMANDS = (
    "::error::x",
    "::set-output name=a::b",
    "::add-mask::二月",
    "::stop-commands::x",
    "##[error]x",
    "##[group]",
)


def everywhere(text: str) -> Files:
    """Return a request with a text in every field and part that takes words, and in keys and other tables."""
    quoted = "'" + text.replace("'", "''") + "'"
    activity = small_archive.activity(
        DAY,
        title=quoted,
        measure=quoted,
        partner=quoted,
        reported=DAY,
        extra=f"place: {quoted}\nplan: {quoted}\ngrades: [{quoted}]\nprivate: [{quoted}]\n{quoted}: {quoted}\n",
        photos=f"photos:\n  - {{file: {quoted}, caption: {quoted}, people: {quoted}}}\n",
    ).replace("lead: 业务园长", f"lead: {quoted}")
    return {
        f"{NEW}/activity.md": activity.replace("上午观摩，下午研讨。", text),
        f"{SCHOOL}/2021/02/16-visit/activity.md": record("2021-02-16", title=quoted),
        f"{SCHOOL}/school.yml": f"id: {quoted}\nname: {quoted}\nshort: {quoted}\nkind: {quoted}\nresponsible: {quoted}\n",
        f"{SCHOOL}/2021/plan.yml": f"rows:\n  - {{id: {quoted}, month: {quoted}, task: {quoted}}}\n",
        "records/bureau/2021/events/2021-02-15.md": f"---\ntitle: {quoted}\ndate: {DAY}\nhost: {quoted}\n---\n{text}\n",
    }


def _in_body(text: str) -> Files:
    return {f"{NEW}/activity.md": record().replace("上午观摩，下午研讨。", text)}


def _pictured(**photos: bytes) -> Files:
    names = {f"{name.replace('_', '.').removeprefix('n')}": data for name, data in photos.items()}
    return submitted({f"{NEW}/{name}": data for name, data in names.items()}, photos=photos_yaml(*names))


def _with_title(title: str) -> str:
    return record(title=title).replace("上午观摩，下午研讨。", "a\n::error::x\n##[error]y")


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", "x" * 2000)
    return out.getvalue()


JPEG = photo(1200, 900, seed=7)

CASES = (
    *(Case(name=f"command-{n}", files=everywhere(text)) for n, text in enumerate(COMMANDS, 1)),
    Case(name="command-after-newline", files={f"{NEW}/activity.md": _with_title('"a\\n::error::x\\r##[error]y\\u2028::z"')}),
    Case(name="script-everywhere", files=everywhere(SCRIPT)),
    Case(name="handler-everywhere", files=everywhere("\"><img src=x onerror=alert(1)>")),
    Case(name="javascript-everywhere", files=everywhere("javascript:alert(1)")),
    Case(name="template-everywhere", files=everywhere("${{ github.token }} {{ config }} {% include 'x' %} $(id) `id`")),
    Case(name="mention-everywhere", files=everywhere("@bureau fixes #1 [a](//evil.example)")),
    Case(name="comment-marker-everywhere", files=everywhere("<!-- pairing-check:1 e30= -->")),
    Case(name="escape-codes-everywhere", files=everywhere("\x1b]0;x\x07\x1b[2J\u202e")),
    Case(name="formula-everywhere", files=everywhere("=HYPERLINK(\"http://evil.example\")")),
    Case(name="markup-in-text", files=_in_body(f"{SCRIPT}\n<iframe src=//evil.example>\n[a](javascript:alert(1))\n[b](data:text/html,x)\n<javascript:alert(1)>\n")),
    *(
        Case(name=f"picture-of-{name}", files=_in_body(f"![a]({address})\n\n![b][c]\n\n[c]: {address}\n\n[d]({address})\n"))
        for name, address in (
            ("inside-service", "http://169.254.169.254/latest/meta-data/"),
            ("this-machine", "http://localhost:8080/admin"),
            ("a-file", "file:///etc/passwd"),
        )
    ),
    Case(name="photo-of-address", files=submitted(photos="photos:\n  - {file: 'http://169.254.169.254/a.jpg', caption: 图}\n  - {file: ../../../../../etc/passwd, caption: 图}\n  - {file: /etc/passwd, caption: 图}\n")),
    Case(name="polyglot-zip", files=_pictured(n01_jpg=JPEG + _zip())),
    Case(name="polyglot-html-behind", files=_pictured(n01_jpg=JPEG + f"<html>{SCRIPT}".encode())),
    Case(name="polyglot-html-inside", files=_pictured(n01_jpg=JPEG[:2] + segment(0xFE, f"<html>{SCRIPT}".encode()) + JPEG[2:])),
    Case(name="html-as-jpeg", files=_pictured(n01_jpg=f"<html>{SCRIPT}".encode())),
    Case(name="svg-as-jpeg", files=_pictured(n01_jpg=b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")),
    Case(name="gif-and-script", files=_pictured(n01_jpg=b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)")),
    Case(name="bomb-of-pixels", files=_pictured(n01_png=png(header(60_000, 60_000), pixels=zeros(64)))),
    Case(name="bomb-of-text", files=_pictured(n01_png=png(header(640, 480), chunk(b"zTXt", b"a\0\0" + zeros(300))))),
)  # fmt: skip
