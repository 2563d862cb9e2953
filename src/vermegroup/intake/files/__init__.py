"""Bytes to a grid of cells: encodings, delimiters, workbooks, and CSV as we write it."""
