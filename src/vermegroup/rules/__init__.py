"""The kinds of rules and preferences: one file holds all that is known of one kind."""
