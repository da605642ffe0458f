"""Reports in the manners of many schools, each with what a careful archivist would make of it.

All of them were written before the code that reads them. `seen` was looked at while it was written, `unseen` was not.
"""
