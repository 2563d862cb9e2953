"""Tabu search for preferences that add up over the pairs of a group.

Such a preference is a table of whole numbers for pairs of people, and what everybody adds to every
group says what all swaps and moves gain: maximally diverse grouping, and its opposite. A search
here finds better groupings and shows nothing.

Sources: Gallego, Laguna, Martí and Duarte, Tabu search with strategic oscillation for the maximally
diverse grouping problem, Journal of the Operational Research Society 64 (2013); Lai and Hao,
Iterated maxima search for the maximally diverse grouping problem, European Journal of Operational
Research 254 (2016).
"""
