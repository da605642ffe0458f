"""The bulletin, Office files in and out, and safe HTML from Markdown."""

from __future__ import annotations
