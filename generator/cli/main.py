"""The command ``pairing``: arguments, the clock and exit codes.

Commands end with an exit code: 0 nothing wrong, 1 problems found, 2 wrong usage, 3 a defect
of the program, 130 interrupted. Modules that only one command needs are imported by that command, since a
check of one record must start fast.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import logging
import os
import shutil
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from generator import __version__
from generator.cli import close as settling
from generator.cli import notify as messages
from generator.cli import oversight as visits
from generator.cli.chinese_click import Group, LazyGroup, usage_message
from generator.cli.options import (
    CRASH,
    INTERRUPTED,
    OK,
    PROBLEMS,
    USAGE,
    Month,
    as_of_option,
    read_archive,
    require_archive,
    root_option,
)
from generator.plumbing import atomic
from generator.plumbing.project import PROJECT

if TYPE_CHECKING:
    from generator.archive import Corpus
    from generator.records.diagnostics import Diagnostic
    from generator.rules.submission.as_a_change import Days
    from generator.rules.submission.changed_paths import Submission


def _today(as_of: dt.date | None) -> dt.date:
    """Return the day to judge by: the one given, else today in the programme's usual time zone."""
    return as_of or _now().date()


def _now() -> dt.datetime:
    """Return the moment, in the programme's usual time zone."""
    return dt.datetime.now(ZoneInfo("Asia/Shanghai"))


def _as_typed() -> str:
    """Return the command as it can be typed here: ``pairing``, or its path where it is not on PATH."""
    found = shutil.which("pairing")
    own = Path(sys.argv[0])
    if found or not own.is_file():
        return "pairing"
    with contextlib.suppress(ValueError):  # another drive has no relative path
        return os.path.relpath(own)
    return str(own)


def _append_summary(text: str) -> None:
    """Append to GitHub's job summary where there is one."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        with Path(path).open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)


@click.group(
    cls=Group,
    name="pairing",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    __version__, "--version", prog_name="pairing", message="%(prog)s %(version)s", help="显示版本。"
)
@click.pass_context
def pairing(context: click.Context) -> None:
    """幼儿园结对帮扶档案：校验材料、查看欠报、生成网站。

    每个命令后面加 --help 可以看到说明和例子。
    """
    context.obj = _today
    context.meta[messages.NOW] = _now


@pairing.command(
    examples=(
        ("pairing check", "检查全部记录"),
        ("pairing check --only records/leimeng/2020/05", "只检查一个文件夹"),
        ("pairing check --changed-since origin/main", "只检查与主分支不同的部分"),
        ("pairing check --as-of 2020-05-31", "按 5 月 31 日来判断是否到期"),
        (
            "pairing check --changed-since origin/main --submitted 2020-05-28",
            "5 月 28 日交来的：核对新记录的上报日期",
        ),
    )
)
@root_option
@click.option(
    "--changed-since", metavar="版本", help="只看与这个分支或 git 版本不同的部分，从两边分开的地方算起。"
)
@click.option(
    "--only", "only_paths", metavar="路径…", multiple=True, help="只看这些文件或文件夹，可以写几个。"
)
@click.argument("more_paths", nargs=-1, metavar="")
@click.option(
    "--submitted",
    metavar="日期",
    help="材料是哪天交来的，如 2020-05-28；也可写拉取请求的时间，或“提出/最后改动”。与 --changed-since 同用，核对新记录的上报日期。",
)
@click.option(
    "--base",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="文件夹",
    help="合并以前的档案在哪个文件夹；不写就从 git 里读。",
)
@click.option(
    "--receipt",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="与 --changed-since 同用：把收到了什么、各月还欠几项另存成 JSON，给程序用。",
)
@as_of_option
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    metavar="text|github|json",
    help="输出的样子：text 给人看，github 在拉取请求上标注，json 给程序用。",
)
def check(
    root: Path,
    changed_since: str | None,
    only_paths: tuple[str, ...],
    more_paths: tuple[str, ...],
    submitted: str | None,
    base: Path | None,
    receipt: Path | None,
    as_of: dt.date | None,
    output: str,
) -> int:
    """检查记录是否符合实施方案和填写格式。

    只看改动时，先说收到了什么：每份材料是新交、修改、移动还是删去，各月算下来还欠几项。

    一次列出全部问题：在哪个文件、哪一行，依据哪一条，应当怎么改。

    指定了路径或 --changed-since 时，里面的图片也照生成网站的办法逐张打开，打不开的在这里就指出来；
    检查全部记录时不打开图片，只看文件的结构。

    退出码：0 没有错误（可以有提醒），1 有错误，2 用法不对，3 程序出错。
    """
    from generator.cli import report_problems, report_receipt
    from generator.plumbing.git import RevisionError
    from generator.rules.submission import changed_paths, verdict

    if (submitted or base or receipt) and changed_since is None:
        raise click.UsageError(
            "--submitted、--base 和 --receipt 要与 --changed-since 一起用：它们核对的是改动"
        )
    if more_paths and not only_paths:
        raise click.UsageError(f"要只检查这些路径，请写 --only {' '.join(more_paths)}")
    change = given = None
    today = _today(as_of)
    try:
        if changed_since is not None:
            change = changed_paths.changed_since(root, changed_since)
        if only_paths:
            given = changed_paths.only(root, (*only_paths, *more_paths))
        corpus = read_archive(root)
        if change:
            judged = verdict.judge_change(corpus, today, change, base, _submitted_days(submitted, corpus))
        elif given:
            judged = verdict.judge_paths(corpus, today, given)
        else:
            judged = verdict.judge_archive(corpus, today)
    except RevisionError as error:
        raise click.UsageError(str(error)) from None
    except FileNotFoundError as error:
        raise click.UsageError(f"找不到“{error}”（在档案文件夹 {root} 之内）") from None
    found = judged.diagnostics
    if touched := change or given:
        found = _with_photos(corpus, touched, found)
    if given:
        found = tuple(d for d in found if given.keeps(d))
    if receipt and judged.receipt:
        try:
            atomic.write(receipt, report_receipt.json_receipt(judged.receipt))
        except OSError as error:
            raise click.UsageError(f"“{receipt}”写不进去（{error.strerror}）") from None
    site = _site_url(root, change, base)
    if output == "json":
        click.echo(report_problems.json_report(found, site), nl=False)
    elif output == "github":
        click.echo(report_receipt.log_receipt(judged.receipt), nl=False)
        click.echo(report_problems.github_commands(found, judged.checked, site), nl=False)
        _append_summary(
            report_receipt.markdown_receipt(judged.receipt)
            + report_problems.github_summary(found, judged.checked, site)
        )
    else:
        click.echo(report_receipt.text_receipt(judged.receipt), nl=False)
        click.echo(report_problems.text_report(found, judged.checked, site), nl=False)
    return PROBLEMS if report_problems.count(found)[0] else OK


def _with_photos(
    corpus: Corpus, touched: Submission, found: tuple[Diagnostic, ...]
) -> tuple[Diagnostic, ...]:
    """Add what only decoding tells of the photos that are touched."""
    from generator.plumbing.progress import late_stages
    from generator.rules.submission.photo_trial import find_unpublishable

    cache = corpus.root / ".cache/photos"
    if not sys.stderr.isatty():
        unpublishable = find_unpublishable(corpus, touched.paths, found, cache)
    else:
        with late_stages() as show:
            unpublishable = find_unpublishable(
                corpus,
                touched.paths,
                found,
                cache,
                progress=lambda done, total: show("打开图片", done, total),
            )
    return tuple(sorted({*found, *unpublishable}, key=lambda d: d.sort_key))


def _site_url(root: Path, change: Submission | None, base: Path | None) -> str:
    """Return the site's address: of the environment, else of ``mkdocs.yml``, never of one that a change brings."""
    from generator.plumbing.git import RevisionError
    from generator.rules.submission import file_readers
    from generator.site import address as site_address

    if address := site_address.tidy(os.environ.get(site_address.VARIABLE, "")):
        return address
    if base or change is None:
        read = file_readers.folder_reader(base or root)
    else:
        read = file_readers.base_reader(root, change.before)
    try:
        return site_address.read_site_url(read(site_address.CONFIGURATION))
    except RevisionError:
        return ""


def _submitted_days(submitted: str | None, corpus: Corpus) -> Days | None:
    """Return the days of a submission as they were typed. Raises a usage error where they are none."""
    from generator.rules.submission import as_a_change

    when = as_a_change.parse_days(submitted, corpus) if submitted else None
    if submitted and when is None:
        raise click.UsageError(
            f"--submitted“{submitted[:60]}”不是日期，写成 2020-05-28，或 2020-05-28/2020-05-30 的样子"
        )
    return when


@pairing.command(
    examples=(
        ("pairing status", "看各校（园）各月完成情况和还欠什么"),
        ("pairing status --month 2020-05", "只看五月"),
        ("pairing status --fail-missing", "有到期未完成的月份就以退出码 1 结束（用于自动检查）"),
    )
)
@root_option
@click.option("--month", type=Month(), metavar="月份", help="只看一个月，如 2020-05。")
@as_of_option
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="text|json",
    help="text 给人看，json 给程序用。",
)
@click.option("--fail-missing", is_flag=True, help="有到期未完成、又未经教育局结账的月份时，退出码为 1。")
def status(root: Path, month: str | None, as_of: dt.date | None, output: str, fail_missing: bool) -> int:
    """查看各校（园）每月的完成情况，以及还欠什么。

    ✓ 完成  ◐ 不足  ✕ 未上报  ◔ 逾期  ○ 未到期
    """
    from generator.accounts import ledger
    from generator.cli import report_status

    corpus = read_archive(root)
    today = _today(as_of)
    ledgers = [found for year in corpus.years if (found := ledger.ledger(corpus, year, today))]
    if not ledgers:
        raise click.UsageError(
            f"“{root}”里没有可用的方案数据 records/bureau/年度/programme.yml；先运行 pairing check"
        )
    if month is not None:
        ledgers = [found for found in ledgers if month in found.programme.months]
        if not ledgers:
            raise click.UsageError(f"{month} 不是帮扶月")
    shown = [(found, (month,) if month else found.programme.months) for found in ledgers]
    missing = [c for found, months in shown for c in found.missing() if c.month in months]
    if output == "json":
        click.echo(report_status.json_status(corpus, shown), nl=False)
    else:
        click.echo("\n".join(report_status.text_status(corpus, *one) for one in shown), nl=False)
    if fail_missing:
        ready = [next_ for account, _ in shown if (next_ := report_status.next_closing(corpus, account))]
        _append_summary(
            report_status.markdown_missing(corpus, missing) + report_status.markdown_closing(ready)
        )
        for cell in missing if output == "json" else ():
            click.echo(report_status.owed_line(corpus, cell), err=True)
        if missing:
            return PROBLEMS
    return OK


for _command in (*settling.COMMANDS, *visits.COMMANDS):
    pairing.add_command(_command)


@pairing.command(
    examples=(
        ("pairing assess 2020-autumn", "看秋学期各校（园）的得分和失分的项目"),
        ("pairing assess 2020-autumn --explain guangcai", "一所园的每一项：依据的条款、算式和活动"),
        (
            "pairing assess 2020-autumn --weight quota:helper=36 --weight truthful:helper=0",
            "试算：改几项分值会怎样",
        ),
        ("pairing assess 2020-autumn --format xlsx --out 考核.xlsx", "存成工作簿，得分是公式"),
        ("pairing assess 2020-spring --publish --dry-run", "看要公布的结果，不写文件"),
        ("pairing assess 2020-spring --publish", "公布：把结果和分值固定下来"),
    )
)
@root_option
@click.argument("term", metavar="学期")
@click.option("--explain", metavar="校（园）", help="只看一所园（代号或园名），逐项列出条款、算式和依据。")
@click.option(
    "--what-if",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="按这个文件里的 assessment 试算；写法同 programme.yml。",
)
@click.option(
    "--weight",
    "weights",
    multiple=True,
    metavar="项目=分值",
    help="试算：改一项的分值，如 quota=40、quota:helper=40；可以写几次。",
)
@as_of_option
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "xlsx"]),
    default="text",
    metavar="text|json|xlsx",
    help="text 给人看，json 给程序用，xlsx 是工作簿。",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="写到这个文件。")
@click.option("--publish", is_flag=True, help="公布：写出 records/bureau/年度/assessments/ 下的结果文件。")
@click.option("--reason", metavar="理由", help="重新公布的理由；结果与公布的不同时要写。")
@click.option("--dry-run", is_flag=True, help="只看要公布什么，不写文件。")
def assess(root: Path, as_of: dt.date | None, **wish: Any) -> int:
    """学期考核：各校（园）的得分，每一分从哪里来。

    学期写作 2020-autumn 的样子。分值在 programme.yml 的 assessment 里；公布以后再改分值，不影响已公布的结果。
    """
    from generator.cli import assess as commands

    return commands.run(read_archive(root), root, _today(as_of), commands.Wish(**wish))


@pairing.command(
    examples=(
        ("pairing build", "生成网站到 site 文件夹"),
        ("pairing build --root 样例 --site-dir 样例网站", "为另一份档案生成网站"),
    )
)
@root_option
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="网站放在哪里；默认是档案文件夹里的 site。",
)
@as_of_option
@click.option("--strict", is_flag=True, help="有任何问题就不更换网站，以退出码 1 结束。")
def build(root: Path, site_dir: Path | None, as_of: dt.date | None, strict: bool) -> int:
    """生成网站：校园档案、活动图库、工作简报。

    先在旁边生成，全部完成才更换；中途停下，原来的网站不受影响。
    """
    require_archive(root)
    from generator.archive import begin_reading

    begun = begin_reading(root.resolve())  # a second process reads while this one loads MkDocs
    from generator.plumbing.progress import stages
    from generator.site import plugin

    with stages() as progress:
        try:
            built: plugin.Built | str = plugin.build(
                root=root, site_dir=site_dir, strict=strict, progress=progress, as_of=as_of, begun=begun
            )
        except plugin.BuildFailed as error:
            built = str(error)
    if isinstance(built, str):
        click.echo(click.style("没有生成网站：", fg="red") + built, err=True)
        return PROBLEMS
    room = None
    if (built.site / "photos").is_dir():  # a site without photos has room, and need not load their modules
        from generator.actions.photos import budget

        room = budget.warning(built.site)
    if room:
        _append_summary(f"**提醒**：{room}\n\n")
    for warning in (*built.warnings, *([room] if room else [])):
        click.echo(click.style("提醒：", fg="yellow") + warning, err=True)
    pictures = f"、{built.pictures} 张图片" if built.pictures else ""
    click.echo(f"网站已生成：{built.site}（{built.pages} 页{pictures}）")
    click.echo(f"查看：{_as_typed()} serve，然后用浏览器打开 http://127.0.0.1:8000/")
    return OK


@pairing.command(
    examples=(
        ("pairing serve", "在本机查看网站，改动后自动更新"),
        ("pairing serve --port 9000", "换一个端口"),
    )
)
@root_option
@click.option("--host", default="127.0.0.1", metavar="地址", help="监听的地址；默认只有本机能打开。")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, metavar="端口", help="默认 8000。")
@as_of_option
def serve(root: Path, host: str, port: int, as_of: dt.date | None) -> int:
    """在本机查看网站；记录改动后自动更新。按 Ctrl+C 停止。"""
    from generator.plumbing.progress import stages
    from generator.site import plugin

    require_archive(root)
    gc.enable()  # a preview may run all day
    click.echo(f"正在生成，然后请用浏览器打开 http://{host}:{port}/ （按 Ctrl+C 停止）")
    try:
        with stages() as progress:
            plugin.serve(root=root, host=host, port=port, as_of=as_of, progress=progress)
    except plugin.BuildFailed as error:
        click.echo(click.style("没有生成网站：", fg="red") + str(error), err=True)
        return PROBLEMS
    except OSError as error:
        raise click.UsageError(f"不能使用端口 {port}（{error.strerror}）；用 --port 换一个") from None
    return OK


@pairing.command(
    examples=(
        ("pairing bulletin 2020-05", "五月的简报，PDF、Word、纯文本和 Markdown 都要"),
        ("pairing bulletin 2020-05 --format docx --out 简报", "只要 Word 文件，放到文件夹“简报”里"),
        ("pairing bulletin 2020-05 --format text", "发到钉钉、微信群里的文字"),
    )
)
@click.argument("month", type=Month(), metavar="月份")
@root_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["pdf", "docx", "text", "markdown", "all"]),
    default="all",
    metavar="pdf|docx|text|markdown|all",
    help="文件的样子：pdf 打印，docx 可以用 Word、WPS 修改，text 发钉钉、微信；默认都要。",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="文件放在哪里，没有就新建；默认是当前文件夹。同名的文件会更换。",
)
@as_of_option
def bulletin(root: Path, month: str, form: str, out: Path | None, as_of: dt.date | None) -> int:
    """写出一个月的简报《基教管理》：PDF、Word、纯文本、Markdown。

    内容与网站上的简报相同：各校（园）完成情况、活动、推荐的做法、督导、下月计划。期号、印发日期、标题和编者按写在 records/bureau/年度/bulletins/月份.md 里，发送范围和联系方式写在 programme.yml 的 imprint 里。
    """
    from generator.cli import bulletin as command
    from generator.documents.bulletin.documents import FORMATS

    chosen = next((each for each in FORMATS if each == form), None)
    return command.run(root, month, chosen, out, as_of, _today)


for _command in messages.COMMANDS:
    pairing.add_command(_command)


@pairing.group(cls=LazyGroup, source="generator.cli.photos")
@click.pass_context
def photos(context: click.Context) -> None:
    """图片：放进档案，从档案撤下，看占多少空间。"""
    context.obj = _today


@pairing.group(cls=LazyGroup, source="generator.cli.plan")
@click.pass_context
def plan(context: click.Context) -> None:
    """工作计划表（附件3）：从 Word、Excel 导入，带完成情况导出。"""
    context.obj = _today


@pairing.command(
    examples=(
        ("pairing sample --out 样例", "写出 18 所校（园）的示例年度"),
        ("pairing sample --out 大样例 --activities 4000 --photos 0", "写出 4000 份记录，用来测速度"),
    )
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


@pairing.command(
    examples=(
        ("pairing start --dry-run", "先看会删去哪些示例文件"),
        ("pairing start", "删去示例，开始正式使用"),
        ("pairing start --pairings 附件2.docx --dry-run", "照本县的结对安排表建校（园），先看代号对不对"),
        (
            "pairing start --pairings 附件2.docx --county 某县 --year 2021 --id 蓝天幼儿园=lantian",
            "另一个县、另一年，自己定一个代号",
        ),
    )
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

            planned = arrangement.prepare(read_archive(root), pairings, county=county, year=year, ids=ids)
            if isinstance(planned, arrangement.Refusal):
                click.echo(click.style("什么都没有改：", fg="red"), err=True)
                for reason in planned.reasons:
                    click.echo(f"  {reason}", err=True)
                return PROBLEMS
            for line in arrangement.told(planned, dry_run=dry_run):
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


@pairing.command(
    examples=(
        ("pairing schema", "修改记录格式之后更新 records/schema"),
        ("pairing schema --check", "看是否需要更新"),
    )
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; bad input and defects alike end without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        result = pairing.main(
            args=None if arguments is None else list(arguments), prog_name="pairing", standalone_mode=False
        )
        return result if isinstance(result, int) else OK
    except click.UsageError as error:
        click.echo(click.style("用法不对：", fg="red") + usage_message(error), err=True)
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo("已停止；原有文件没有改变。", err=True)  # click has ended the line already
        return INTERRUPTED
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough. Python would complain again while closing stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:  # the one place where a defect is told from bad input
        click.echo(
            click.style("程序内部出错，不是您的记录有误。", fg="red")
            + f"（{type(error).__name__}: {error}）",
            err=True,
        )
        if os.environ.get("PAIRING_DEBUG"):
            traceback.print_exc()
        else:
            click.echo("请把这一行发给维护人员；设环境变量 PAIRING_DEBUG=1 再运行可看到详情。", err=True)
        return CRASH


def run() -> None:
    """Entry point of the installed command.

    A large build ends with hundreds of megabytes of values. The process is over, so they are not freed one
    by one; everything written is flushed first. Nor does the cyclic collector walk them while they are made:
    there is hardly a cycle among them.
    """
    gc.disable()
    code = main()
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    logging.shutdown()
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
