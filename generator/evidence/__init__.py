"""Whether a photo or a report was used before: near duplicates, shown to the officer side by side.

Nothing here judges. What is alike is found, verified and shown; what it means is for people to say.
"""
