"""Participants, rulebooks, problems and outcomes: columnar, and without input or output."""
