"""The tests speak English, whatever the language of the machine that they run on.

And whatever they have made as JSON is held against its schema.
"""

from __future__ import annotations

import os

import pytest

# Here and not in a fixture, so that what is asked while tests are collected has it, too, and so
# have the programs that tests start.
os.environ["VERMEGROUP_LANG"] = "en"


@pytest.fixture(scope="session", autouse=True)
def json_keeps_to_its_schemas() -> None:
    from tests.schemas import hold_all_json

    hold_all_json()
