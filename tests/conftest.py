"""The tests speak English, whatever the language of the machine that they run on.

They remember nothing in the folders of whoever runs them. And whatever they have made as JSON is held against its schema.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

import pytest

# Here and not in a fixture, so that what is asked while tests are collected has it, too, and so
# have the programs that tests start.
os.environ["VERMEGROUP_LANG"] = "en"
os.environ["VERMEGROUP_STATE"] = tempfile.mkdtemp(prefix="vermegroup-tests-")
atexit.register(shutil.rmtree, os.environ["VERMEGROUP_STATE"], ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def json_keeps_to_its_schemas() -> None:
    from tests.schemas import hold_all_json

    hold_all_json()
