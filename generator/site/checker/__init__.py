"""The check that runs in a visitor's browser: what is published for it, and what runs there."""

from __future__ import annotations
