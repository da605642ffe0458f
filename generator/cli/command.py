"""Click commands with examples in their help, groups that import commands when asked for, usage errors in Chinese."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Mapping
from typing import Any

import click
from click.shell_completion import CompletionItem

from generator.cli.click_messages import speak_chinese

speak_chinese()


class Command(click.Command):
    """A command; ``examples``, each with its purpose, are shown at the end of its help as they are typed."""

    def __init__(self, *args: Any, examples: tuple[tuple[str, str], ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options_metavar = "[选项]"
        self.examples = examples

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was typed; wrong usage knows whose it is, which click says of some kinds only."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the first line, without the space that English has after the colon."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options, each with its text alone: that says already what is required and within what bounds."""
        options = [
            each for each in self.get_params(ctx) if isinstance(each, click.Option) and not each.hidden
        ]
        with formatter.section("选项"):
            formatter.write_dl([(each.get_help_spec(ctx), each.help or "") for each in options])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        if self.examples:
            with formatter.section("例子"):
                for typed, purpose in self.examples:
                    formatter.write_text(f"# {purpose}")
                    # Never wrapped: half a command is another command.
                    formatter.write(f"{' ' * formatter.current_indent}{typed}\n")


class Group(Command, click.Group):
    """A group that imports a command's module only when that command is asked for.

    table: for each command, in the order of use, where it is, as ``module:function`` of this folder, and the
    line that the group's help has for it.
    """

    def __init__(self, *args: Any, table: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subcommand_metavar = "命令 [选项]"
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

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Return the commands that begin with what is typed, without importing any, and the options."""
        found = [CompletionItem(name, help=line) for name, (_, line) in self.table.items()]
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [*(item for item in found if item.value.startswith(incomplete)), *options]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands before the options."""
        with formatter.section("命令"):
            formatter.write_dl([(name, line) for name, (_, line) in self.table.items()])
        Command.format_options(self, ctx, formatter)


def describe_usage_error(error: click.UsageError) -> str:
    """Return what is wrong, what to type instead, and where that is explained."""
    context = error.ctx
    match error:
        case click.NoSuchOption():
            what = error.message + (f"；是不是 {error.possibilities[0]}？" if error.possibilities else "")
        case click.NoSuchCommand():
            names = (
                context.command.list_commands(context)
                if context and isinstance(context.command, Group)
                else []
            )
            near = difflib.get_close_matches(error.command_name, names, 1, 0.5)
            what = error.message + (f"；是不是 {near[0]}？" if near else "；可用的命令：" + "、".join(names))
        case click.MissingParameter():
            what = f"缺少 {error.param.get_error_hint(context) if error.param else error.param_hint or ''}"
        case click.BadParameter():
            what = f"{_name_parameter(error)}：{_describe_unfit_value(error)}"
        case _:
            what = error.message
    return f"{what}\n看用法：{context.command_path if context else 'pairing'} --help"


def _name_parameter(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Argument):
        return error.param.human_readable_name.strip("[]")
    return error.param.opts[-1] if error.param else str(error.param_hint or "")


def _describe_unfit_value(error: click.BadParameter) -> str:
    match error.param.type if error.param else None:
        case click.Choice(choices=choices):
            return "只能写 " + "、".join(choices)
        case click.IntRange(min=int(least), max=int(most)):
            return f"应当是 {least} 到 {most} 的整数"
    return error.message
