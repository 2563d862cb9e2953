"""Groups in the hands of somebody who edits them; nothing here knows of the web.

``state`` are groups as they stand, ``steps`` what was done to them, ``rest`` what is formed anew
around what is pinned, ``prospects`` what would become of groups that somebody came to. ``session``
has all of it in its order, and goes back and forth.
"""
