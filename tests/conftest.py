"""The tests speak English, whatever the language of the machine that they run on."""

from __future__ import annotations

import os

# Here and not in a fixture, so that what is asked while tests are collected has it, too, and so
# have the programs that tests start.
os.environ["VERMEGROUP_LANG"] = "en"
