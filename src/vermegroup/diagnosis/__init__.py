"""Why not, and what would help: conflicts, repairs, and the best partial plan."""

# The part of the time limit that is kept back for an explanation, and the most of it in seconds.
SHARE, MOST = 0.2, 8.0
