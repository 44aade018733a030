"""The known templates: the released ones, the current ones, and those of the caller's own specs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from workbook.engine import Model
from workbook.findings import Finding, Refused, found, nearest
from workbook.load.builtin import builtin_ids
from workbook.load.released import load_released_rubric, released_book_path, released_versions
from workbook.returned.issued import Issued
from workbook.rubric.model import Rubric
from workbook.template.fingerprint import load_released
from workbook.template.identity import Identity
from workbook.template.model import Template
from workbook.xlsx_reader.memory import Memory
from workbook.xlsx_reader.read import read_workbook


@dataclass(frozen=True, slots=True)
class Known:
    """A template that can be verified: its rubric, its fingerprint and its compiled model."""

    rubric: Rubric
    template: Template
    model: Model
    issued: Issued


@dataclass(slots=True)
class Registry:
    """Reads and compiles each template once, and remembers what was read of returned files."""

    own: dict[str, Rubric] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    _known: dict[tuple[str, str], Known] = field(default_factory=dict)

    @classmethod
    def with_specs(cls, specs: Iterable[str | Path]) -> Registry:
        """A registry that knows the built-in rubrics and these specs. Raises Refused for one that cannot be
        loaded. They are linted by whoever takes them from a user.
        """
        own: dict[str, Rubric] = {}
        for spec in specs:
            from workbook.load.rubric import load_rubric

            rubric = load_rubric(spec)
            own[rubric.id] = rubric
        return cls(own)

    def forget(self) -> None:
        """Forget what was read of files and found in their parts; the templates stay."""
        self.memory.clear()
        for known in self._known.values():
            known.issued.forget()

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
        known = {*builtin_ids(), *self.own}
        if identity.rubric not in known:
            return found("RUBRIC_NOT_KNOWN", rubric=identity.rubric, known=nearest(identity.rubric, known))
        versions = released_versions(identity.rubric)
        if identity.template in versions:
            template = load_released(identity.rubric, identity.template)
            rubric = load_released_rubric(identity.rubric, identity.template)
            return self._known_by(
                rubric, template, released_book_path(rubric.id, template.version).read_bytes()
            )
        return self._current(identity, versions)

    def _current(self, identity: Identity, versions: list[str]) -> Known | Finding:
        """The current template of a rubric. What draws and writes it loads here: few files need it."""
        from workbook.load.rubric import load_rubric, spec_hash
        from workbook.template.draw import draw
        from workbook.xlsx_writer.blank import render_blank

        try:
            rubric = self.own.get(identity.rubric) or load_rubric(identity.rubric)
        except Refused:
            return found(
                "RUBRIC_NOT_KNOWN", rubric=identity.rubric, known=nearest(identity.rubric, builtin_ids())
            )
        book, template = draw(rubric)
        if template.version != identity.template:
            if identity.spec != spec_hash(rubric):
                return found("SPEC_DIFFERS", rubric=identity.rubric)
            known = "已知的版本有 " + "、".join([*versions, template.version])
            return found(
                "TEMPLATE_NOT_KNOWN", rubric=identity.rubric, template=identity.template, known=known
            )
        return self._known_by(rubric, template, render_blank(book, template))

    def _known_by(self, rubric: Rubric, template: Template, pristine: bytes) -> Known:
        """A template ready to verify by; ``pristine`` is its blank workbook."""
        book = read_workbook(pristine, self.memory)
        return Known(rubric, template, Model(template), Issued(rubric, template, book))
