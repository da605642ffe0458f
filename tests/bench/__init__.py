"""Benchmarks against named peers, all in one run: ``python -m tests.bench``."""
