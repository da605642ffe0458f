"""Hostile photos, made by code: no file here could harm anyone who opens it."""

from __future__ import annotations
