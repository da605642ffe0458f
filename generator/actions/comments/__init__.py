"""The one comment on a request: what was received and what to change, from a report that is only data."""

from __future__ import annotations
