"""What changed since the previous grouping, and the plan that repairs it.

People are absent from one meeting, leave for good, or join. Of each old group something is left;
the solver makes new groups of it, breaking as few bonds as can be; here the task is set, and the
answer gets its names, its reasons and its account of bonds.
"""
