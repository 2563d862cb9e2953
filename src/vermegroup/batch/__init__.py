"""Many runs from one file of jobs: what is unchanged is left, the rest is done by workers.

A job is a run of ``form`` or ``rebalance`` in a folder of its own. What came of it stands in
``jobs.ndjson``, a log that is only ever appended to, under a key of all that the job reads; so a
batch that was ended at any moment goes on where it was (a build system with content hashes).
"""

from __future__ import annotations
