"""Hostile requests, a table for each kind of attack, and the gate that they are sent through."""

from __future__ import annotations
