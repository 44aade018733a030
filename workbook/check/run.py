"""Every lint over one spec file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from workbook.check import (
    backends,
    bands,
    detail_tables,
    expressions,
    fields,
    names,
    origins,
    points,
    references,
    released,
    texts,
    total,
    zero,
)
from workbook.check.subject import Subject
from workbook.findings import Finding, Refused, Severity, has_errors
from workbook.load.builtin import builtin_ids
from workbook.load.rubric import Loaded, find_spec, load_rubric, load_spec
from workbook.rubric.model import Rubric

Lint: TypeAlias = Callable[[Subject], Iterator[Finding]]

LINTS: tuple[Lint, ...] = (
    names.ids,
    names.headings,
    names.chosen_names,
    names.made_names,
    texts.clauses,
    texts.empty,
    texts.grades,
    total.caps,
    total.beside,
    total.malus,
    origins.status,
    origins.origins,
    fields.bounds,
    fields.decimals,
    fields.choices,
    fields.choice_points,
    fields.labels,
    fields.last_year,
    references.references,
    references.unused,
    references.shared,
    expressions.division,
    expressions.figures,
    expressions.two_ways,
    expressions.proportions,
    points.totals,
    points.items_totals,
    points.alike,
    points.positive,
    points.within_item,
    points.reachable,
    points.deductions,
    bands.band_edges,
    bands.shares,
    bands.scale_edges,
    bands.scale_use,
    zero.zero_bases,
    zero.needless,
    detail_tables.columns,
    detail_tables.sources,
    backends.supported,
    released.unchanged,
    released.files,
)
"""Each looks at one thing and reports all of it."""


def check_spec(path: Path) -> list[Finding]:
    """All that is wrong with a spec file, or worth knowing: what loading finds, then the lints, by line.

    The lints need a rubric, so a file that cannot be loaded has the loader's findings only. Where nothing is
    wrong, the formulas of its workbook are looked at too.
    """
    loaded = load_spec(path)
    findings = _linted(loaded)
    if loaded.rubric is not None and not has_errors(findings):
        from workbook.check.constructs import portable

        findings += portable(Subject(loaded.rubric, loaded.document))
    return findings


def _linted(loaded: Loaded) -> list[Finding]:
    """Findings of loading, then those of the lints."""
    findings = sorted(loaded.findings, key=_line)
    if loaded.rubric is not None:
        subject = Subject(loaded.rubric, loaded.document)
        findings += sorted((finding for lint in LINTS for finding in lint(subject)), key=_line)
    return findings


def load_checked(rubric: str | Path) -> Rubric:
    """A rubric that every back-end can read. Raises Refused with all that is wrong in its spec.

    The built-in ones are linted by the tests.
    """
    if str(rubric) not in builtin_ids():
        findings = _linted(load_spec(find_spec(rubric)))
        if has_errors(findings):
            raise Refused([finding for finding in findings if finding.severity is Severity.ERROR])
    return load_rubric(rubric)


def _line(finding: Finding) -> tuple[str, int]:
    return finding.file or "", finding.line or 0
