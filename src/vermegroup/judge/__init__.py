"""The solver-free judge: audits, bounds and certificates, in exact whole numbers."""
