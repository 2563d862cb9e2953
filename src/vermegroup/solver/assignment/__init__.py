"""The assignment model: person x group variables, for a neighbourhood or a whole small roster.

A Boolean variable says that a person sits in a group; rules and goals limit sums of these.
Preferences are settled by lexicographic optimisation (preemptive goal programming): each stage is
optimised, proven by a second solve that finds nothing better, and held while the next one is.
Groups of one size are interchangeable, so people who are known to sit apart are seated first
(symmetry breaking).

Sources: Ehrgott, Multicriteria Optimization (2005), ch. 5; Margot, Symmetry in Integer Linear
Programming (2010).
"""
