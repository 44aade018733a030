"""The cache of a run, and which tests are measured for coverage: measuring doubles the time of a test that
verifies workbooks.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator

import pytest

from tests.support.ledgers import fresh_database
from tests.support.postgres import server
from tests.support.returned import RUBRICS
from workbook.engine.disk_cache import VARIABLE

if VARIABLE not in os.environ:  # the processes of a run, and those that they start, share one
    os.environ[VARIABLE] = tempfile.mkdtemp(prefix="workbook-cache-")
    atexit.register(shutil.rmtree, os.environ[VARIABLE], ignore_errors=True)

MANY = {
    "test_three_engines", "test_rules", "test_composed", "test_examples", "test_open_points", "test_overlay",
    "test_changes", "test_verify_harmful", "test_verify_harmless", "test_package", "test_migrate",
    "test_first_use", "test_fuzz", "test_contradictions",
}  # fmt: skip
"""They run many cases through everything; what they reach is reached by the tests of single parts too."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that runs for each complete rubric is measured for the first one only: the same code runs."""
    others = RUBRICS[1:]
    for item in items:
        module = item.nodeid.partition("::")[0].rpartition("/")[2].removesuffix(".py")
        if module in MANY or any(rubric in item.name for rubric in others):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server that lives as long as the tests of one process."""
    with server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str | None:
    """A ledger's place: None for the file in the folder, or the URL of an empty database."""
    return None if request.param == "sqlite" else fresh_database(request.getfixturevalue("postgres"))
