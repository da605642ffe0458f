"""The rules about files that do not read well: their texts, and the functions that report each fault.

A fault of writing is reported where a file is read; its rule here adds the severity, the clause and a page.
``found_in`` names every function that reports it, and a test holds these names to the code. A module each:
how texts are stored, where files lie, the front matter as text, its fields.
"""

from __future__ import annotations

from generator.rules.reading_faults import (
    field_faults,
    folder_faults,
    front_matter_faults,
    text_file_faults,
)

RULES = (
    *text_file_faults.RULES,
    *folder_faults.RULES,
    *front_matter_faults.RULES,
    *field_faults.RULES,
)

__all__ = ["RULES"]
