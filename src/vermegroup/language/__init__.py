"""Sentences, the catalogues of their translations, and what things are called."""
