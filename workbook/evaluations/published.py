"""Published evaluations as case files: the figures a report prints, and what had to be assumed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pydantic import Field, ValidationError

from workbook.data.read import Data, read_data
from workbook.findings import Finding, Refused, found, nearest
from workbook.load.builtin import builtin_ids, published_paths
from workbook.load.explain import explained
from workbook.load.rubric import load_rubric
from workbook.load.yamltext import Document, Plain, YamlPath, load_yaml
from workbook.rubric.model import Rubric
from workbook.rubric.values import Amount, Strict


class Contradiction(Strict):
    """A contradiction in a report: ``printed`` there, ``computed`` from its other figures.

    Of a ``rate``, as percentages; of a ``field``, whose printed text is no number; else of ``checks``, whose
    two sides are the printed and the computed figure. Each of the ``checks`` fails by it.
    """

    printed: str
    computed: str
    note: str
    rate: str | None = None
    field: str | None = None
    checks: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """The id of the rate, the field or the first check that it is about."""
        return self.rate or self.field or next(iter(self.checks), "")


class _CaseText(Strict):
    """A case file as written; ``data`` are read against the rubric."""

    rubric: str
    title: str
    total: Amount | None = None
    scores: dict[str, Amount] = Field(default_factory=dict)
    data: dict[str, object]
    printed_rates: dict[str, str] = Field(default_factory=dict)
    contradictions: tuple[Contradiction, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedCase:
    """A published evaluation, called by its file's name.

    ``total`` None: the report prints none; ``scores`` empty: none by indicator. ``assumed`` maps the fields
    that the report does not print to the reason. ``printed_rates`` are percentages as printed, by rate.
    """

    id: str
    rubric: Rubric
    title: str
    total: Decimal | None
    scores: dict[str, Decimal]
    data: Data
    assumed: dict[str, str]
    printed_rates: dict[str, str]
    contradictions: tuple[Contradiction, ...]

    @property
    def complete(self) -> bool:
        """Whether the report prints every score, so that each can be compared."""
        return self.total is not None and set(self.scores) == set(self.rubric.indicator)


def load_cases(rubric_id: str) -> tuple[PublishedCase, ...]:
    """All published evaluations under a built-in rubric."""
    return tuple(map(load_case, published_paths(rubric_id)))


def published_cases() -> tuple[PublishedCase, ...]:
    """All published evaluations under the built-in rubrics: the complete ones first."""
    cases = [case for rubric_id in builtin_ids() for case in load_cases(rubric_id)]
    return tuple(sorted(cases, key=lambda case: not case.complete))


def load_case(path: Path) -> PublishedCase:
    """Read a case file. Raises Refused when it is none or its data are unusable."""
    document = load_yaml(path)
    if not isinstance(document.data, dict):
        problem = "应有 rubric、title、data"
        raise Refused([found("DATA_SHAPE", file=path, line=1, where="文件", problem=problem)])
    try:
        text = _CaseText.model_validate(document.data)
    except ValidationError as error:
        raise Refused(explained(error, document, (), _CaseText)) from error
    rubric = load_rubric(text.rubric)
    if findings := list(_unknown(rubric, text, document)):
        raise Refused(findings)
    plain: dict[str, Plain] = {}
    assumed: dict[str, str] = {}
    entries = document.data["data"]
    assert isinstance(entries, dict)
    for key, value in entries.items():
        if isinstance(value, dict) and "assumed" in value:
            plain[key] = value["assumed"]
            assumed[key] = str(value.get("because", ""))
        else:
            plain[key] = value
    return PublishedCase(
        id=path.stem,
        rubric=rubric,
        title=text.title,
        total=text.total,
        scores=text.scores,
        data=read_data(rubric, plain, document),
        assumed=assumed,
        printed_rates=text.printed_rates,
        contradictions=text.contradictions,
    )


def _unknown(rubric: Rubric, text: _CaseText, document: Document) -> Iterator[Finding]:
    """The names in a case that its rubric does not have."""
    checks = {check.id for check in rubric.all_checks}
    named: list[tuple[YamlPath, str, set[str]]] = [
        *((("scores", key), key, set(rubric.indicator)) for key in text.scores),
        *((("printed_rates", key), key, set(rubric.rate)) for key in text.printed_rates),
    ]
    for number, one in enumerate(text.contradictions):
        place = ("contradictions", number)
        named += [((*place, "checks"), check, checks) for check in one.checks]
        if one.rate is not None:
            named.append(((*place, "rate"), one.rate, set(text.printed_rates)))
        if one.field is not None:
            named.append(((*place, "field"), one.field, set(rubric.field)))
    for path, key, known in named:
        if key not in known:
            line = document.line(path)
            yield found(
                "DATA_KEY_UNKNOWN", file=document.source, line=line, key=key, known=nearest(key, known)
            )
