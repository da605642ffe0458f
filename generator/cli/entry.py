"""Start the installed command: interrupted while its modules are still being loaded, it ends in words, too."""

from __future__ import annotations

import sys


def run() -> None:
    """Run `pairing` and exit with its code."""
    try:
        from generator.cli.main import main
    except KeyboardInterrupt:
        if hasattr(sys.stderr, "reconfigure"):
            sys.stderr.reconfigure(encoding="utf-8", errors="replace")
        sys.stderr.write("\n已停止；原有文件没有改变。\n")
        sys.exit(130)  # as options.INTERRUPTED, which is not loaded yet
    sys.exit(main())
