"""A county's own archive: the files that the program gives it, and how a newer program gives it newer ones."""
