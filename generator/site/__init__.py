"""The public site: pages, the shell, calendars, open data and the MkDocs plugin."""

from __future__ import annotations
