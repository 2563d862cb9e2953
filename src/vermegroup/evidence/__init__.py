"""What a study of groups needs: chance among good groupings, and how unusual one of them is.

A pool of distinct groupings is drawn by a Markov chain whose stationary distribution is uniform
over all that are valid, or as good as the best one; a draw from that published pool is a
constrained randomisation (Raab and Butcher, 2001; Moulton, 2004), so that tests against the pool
are exact whatever the chain's mixing. Indices of diversity are those of Harrison and Klein (2007).
"""
