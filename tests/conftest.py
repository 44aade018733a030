"""The two runs, figures that several modules use, and which tests are measured for coverage.

``pytest --quick`` is the everyday run: fewer generated cases, LibreOffice once, nothing that takes long.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.engines import office
from tests.support.budget import VARIABLE, is_quick
from tests.support.ledgers import fresh_database
from tests.support.postgres import server
from tests.support.returned import RUBRICS
from workbook.engine.disk_cache import VARIABLE as CACHE
from workbook.evaluations.published import load_case
from workbook.load.builtin import published_path

if CACHE not in os.environ:  # the processes of a run, and those that they start, share one
    os.environ[CACHE] = tempfile.mkdtemp(prefix="workbook-cache-")
    atexit.register(shutil.rmtree, os.environ[CACHE], ignore_errors=True)

MANY = {
    "test_three_engines", "test_rules", "test_composed", "test_examples", "test_open_points", "test_overlay",
    "test_changes", "test_verify_harmful", "test_verify_harmless", "test_package", "test_migrate",
    "test_first_use", "test_fuzz", "test_contradictions",
}  # fmt: skip
"""They run many cases through everything; what they reach is reached by the tests of single parts too.
Measuring doubles the time of a test that verifies workbooks."""

settings.register_profile("quick", max_examples=20)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="the everyday run: minutes, not all cases")


def pytest_configure(config: pytest.Config) -> None:
    """Before any test module is read, as they ask how many cases to make."""
    if config.getoption("--quick"):
        os.environ[VARIABLE] = "1"
    if is_quick():
        settings.load_profile("quick")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that runs for each complete rubric is measured for the first one only: the same code runs."""
    others = RUBRICS[1:]
    for item in items:
        module = item.nodeid.partition("::")[0].rpartition("/")[2].removesuffix(".py")
        if module in MANY or any(rubric in item.name for rubric in others):
            item.add_marker(pytest.mark.no_cover)

    if is_quick():
        left_out = [item for item in items if not _is_everyday(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _is_everyday(item)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under CI nothing is skipped but what needs a Python that is not there; all else is a failure."""
    report = yield
    if report.skipped and isinstance(report.longrepr, tuple) and os.environ.get("CI"):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        if not re.match(r"Python 3\.\d+ is missing", reason):
            report.outcome = "failed"
            report.longrepr = f"under CI nothing is skipped: {reason}"
    return report


def _is_everyday(item: pytest.Item) -> bool:
    if item.get_closest_marker("libreoffice"):
        return item.get_closest_marker("everyday") is not None
    return item.get_closest_marker("long") is None


@pytest.fixture(autouse=True)
def _office_is_declared(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice takes seconds to start: a test that starts it is marked, so that it can be left out."""
    if request.node.get_closest_marker("libreoffice") is None:
        monkeypatch.setattr(office, "find_office", _undeclared)


def _undeclared() -> None:
    pytest.fail("this test starts LibreOffice: mark it with pytest.mark.libreoffice")


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    """The published Yantian figures as DATA."""
    case = load_case(published_path("yantian-2023"))
    lines = [f"{key}: '{value}'" for key, value in case.data.inputs.values.items()]
    lines += [f"reason.{key}: '{text}'" for key, text in case.data.inputs.reasons.items()]
    path = tmp_path / "figures.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server that lives as long as the tests of one process."""
    with server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str | None:
    """A ledger's place: None for the file in the folder, or the URL of an empty database."""
    return None if request.param == "sqlite" else fresh_database(request.getfixturevalue("postgres"))
