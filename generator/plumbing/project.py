"""The project's folder, with the templates, the plan's text and the guides."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
