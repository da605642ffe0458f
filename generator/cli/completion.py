"""The command ``pairing completion``: the script that has a shell complete what is typed."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

from generator.cli.command import Command
from generator.cli.completion_values import VARIABLE
from generator.cli.options import OK

_SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command(
    cls=Command,
    examples=(
        (
            """echo 'eval "$(pairing completion bash)"' >> ~/.bashrc""",
            "bash（4.4 以上）：写进启动文件，重开终端生效",
        ),
        ("""echo 'eval "$(pairing completion zsh)"' >> ~/.zshrc""", "zsh：同上，放在 compinit 之后"),
        ("pairing completion fish > ~/.config/fish/completions/pairing.fish", "fish"),
        (
            "Add-Content $PROFILE 'pairing completion powershell | Out-String | Invoke-Expression'",
            "PowerShell（Windows 自带的也行）；还没有 $PROFILE 文件的，先 New-Item -Force $PROFILE",
        ),
    ),
)
@click.argument("shell", type=click.Choice(_SHELLS), metavar="bash|zsh|fish|powershell")
def completion(shell: str) -> int:
    """按 Tab 键补全：显示各种终端用的脚本，装法见例子。

    装好以后，命令、选项和校（园）代号、帮扶内容、月份都能按 Tab 键补全；代号后面显示中文名称（bash 不显示）。打一个园名的头一两个字再按 Tab，也会换成代号。
    """
    from generator.cli.main import pairing

    kind = get_completion_class(shell)
    if kind is None:
        raise AssertionError(f"click has no completion for {shell}")  # a defect
    maker = kind(pairing, {}, "pairing", VARIABLE)
    # Not the shell's own method: bash's starts a bash to see which version it is, and says so in English.
    click.echo(ShellComplete.source(maker).encode("utf-8"), nl=False)
    return OK
