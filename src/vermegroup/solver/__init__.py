"""Forming groups: count, deal, mend, improve, prove. The only room with OR-Tools."""

from vermegroup.solver.forming import form
from vermegroup.solver.limits import Limits

__all__ = ["Limits", "form"]
