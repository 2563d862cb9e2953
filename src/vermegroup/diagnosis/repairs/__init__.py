"""Repairs: changes that make groups possible, each tried by the path that ``form`` takes.

One file for each remedy. A remedy yields its cheapest repair, or a few different ones, and says
whether nothing cheaper of its kind is possible.
"""
