"""vermegroup forms peer-mentoring groups that provably hold their rules."""

__version__ = "0.1.0"
