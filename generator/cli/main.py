"""The command ``pairing``: its table of commands and their exit codes.

Exit codes: 0 nothing wrong, 1 problems found, 2 wrong usage or a file that the system refuses, 3 a defect of the
program, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import traceback
from collections.abc import Sequence

import click

from generator import __version__
from generator.cli.command import Group, describe_usage_error
from generator.cli.completion_values import VARIABLE
from generator.cli.missing_package import describe_missing_package
from generator.cli.options import CRASH, INTERRUPTED, OK, PROBLEMS, USAGE
from generator.plumbing.system_errors import UnfitMachineError, name_system_error

COMMANDS = {
    "check": ("check:check", "检查记录是否符合实施方案和填写格式。"),
    "new": ("new:new", "新建一份活动记录：建好文件夹和要填的各栏，照片一起放好。"),
    "fix": ("fix:fix", "改好看得准的小毛病：先显示改前改后，再改。"),
    "receive": (
        "receive:receive",
        "把学校交来的材料收进档案：Word 报告、档案包、文件夹、压缩包，或者图片加一段话。",
    ),
    "status": ("status:status", "查看各校（园）每月的完成情况，以及还欠什么。"),
    "intake": ("intake:intake", "把“交材料”的表和附件收成记录，提出合并请求；工作流使用。"),
    "preview": ("preview:preview", "预览：只做这次改动的网页，看合并以后是什么样子。"),
    "request": ("request:request", "查出一次自动检查是哪个请求的、谁改过它；工作流使用。"),
    "comment": ("comment:comment", "在合并请求下面留一条言：收到了什么，哪里要改。"),
    "close": ("close:close", "月度结账：把一个月各校（园）的完成情况固定下来，并给收下的材料编备案号。"),
    "file": ("close:file_records", "备案：给还没有备案号的记录编号。"),
    "amend": ("close:amend", "更正已经结账的月份：先改好记录，再用它写明原因和决定人。"),
    "draw": ("draw:draw", "抽签：随机抽出要入校核查的校（园）和记录。"),
    "survey": ("survey:survey", "问卷：把答卷汇总成人数，写进档案。"),
    "assess": ("assess:assess", "学期考核：各校（园）的得分，每一分从哪里来。"),
    "build": ("build:build", "生成网站：校园档案、活动图库、工作简报。"),
    "serve": ("serve:serve", "在本机查看网站；记录改动后自动更新。按 Ctrl+C 停止。"),
    "bulletin": ("bulletin:bulletin", "写出一个月的简报：PDF、Word、纯文本、Markdown。"),
    "notify": ("notify:notify", "把一个月的简报发到钉钉群、企业微信群或邮箱，附上网页的链接。"),
    "remind": ("notify:remind", "截止之前提醒：列出每个校（园）这个月还欠什么、该怎么办。"),
    "programme": ("programme:programme", "年中有变：退出、加入、改名、换人、改期、免报。"),
    "keys": ("keys:keys", "给出各校（园）的填报链接和二维码，可以打印了发给各园。"),
    "photos": ("photos:photos", "图片：放进档案，从档案撤下，看占多少空间。"),
    "plan": ("plan:plan", "工作计划表（附件3）：从 Word、Excel 导入，带完成情况导出。"),
    "sample": ("sample:sample", "写出一份完整的示例档案（示例数据，同样的参数得到同样的文件）。"),
    "start": ("start:start", "删去全部示例数据，留下方案、学校和空白计划表，开始正式使用。"),
    "new-archive": ("new_archive:new_archive", "另一个县：建一份新的档案，里面没有程序，装一次就能用。"),
    "upgrade": ("upgrade:upgrade", "新版程序：把它给档案的文件（指南、工作流）换成新的。"),
    "completion": ("completion:completion", "按 Tab 键补全：显示各种终端用的脚本，装法见例子。"),
    "schema": ("schema:schema", "更新编辑器使用的字段说明（JSON Schema）。维护程序的人使用。"),
}
"""Each command's function, ``module:name`` in this folder, and its line in ``pairing --help``, in that order."""


@click.group(
    cls=Group,
    name="pairing",
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="pairing")
def pairing() -> None:
    """幼儿园结对帮扶档案：校验材料、查看欠报、生成网站。

    每个命令后面加 --help 可以看到说明和例子。
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; bad input and defects alike end without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if arguments is None and VARIABLE in os.environ:
        return _complete()
    try:
        return _run_command(arguments)
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough. Not 0: a check's verdict may be among what it did not read.
        _drop_output()
        return PROBLEMS


def _complete() -> int:
    """Answer a shell that asks for completions; whatever is wrong, it gets none and hears nothing."""
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            pairing.main(prog_name="pairing", complete_var=VARIABLE, standalone_mode=False)
    except (Exception, SystemExit):
        _drop_output()
    return OK


def _run_command(arguments: Sequence[str] | None) -> int:
    try:
        result = pairing.main(
            args=None if arguments is None else list(arguments), prog_name="pairing", standalone_mode=False
        )
        if sys.stdout:  # else it was closed
            sys.stdout.flush()
        return result if isinstance(result, int) else OK
    except click.UsageError as error:
        click.echo(click.style("用法不对：", fg="red") + describe_usage_error(error), err=True)
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo("已停止；原有文件没有改变。", err=True)  # click has ended the line already
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno is None and not isinstance(error, UnfitMachineError):
            return _report_defect(error)  # a library's words about a file's content
        click.echo(click.style("没有做成：", fg="red") + name_system_error(error), err=True)
        if os.environ.get("PAIRING_DEBUG"):
            traceback.print_exc()
        _drop_output()
        return USAGE
    except ModuleNotFoundError as error:
        advice = describe_missing_package(error.name)
        if advice is None:
            return _report_defect(error)
        click.echo(click.style("没有做成：", fg="red") + advice, err=True)
        return USAGE
    except Exception as error:  # the one place that tells a defect from bad input
        return _report_defect(error)


def _drop_output() -> None:
    """Send nowhere what streams that take no more still hold: Python would fail again while it closes them."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _report_defect(error: Exception) -> int:
    click.echo(
        click.style("程序内部出错，不是您的记录有误。", fg="red") + f"（{type(error).__name__}: {error}）",
        err=True,
    )
    if os.environ.get("PAIRING_DEBUG"):
        traceback.print_exc()
    else:
        click.echo("请把这一行发给维护人员；设环境变量 PAIRING_DEBUG=1 再运行可看到详情。", err=True)
    return CRASH
