"""An oracle of right answers that shares nothing with the package, and a sweep that asks it.

Plain Python, integers and fractions only. A rulebook's text and a roster's text are read anew
(``written``), each kind of rule is written anew from what its sentence says (``meanings``), every
grouping of every allowed number of groups is judged (``answers``). ``chance`` draws small cases at
the edge of the possible, ``judging`` asks the package about them and compares, ``shrinking`` makes
what differs small. ``python -m tests.oracle --help`` sweeps.
"""
