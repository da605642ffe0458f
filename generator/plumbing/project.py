"""Where the program's own files lie: its code, and the theme, guides, plan and workflows that go with it."""

from __future__ import annotations

from pathlib import Path

CODE = Path(__file__).resolve().parents[2]
"""The folder that holds the package ``generator``: a checkout, or an environment's ``site-packages``."""

PACKED = Path("generator", "_project")
"""Where a wheel holds what a checkout has beside ``generator/`` (see ``setup.py``)."""

PROJECT = CODE / PACKED if (CODE / PACKED).is_dir() else CODE
"""The folder that holds ``mkdocs.yml``, ``theme_overrides/``, ``content/``, ``.github/`` and the model programme."""
