"""Why not, and what would help: conflicts, repairs, and the best partial plan."""

from vermegroup.diagnosis.diagnosing import diagnose

__all__ = ["diagnose"]
