"""From a roster to groups, for somebody who never opens a terminal: look, choose rules, form.

The rules are a text, and nothing else: the form is read off it, and changes entries in it.
"""
