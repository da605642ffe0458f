"""Mend what is unambiguous in the archive's files."""
