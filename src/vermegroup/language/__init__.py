"""Sentences in English, Finnish and Swedish, and what traits are called in them."""
