"""The officer's month: closing it, filing what came, amending what was closed."""
