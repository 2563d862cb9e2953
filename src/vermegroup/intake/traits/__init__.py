"""Cells to traits: categories, numbers, experience, sets."""
