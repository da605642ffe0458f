"""The pairing archive: checks records against a county's plan and builds the public site."""

from __future__ import annotations

__version__ = "0.1.0"
