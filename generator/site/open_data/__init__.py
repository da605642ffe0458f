"""The open data: every column declared once, in `tables`; the other modules lay it out in a file format each."""
