"""``pairing photos``: photos into the archive, out of it everywhere, and the room that they take."""

from __future__ import annotations
