"""Click's help and usage errors in Chinese; click itself offers no translation for them."""

from __future__ import annotations

import difflib
import importlib
import re
from collections.abc import Mapping
from typing import Any

import click


class _ChineseHelp(click.Command):
    """A command whose help page has Chinese headings."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = [
            p.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 [选项]")
            for p in self.collect_usage_pieces(ctx)
        ]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # Click would append [required] and [x>=1]; the texts say so in Chinese.
        rows = [
            (record[0], re.sub(r"\s*\[[^\]]*(?:required|<|>)[^\]]*\]$", "", record[1]))
            for param in self.get_params(ctx)
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx))
        ]
        if rows:
            with formatter.section("选项"):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这份说明。"
        return option


class Command(_ChineseHelp):
    """A command with Chinese help; ``examples`` are shown at its end as typed."""

    def __init__(self, *args: Any, examples: tuple[tuple[str, str], ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, each with what it is for."""
        if self.examples:
            with formatter.section("例子"):
                for typed, purpose in self.examples:
                    formatter.write_text(f"# {purpose}")
                    # Never wrapped: half a command is another command.
                    formatter.write(f"{' ' * formatter.current_indent}{typed}\n")


class Group(_ChineseHelp, click.Group):
    """A group that imports a command's module only when that command is asked for.

    table: for each command, in the order of use, where it is, as ``module:function`` of this folder, and the
    line that the group's help has for it.
    """

    def __init__(self, *args: Any, table: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names in the order of use."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in self.table:
            return None
        module, _, function = self.table[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(f"generator.cli.{module}"), function)
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands before the options."""
        with formatter.section("命令"):
            formatter.write_dl([(name, line) for name, (_, line) in self.table.items()])
        super().format_options(ctx, formatter)


def usage_message(error: click.UsageError) -> str:
    """Return a usage error in Chinese: what is wrong and what to type."""
    context = error.ctx
    path = context.command_path if context else "pairing"
    option = getattr(error, "option_name", None)
    if isinstance(error, click.NoSuchOption):
        near = next(iter(error.possibilities or ()), "")
        what = f"没有选项 {error.option_name}" + (f"；是不是 {near}？" if near else "")
    elif isinstance(error, click.BadOptionUsage) and option:
        what = f"选项 {option} 的用法不对，它后面要写一个值" if "argument" in error.message else error.message
    elif isinstance(error, click.MissingParameter):
        name = error.param.get_error_hint(context) if error.param and context else (error.param_hint or "")
        what = f"缺少 {name}"
    elif isinstance(error, click.BadParameter):
        hint = error.param.opts[-1] if error.param else error.param_hint or ""
        what = f"{hint}：{_parameter(error)}"
    elif error.message.startswith("No such command"):
        typed = error.message.split("'")[1] if "'" in error.message else ""
        names = (
            context.command.list_commands(context)
            if context and isinstance(context.command, click.Group)
            else []
        )
        near_names = difflib.get_close_matches(typed, names, 1, 0.5)
        what = f"没有命令“{typed}”" + (
            f"；是不是 {near_names[0]}？" if near_names else "；可用的命令：" + "、".join(names)
        )
    elif error.message.startswith("Missing command"):
        what = "请写出要用的命令"
    elif error.message.startswith("Got unexpected extra argument"):
        what = "多写了内容：" + error.message.partition("(")[2].rstrip(")")
    else:
        what = error.message
    return f"{what}\n看用法：{path} --help"


def _parameter(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return "只能写 " + "、".join(map(str, kind.choices))
    if isinstance(kind, click.types.IntRange):
        return f"应当是 {kind.min if kind.min is not None else '…'} 到 {kind.max if kind.max is not None else '…'} 的整数"
    if isinstance(kind, click.types.IntParamType):
        return "应当是整数"
    if isinstance(kind, click.Path):
        return (
            f"没有这个文件夹：{error.message.split(chr(39))[1]}" if chr(39) in error.message else "路径不对"
        )
    return error.message
