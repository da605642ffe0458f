"""Where the project's own files lie: the templates, the plan's text, the guides."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
