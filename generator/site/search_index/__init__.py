"""The search index: every word that the finished pages show, in small files that the search page fetches."""
