"""Examples in the docstrings of the public API run as they stand."""

from __future__ import annotations

import doctest

from workbook import api, findings


def test_examples_of_the_api() -> None:
    names = {"rubrics", "describe", "new_workbook", "score", "explain"}
    tests = [one for one in doctest.DocTestFinder().find(api) if one.examples]
    assert {one.name.rpartition(".")[2] for one in tests} >= names
    assert sum(doctest.DocTestRunner().run(one).failed for one in tests) == 0
    assert doctest.testmod(findings).failed == 0
