"""A submission as a change: what it touches, where it belongs, what it comes to."""

from __future__ import annotations
