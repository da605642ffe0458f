"""Make a county's plan in Word the plan's page and the programme's data."""

from __future__ import annotations
