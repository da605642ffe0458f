"""Translate click's own messages into Chinese by a catalogue.

Click translates through the standard library's gettext, whose language is the environment's (``LANGUAGE``) and
whose domain is the whole process's. Both would reach git and the libraries beside it, and depend on the machine.
So the two functions are given to click's modules alone.
"""

from __future__ import annotations

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types
import click.utils

CATALOGUE = {
    # help
    "Usage:": "用法：",
    "Options": "选项",
    "Positional arguments": "参数",
    "Commands": "命令",
    "Show this message and exit.": "显示这份说明。",
    "Show the version and exit.": "显示版本。",
    "%(prog)s, version %(version)s": "%(prog)s %(version)s",
    "deprecated": "不再使用",
    "env var: {var}": "环境变量：{var}",
    "default: {default}": "默认：{default}",
    "(dynamic)": "（临时算出）",
    "Choice({choices})": "只能写 {choices}",
    # what is typed
    "Missing command.": "请写出要用的命令",
    "No such command {name!r}.": "没有命令“{name}”",
    "No such option {name!r}.": "没有选项 {name}",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "是不是其中一个：{possibilities}？",
    "Got unexpected extra argument ({args})": "多写了内容：{args}",
    "Got unexpected extra arguments ({args})": "多写了内容：{args}",
    "Missing argument": "缺少",
    "Missing option": "缺少",
    "Missing parameter": "缺少",
    "Missing {param_type}": "缺少",
    "Missing parameter: {param_name}": "缺少 {param_name}",
    "Invalid start character for option ({option})": "选项不能这样开头：{option}",
    "Option {name!r} does not take a value.": "选项 {name} 后面不写值",
    "Option {name!r} requires an argument.": "选项 {name} 的用法不对，它后面要写一个值",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 的用法不对，它后面要写 {nargs} 个值",
    "Argument {name!r} takes {nargs} values.": "{name} 要写 {nargs} 个值",
    "Takes {nargs} values but 1 was given.": "要写 {nargs} 个值，只写了 1 个",
    "Takes {nargs} values but {len} were given.": "要写 {nargs} 个值，写了 {len} 个",
    "{len_type} values are required, but {len_value} was given.": "要写 {len_type} 个值，只写了 {len_value} 个",
    "{len_type} values are required, but {len_value} were given.": "要写 {len_type} 个值，写了 {len_value} 个",
    "Value must be an iterable.": "要写几个值",
    # values
    "Invalid value: {message}": "{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint}：{message}",
    "Choose from:\n\t{choices}": "只能写：\n\t{choices}",
    "{value!r} is not {choice}.": "只能写 {choice}",
    "{value!r} is not one of {choices}.": "只能写 {choices}",
    "{value!r} does not match the format {format}.": "“{value}”不是 {format} 的样子",
    "{value!r} does not match the formats {formats}.": "“{value}”不是这些样子：{formats}",
    "{value!r} is not a valid {number_type}.": "应当是整数",  # no command takes other numbers
    "{value} is not in the range {range}.": "应当在 {range} 之内",
    "{value!r} is not a valid boolean. Recognized values: {states}": "只能写 {states}",
    "{value!r} is not a valid UUID.": "“{value}”不是 UUID",
    # files
    "file": "文件",
    "directory": "文件夹",
    "path": "文件或文件夹",
    "{name} {filename!r} does not exist.": "没有这个{name}：{filename}",
    "{name} {filename!r} is a file.": "要写{name}，这是文件：{filename}",
    "{name} {filename!r} is a directory.": "要写{name}，这是文件夹：{filename}",
    "{name} {filename!r} is not readable.": "{name}读不了：{filename}",
    "{name} {filename!r} is not writable.": "{name}写不进去：{filename}",
    "{name} {filename!r} is not executable.": "{name}不能运行：{filename}",
    "Could not open file {filename!r}: {message}": "打不开文件 {filename}：{message}",
    "unknown error": "原因不明",
    "Unknown standard stream '{name}'": "没有标准流“{name}”",
    # on a terminal
    "Error: {message}": "不对：{message}",
    "Error: invalid input": "不对，请重新输入",
    "Error: The two entered values do not match.": "两次输入的不一样",
    "Try '{command} {option}' for help.": "看用法：{command} {option}",
    "Do you want to continue?": "要继续吗？",
    "Confirm the action without prompting.": "不再询问，直接执行。",
    "Repeat for confirmation": "再输入一次",
    "Press any key to continue...": "按任意键继续……",
    "Aborted!": "已停止。",
}


def speak_chinese() -> None:
    """Have click say everything from the catalogue."""
    for module in (
        click.core,
        click.decorators,
        click.exceptions,
        click.formatting,
        click.parser,
        click.termui,
        click.types,
        click.utils,
    ):
        vars(module).update(_=_translate, ngettext=_translate_plural)


def _translate(message: str) -> str:
    return CATALOGUE.get(message, message)


def _translate_plural(singular: str, plural: str, number: int) -> str:
    return _translate(singular if number == 1 else plural)
