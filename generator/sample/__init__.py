"""A complete, plausible archive of invented activities: the sample year, and any size for benchmarks."""

from __future__ import annotations

from generator.sample.archive import OutputNotEmptyError, SampleCounts, write_sample
from generator.sample.template import TemplateError

__all__ = ["OutputNotEmptyError", "SampleCounts", "TemplateError", "write_sample"]
