"""The commands ``pairing plan …``, each in a module of its own, and what both take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.command import Group
from generator.cli.options import read_archive

if TYPE_CHECKING:
    from generator.archive import NO_PROGRAMME, Corpus

COMMANDS = {
    "import": ("plan_import:import_plan", "把填好的工作计划表（附件3，.docx 或 .xlsx）导入为 plan.yml。"),
    "export": (
        "plan_export:export_plan",
        "把计划表写成附件3的样子（Word 或 Excel），完成情况由活动记录填好。",
    ),
}


@click.group(cls=Group, table=COMMANDS)
def plan() -> None:
    """工作计划表（附件3）：从 Word、Excel 导入，带完成情况导出。"""


year_option = click.option(
    "--year", type=click.IntRange(2000, 2099), metavar="年度", help="哪一年的计划，如 2020。"
)


def read_archive_with_programme(root: Path) -> Corpus:
    """Read the archive below ``root``. Raises a usage error where it has no programme."""
    corpus = read_archive(root)
    if not corpus.years:
        raise click.UsageError(f"“{root}”：{NO_PROGRAMME}")
    return corpus
