"""The term's assessment (学期考核): count, score, publish and explain."""

from __future__ import annotations
