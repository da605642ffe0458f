"""What ``pairing start`` does to CODEOWNERS: the county's office, and the organisation that is given or asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.actions.code_owners import (
    PLACE,
    fits_organisation,
    has_placeholder,
    read_owners,
    replace_owners,
)
from generator.actions.start_archive import replace_files

_ADVICE = "组织只写代号，如 someone-edu，前面不带 @"


def check_organisation(name: str | None) -> None:
    """Raise a usage error unless a name may be an organisation's."""
    if name is not None and not fits_organisation(name):
        raise click.UsageError(f"--owners {name[:40]}：{_ADVICE}")


def write_owners(root: Path, office: str, organisation: str | None, *, dry_run: bool) -> None:
    """Write the office and the organisation into the archive's CODEOWNERS, and say so.

    office: the new programme's, "" where none is new.   organisation: None asks for it on a terminal.
    """
    text = read_owners(root)
    if not text:
        return
    asks = organisation is None and office and has_placeholder(text)
    if asks and sys.stdin.isatty() and sys.stdout.isatty():
        organisation = click.prompt(
            "代码托管平台上本局的组织（写进 CODEOWNERS，由它的小组批准合并请求；还没有就直接回车）",
            default="",
            show_default=False,
        ).strip()
        if organisation and not fits_organisation(organisation):
            raise click.UsageError(_ADVICE)
    changed = replace_owners(text, office=office, organisation=organisation or "")
    if changed != text:
        click.echo(f"{'将' if dry_run else '已'}改写 {PLACE}")
        if not dry_run:
            replace_files(root, {PLACE: changed}, ())
    if office and has_placeholder(changed):
        click.echo(f"{PLACE} 里还是示例的组织：用 --owners 写上本局的，或以后自己改")
