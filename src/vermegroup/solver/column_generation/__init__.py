"""Set partitioning by column generation: regroup people, and form the groups of small rosters.

To regroup and break as few bonds as possible, everybody is in exactly one new group; a column is a
candidate group with its cost (bonds broken between those of one fragment of an old group). The
linear relaxation is solved over a few columns, its dual prices find columns of negative reduced
cost (pricing), and its value is a bound. An integer master chooses among the columns that could be
better than the incumbent, lexicographically and confirmed by a second solve. Where people are many,
fragments of one type are interchangeable and the master counts types; real people are then put in
their place (realise).

To form groups, all valid groups of a small roster are written down (enumeration), and preferences
are settled among them one after the other (settle): prices bound what any choice (partition) of
them can reach (weak_duality), and rows that only whole choices keep make that bound nearer
(subset_rows). Where there are too many groups, the best one for given prices is asked of a model of
one group (group_pricing), and prices bound what preferences can reach all the same (priced_bound).

Sources: Barnhart et al., Branch-and-price, Operations Research 46 (1998); Luebbecke and Desrosiers,
Selected topics in column generation, Operations Research 53 (2005).
"""
