"""A submission as a change: the files it touches, where they belong, its receipt and its verdict."""

from __future__ import annotations
