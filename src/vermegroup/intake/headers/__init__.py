"""What the columns of a roster are called, and which of them holds what."""
