"""Whom a rule speaks of: pairs, quotas, ranges, values and those who met before."""
