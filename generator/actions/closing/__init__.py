"""Close a month, file what came since, amend what was closed."""
