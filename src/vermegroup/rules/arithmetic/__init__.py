"""Arithmetic that several kinds share: rearrangements, flows and means in whole numbers."""
