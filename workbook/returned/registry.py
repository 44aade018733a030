"""Which templates are known: the released ones, the current ones, and those of the caller's own specs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from workbook.engine import Model
from workbook.findings import Finding, Refused, found, nearest
from workbook.load.builtin import builtin_ids
from workbook.load.released import load_released_rubric, released_book_path, released_versions
from workbook.load.rubric import load_rubric, spec_hash
from workbook.returned.issued import Issued
from workbook.rubric.model import Rubric
from workbook.template.draw import draw
from workbook.template.fingerprint import load_released
from workbook.template.identity import Identity
from workbook.template.model import Template
from workbook.xlsx_reader.read import read_workbook
from workbook.xlsx_writer.blank import render_blank


@dataclass(frozen=True, slots=True)
class Known:
    """A template that can be verified: its rubric, its fingerprint and its compiled model."""

    rubric: Rubric
    template: Template
    model: Model
    issued: Issued


@dataclass(slots=True)
class Registry:
    """Loads each rubric and compiles each template once."""

    own: dict[str, Rubric] = field(default_factory=dict)
    _rubrics: dict[str, Rubric] = field(default_factory=dict)
    _known: dict[tuple[str, str], Known] = field(default_factory=dict)

    @classmethod
    def with_specs(cls, specs: Iterable[str | Path]) -> Registry:
        """A registry that knows the built-in rubrics and these specs; raises Refused for one that cannot be
        loaded. They are linted by whoever takes them from a user.
        """
        loaded = map(load_rubric, specs)
        return cls({rubric.id: rubric for rubric in loaded})

    def find(self, identity: Identity) -> Known | Finding:
        """The known template that ``identity`` names, or why there is none."""
        key = (identity.rubric, identity.template)
        if key not in self._known:
            found_template = self._load(identity)
            if isinstance(found_template, Finding):
                return found_template
            self._known[key] = found_template
        known = self._known[key]
        if identity.spec != known.template.spec:
            return found("SPEC_DIFFERS", rubric=identity.rubric)
        return known

    def _load(self, identity: Identity) -> Known | Finding:
        rubric = self._rubric(identity.rubric)
        if rubric is None:
            return found(
                "RUBRIC_NOT_KNOWN",
                rubric=identity.rubric,
                known=nearest(identity.rubric, {*builtin_ids(), *self.own}),
            )
        versions = released_versions(identity.rubric)
        if identity.template in versions:
            template = load_released(identity.rubric, identity.template)
            rubric = load_released_rubric(identity.rubric, identity.template)
            return _known(rubric, template, released_book_path(rubric.id, template.version).read_bytes())
        book, template = draw(rubric)
        if template.version != identity.template:
            known = "已知的版本有 " + "、".join([*versions, template.version])
            if identity.spec != spec_hash(rubric):
                return found("SPEC_DIFFERS", rubric=identity.rubric)
            return found(
                "TEMPLATE_NOT_KNOWN", rubric=identity.rubric, template=identity.template, known=known
            )
        return _known(rubric, template, render_blank(book, template))

    def _rubric(self, rubric_id: str) -> Rubric | None:
        if rubric_id in self.own:
            return self.own[rubric_id]
        if rubric_id not in self._rubrics:
            if rubric_id not in builtin_ids():
                return None
            try:
                self._rubrics[rubric_id] = load_rubric(rubric_id)
            except Refused:
                return None
        return self._rubrics[rubric_id]


def _known(rubric: Rubric, template: Template, pristine: bytes) -> Known:
    """A template ready to verify by; ``pristine`` is its blank workbook."""
    return Known(rubric, template, Model(template), Issued(rubric, template, read_workbook(pristine)))
