"""A Dask cluster of two processes on this machine, for tests that lose one of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def two_workers(place: Path) -> Iterator[tuple[str, list[int]]]:
    """The address of a cluster and the process ids of its two workers."""
    code = (
        "import time, distributed\n"
        "if __name__ == '__main__':\n"
        "    cluster = distributed.LocalCluster(n_workers=2, threads_per_worker=1,\n"
        "        processes=True, dashboard_address=None)\n"
        "    client = distributed.Client(cluster)\n"
        "    pids = client.run(lambda: __import__('os').getpid()).values()\n"
        "    print(cluster.scheduler_address, *pids, flush=True)\n"
        "    time.sleep(600)\n"
    )
    (place / "cluster.py").write_text(code, "utf-8")
    process = subprocess.Popen(
        [sys.executable, str(place / "cluster.py")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        cwd=place,
    )
    assert process.stdout is not None
    address, *pids = process.stdout.readline().split()
    try:
        yield address.replace("tcp://", "dask://"), [int(pid) for pid in pids]
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
