"""Bytes of pictures: their facts, limits, renditions and cache. Knows nothing of the archive."""

from __future__ import annotations
