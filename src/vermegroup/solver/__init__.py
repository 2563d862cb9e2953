"""Forming groups: count, deal, mend, improve, prove. The only room with OR-Tools."""
