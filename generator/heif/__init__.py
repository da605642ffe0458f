"""HEIF files: their items, and the pictures that these make. Nothing is decoded."""
