"""Make records of what schools already have: Word reports, messages, pictures, packages of the page 填报."""

from __future__ import annotations
