"""Tests of the archive: cases are data in folders, a test compares whole outputs."""
