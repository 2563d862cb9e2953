"""Why not, and what would help: conflicts, repairs, and the best partial plan.

A deletion filter finds minimal unsatisfiable subsets of the requirements, and hitting sets the
next ones. Whoever fits into no group is found by a model of a single group. Patterns with the
number of groups left open tell for all numbers at once how many must wait or how often a rule must
be broken. A repair is a change of the rulebook's text, tried by the very path that forms groups.

Sources: Chinneck and Dravnieks, Locating minimal infeasible constraint sets in linear programs,
ORSA Journal on Computing 3 (1991); Reiter, A theory of diagnosis from first principles, Artificial
Intelligence 32 (1987).
"""

# The part of the time limit that is kept back for an explanation, and the most of it in seconds.
SHARE, MOST = 0.2, 8.0
