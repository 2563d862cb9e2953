"""Forming groups: count, deal, mend, improve, prove. The only room with OR-Tools."""

from vermegroup.solver.limits import Limits
from vermegroup.solver.parting import form

__all__ = ["Limits", "form"]
