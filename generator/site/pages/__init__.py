"""Values → HTML: one module for each kind of page."""
