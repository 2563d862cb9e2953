"""Pseudonyms: a run in which nothing tells who somebody is."""
