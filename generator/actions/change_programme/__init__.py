"""Change the programme in the course of its year: who takes part, who answers, what is due when."""

from __future__ import annotations
