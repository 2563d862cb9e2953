"""The report reads an outcome; text, JSON, HTML and CSV read the report."""
