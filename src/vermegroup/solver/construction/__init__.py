"""Construction: a first grouping in O(n log n), and trades of members that mend it.

The deal seats people of the rarest values first, like cards to players, one layer of experience
after the other, so that quotas and spreads come near their bounds. Trades between two groups of
members of equal rank (a 2-exchange neighbourhood) mend what is left. Where members must share a
value, a small CP-SAT master first decides who meets by which value (pools). Most rosters are
optimal after this, and no model is built.

Sources: the serpentine draft of tournaments; Weitz and Lakshminarayanan, An empirical comparison
of heuristic methods for creating maximally diverse groups, JORS 49 (1998).
"""
