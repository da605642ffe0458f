"""A printable sheet of the schools' links to 填报, a strip with a QR code for each, as PDF or HTML."""

from __future__ import annotations

import html
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from pathlib import Path

from generator.documents.bulletin.typesetting import FONTS, compile_pdf, mark_undrawable

_TEMPLATE = Path(__file__).with_name("key_sheet.typ")
_STYLE = Path(__file__).with_name("key_sheet.css")
TITLE = "各校（园）填报用的二维码"
_CARE = "里面有本园的钥匙，等于密码：不要拍照转发，不要贴在墙上；丢了马上告诉教育局，旧的就收回。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A school's strip. `link` is what the QR code holds; `page` the address that is printed, without a key.

    until: the last day of its key, in words, or "".
    """

    school: str
    name: str
    link: str = field(repr=False)
    page: str
    has_key: bool
    until: str

    @property
    def steps(self) -> str:
        """What to do with it, in words."""
        return "用手机相机或微信、钉钉的“扫一扫”打开，再选“在浏览器打开”，就能填报本月的活动。"

    @property
    def notes(self) -> list[str]:
        """What to take care of, in words."""
        until = f"钥匙用到{self.until}，到期前教育局换新的。" if self.until else ""
        return [note for note in (_CARE if self.has_key else "", until) if note]


def draw_qr(text: str) -> bytes:
    """Return a QR code as SVG, with the quiet zone of four modules that scanners want (ISO/IEC 18004)."""
    import segno

    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return out.getvalue()


def write_terminal_qr(text: str) -> str:
    """Return a QR code in half blocks, for a terminal."""
    import segno

    out = StringIO()
    segno.make(text, error="l", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue().rstrip("\n")


def make_pdf(strips: Sequence[Strip]) -> bytes:
    """Return the sheet on A4, five strips a page, to cut along the lines."""
    missing: set[str] = set()
    rows = [
        {
            "school": strip.school,
            "name": mark_undrawable(strip.name, missing),
            "page": strip.page,
            "steps": strip.steps,
            "notes": strip.notes,
        }
        for strip in strips
    ]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / _TEMPLATE.name).write_bytes(_TEMPLATE.read_bytes())
        data = {"title": TITLE, "strips": rows}
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for strip in strips:
            (folder / f"{strip.school}.svg").write_bytes(draw_qr(strip.link))
        return compile_pdf(folder / _TEMPLATE.name, FONTS)


def make_html(strips: Sequence[Strip]) -> str:
    """Return the sheet as one HTML file that asks for nothing else."""
    parts = []
    for strip in strips:
        notes = "".join(f"<p class=note>{html.escape(note)}</p>" for note in strip.notes)
        parts.append(
            f"<section>{draw_qr(strip.link).decode()}<div><h2>{html.escape(strip.name)}</h2>"
            f"<p>{html.escape(strip.steps)}</p><p class=page>{html.escape(strip.page)}</p>{notes}</div></section>"
        )
    style = _STYLE.read_text(encoding="utf-8")
    head = f'<meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>{TITLE}</title>'
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">{head}<style>{style}</style>\n'
        + "\n".join(parts)
        + "\n</html>\n"
    )
