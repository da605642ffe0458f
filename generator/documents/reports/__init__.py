"""Read the reports that schools write in Word as they are seen: lines, tables and pictures in their order."""

from __future__ import annotations
