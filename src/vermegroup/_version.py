"""The version, for whoever tells it: the package itself is imported late, and by part."""

__version__ = "0.1.0"
