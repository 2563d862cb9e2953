"""Pictures of a report as inline SVG, each a pure function of the report and a language.

A picture loads nothing, takes its colours from the variables of the page's style, and says in words
what it shows; where there is nothing worth a look, it is None.
"""
