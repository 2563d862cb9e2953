"""Why not, and what would help: conflicts, repairs, and the best partial plan."""
