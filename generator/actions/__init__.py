"""What writes into the archive: closings, photos, received reports, messages, lots, surveys, the start of real use."""

from __future__ import annotations
