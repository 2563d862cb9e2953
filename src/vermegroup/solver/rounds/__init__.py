"""Rounds: several groupings of the same people, in which as few pairs as possible meet twice.

The social golfer problem, with the rulebook's rules in every round. Whole plans are built, never
one round after the other: a transversal design where there is one for so many groups (Latin
squares over a finite field, or a difference matrix), mended where it breaks a rule, and then a
tabu search over the meetings of all rounds at once. It trades people of two groups of one round
only where both groups stay valid, so that any plan on its way can be saved.

Sources: Dotú and Van Hentenryck, Scheduling social golfers locally, CPAIOR 2005; Colbourn and
Dinitz, Handbook of Combinatorial Designs (2007), II.5 and III.3 and VI.17.
"""
