"""From files to an answer and its report: what the command line and batch runs share."""

from __future__ import annotations
