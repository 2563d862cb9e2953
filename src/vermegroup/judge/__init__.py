"""The solver-free judge: audits, bounds and certificates, in exact whole numbers.

Every preference has a bound by arithmetic. The spread of a group is a weighted sum of its sorted
members, so the rearrangement inequality bounds the total; a grouping that attains it has one
person of each layer, which in turn bounds how even the groups' means can be. A bound is attained
exactly when some sums stay within *windows* in each group, so "optimal" becomes a local rule like
any other, and finding it is its own proof. Certificates count what rules demand against what there
is. Numbers of groups compete by branch and bound until none left could be better. The audit
recomputes all of it from the grouping alone.

Source: Hardy, Littlewood and Polya, Inequalities (1934), ch. 10.
"""
