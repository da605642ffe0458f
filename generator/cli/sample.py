"""The command ``pairing sample``: a whole sample archive, of any size."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.command import Command
from generator.cli.options import OK
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
    from generator.plumbing.progress import show_stages
    from generator.sample import OutputNotEmptyError, write_sample
    from generator.sample.whole_years import close_years, publish_terms

    def finish(root: Path) -> None:
        close_years(root, PROJECT / "content")
        publish_terms(root, PROJECT / "content")

    try:
        with show_stages() as progress:
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
