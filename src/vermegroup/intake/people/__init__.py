"""Rows to people: who is who, who is twice, who is away."""
