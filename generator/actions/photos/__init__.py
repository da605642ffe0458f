"""Add photos to the archive, withdraw them everywhere, measure the space that they take."""

from __future__ import annotations
