"""Take photos into the archive and out of it everywhere; measure the space that they need."""

from __future__ import annotations
