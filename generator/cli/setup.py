"""The commands ``pairing sample``, ``start`` and ``schema``: what is done once, before a county's first record."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.command import Command
from generator.cli.options import OK, PROBLEMS, read_archive, root_option
from generator.plumbing.project import PROJECT


@click.command(
    cls=Command,
    examples=(
        ("pairing sample --out 样例", "写出 18 所校（园）的示例年度"),
        ("pairing sample --out 大样例 --activities 4000 --photos 0", "写出 4000 份记录，用来测速度"),
    ),
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="写到哪里；应当是新文件夹。",
)
@click.option(
    "--seed",
    type=int,
    default=2020,
    metavar="整数",
    help="换一个数就换一批内容；同样的参数总得到同样的文件。",
)
@click.option(
    "--schools", type=click.IntRange(2, 5000), metavar="数量", help="校（园）数；默认是方案里的 18 所。"
)
@click.option("--years", type=click.IntRange(1, 30), default=1, metavar="数量", help="年数；默认 1。")
@click.option(
    "--activities", type=click.IntRange(0, 1_000_000), metavar="数量", help="活动总数；默认每校每月都完成。"
)
@click.option("--photos", type=click.IntRange(0, 100_000), metavar="数量", help="图片总数；0 为不要图片。")
def sample(
    out: Path, seed: int, schools: int | None, years: int, activities: int | None, photos: int | None
) -> int:
    """写出一份完整的示例档案（示例数据，同样的参数得到同样的文件）。"""
    from generator.plumbing.progress import stages
    from generator.sample import OutputNotEmptyError, write_sample
    from generator.sample.whole_years import close_years, publish_terms

    def finish(root: Path) -> None:
        close_years(root, PROJECT / "content")
        publish_terms(root, PROJECT / "content")

    try:
        with stages() as progress:
            counts = write_sample(
                out,
                template=PROJECT,
                seed=seed,
                schools=schools,
                years=years,
                activities=activities,
                photos=photos,
                progress=progress,
                finish=finish,
            )
    except OutputNotEmptyError as error:
        raise click.UsageError(str(error)) from None
    click.echo(
        f"已写出 {out}：{counts.schools} 所校（园）、{counts.activities} 份活动、{counts.photos} 张图片。"
    )
    click.echo(f"生成网站：pairing build --root {out}")
    return OK


@click.command(
    cls=Command,
    examples=(
        ("pairing start --dry-run", "先看会删去哪些示例文件"),
        ("pairing start", "删去示例，开始正式使用"),
        ("pairing start --pairings 附件2.docx --dry-run", "照本县的结对安排表建校（园），先看代号对不对"),
        (
            "pairing start --pairings 附件2.docx --county 某县 --year 2021 --id 蓝天幼儿园=lantian",
            "另一个县、另一年，自己定一个代号",
        ),
    ),
)
@root_option
@click.option(
    "--pairings",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="结对安排表（附件2，.docx 或 .xlsx）：照它写 programme.yml 的对子和各园的 school.yml。",
)
@click.option("--county", metavar="县名", help="县区名称，如 高台县；默认看表的标题。")
@click.option("--year", type=click.IntRange(2000, 2099), metavar="年度", help="方案年度；默认看表的标题。")
@click.option("--id", "ids", multiple=True, metavar="园名=代号", help="自己定一所园的代号，可以写几次。")
@click.option("--dry-run", is_flag=True, help="只列出会做什么，不动任何文件。")
def start(
    root: Path,
    pairings: Path | None,
    county: str | None,
    year: int | None,
    ids: tuple[str, ...],
    dry_run: bool,
) -> int:
    """删去全部示例数据，留下方案、学校和空白计划表，开始正式使用。

    只删标有 sample: true 的文件和它们的图片；真实记录一份不动。

    写了 --pairings，就照结对安排表建好校（园）：已有的园代号不变，新的园按拼音起代号，责任人按次序对上；对不上的都列出来。
    """
    from generator.actions.start import StartError, write_files
    from generator.actions.start import start as start_archive

    if pairings is None and (county or year or ids):
        raise click.UsageError("--county、--year、--id 和 --pairings 一起用")
    try:
        if pairings is not None:
            from generator.documents.tables import arrangement

            planned = arrangement.prepare_county(
                read_archive(root), pairings, county=county, year=year, ids=ids
            )
            if isinstance(planned, arrangement.Refusal):
                click.echo(click.style("什么都没有改：", fg="red"), err=True)
                for reason in planned.reasons:
                    click.echo(f"  {reason}", err=True)
                return PROBLEMS
            for line in arrangement.describe_county(planned, dry_run=dry_run):
                click.echo(line)
            if not dry_run:
                write_files(root, planned.files, planned.removed)
        report = start_archive(root, dry_run=dry_run)
    except StartError as error:
        click.echo(str(error), err=True)
        return PROBLEMS
    except OSError as error:
        click.echo(
            click.style("没有做完：", fg="red") + f"写不进去（{error.strerror}）；可以再运行一次", err=True
        )
        return PROBLEMS
    verb = "将" if dry_run else "已"
    for path in report.removed if dry_run else ():
        click.echo(f"删去 {path}")
    click.echo(
        f"{verb}删去 {len(report.removed)} 个示例文件，{verb}写出 {len(report.plans)} 份空白计划表，保留真实记录 {len(report.kept)} 份。"
    )
    if dry_run:
        click.echo("真正执行时去掉 --dry-run" if pairings else "真正执行：pairing start")
    return OK


@click.command(
    cls=Command,
    examples=(
        ("pairing schema", "修改记录格式之后更新 records/schema"),
        ("pairing schema --check", "看是否需要更新"),
    ),
)
@root_option
@click.option("--check", "check_only", is_flag=True, help="只看是否需要更新；需要时退出码为 1。")
def schema(root: Path, check_only: bool) -> int:
    """更新编辑器使用的字段说明（JSON Schema）。维护程序的人使用。"""
    from generator.records import schemas

    stale = schemas.stale_schemas(root) if check_only else schemas.write_schemas(root)
    for path in stale:
        click.echo(f"{'需要更新' if check_only else '已更新'} {path}")
    return PROBLEMS if check_only and stale else OK
