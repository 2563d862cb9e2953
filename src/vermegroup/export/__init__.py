"""What goes out: lists for participants, workbooks, mail, calendars, rooms, other programs' files.

Each kind makes its files of one :class:`~vermegroup.export.handout.Handout`, which holds no years,
no bands and no judgement: what is not in it cannot go out.
"""
