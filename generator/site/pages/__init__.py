"""Make the pages: one module for each kind of page."""
