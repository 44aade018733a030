"""Provenance: the status is a known one, and every origin that is named is there and used."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.check.subject import SpecPart, Subject
from workbook.findings import Finding, nearest
from workbook.rubric.provenance import LABELS, RECONSTRUCTED


def status(subject: Subject) -> Iterator[Finding]:
    """The status is one that officers are told in Chinese."""
    rubric = subject.rubric
    if rubric.status not in LABELS:
        known = "、".join(f"{key}（{word}）" for key, word in LABELS.items())
        yield subject.found("SPEC_STATUS", SpecPart(("status",), "status"), status=rubric.status, known=known)


def origins(subject: Subject) -> Iterator[Finding]:
    """Named origins exist, given ones are used, and a reconstructed rubric has one for every part."""
    rubric = subject.rubric
    used: set[str] = set()
    needed = rubric.status == RECONSTRUCTED
    for place, name in _named(subject):
        if name is not None:
            used.add(name)
            if name not in rubric.origins:
                problem = f"没有名为“{name}”的来源，{nearest(name, rubric.origins)}"
                yield subject.found("SPEC_ORIGIN", place, problem=problem)
        elif needed:
            yield subject.found("SPEC_ORIGIN", place, problem=f"推定标准须注明来源（{place.path[-1]}）")
    for key, origin in rubric.origins.items():
        place = SpecPart(("origins", key), f"来源“{key}”")
        if key not in used:
            yield subject.found("SPEC_ORIGIN", place, problem="没有指标或要点用到")
        if not origin.text.strip():
            yield subject.found("SPEC_ORIGIN", place.at("text"), problem="没有写出处或理由")


def _named(subject: Subject) -> Iterator[tuple[SpecPart, str | None]]:
    """Every place that names an origin, or could: weights, and clauses with what their indicator says."""
    for place, indicator in subject.indicators():
        yield place.at("weight_origin"), indicator.weight_origin
        if indicator.name_origin is not None:
            yield place.at("name_origin"), indicator.name_origin
        if indicator.clause_origin is not None:
            yield place.at("clause_origin"), indicator.clause_origin
    for place, indicator, item in subject.items():
        if item.clause_origin is not None or indicator.clause_origin is None:
            yield place.at("clause_origin"), item.clause_origin
