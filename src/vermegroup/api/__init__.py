"""The package for Python: one call each, from a data frame to groups, and everything about them.

A thin room over :mod:`vermegroup.app`, which does the work, as the command line is. What it takes
are frames, files and plain values; what it gives are frames and plain values, in the units that
people think in. Nothing that it is handed is changed, and nothing is printed or written unless
:meth:`~vermegroup.api.result.Result.save` is called.
"""
