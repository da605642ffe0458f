"""The command `pairing`: one module a command, each loaded when asked for; messages, exit codes, the clock."""

from __future__ import annotations
