"""A spec file becomes a :class:`Rubric`: structure by pydantic, fields resolved through the dictionary."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from workbook.findings import Finding, Refused, found, has_errors, nearest
from workbook.load.builtin import SHARED_FIELDS, builtin_ids, builtin_path, specs_folder
from workbook.load.explain import explained
from workbook.load.open_points import expand_open_points
from workbook.load.overlay import load_document
from workbook.load.released import load_released_rubric, released_versions
from workbook.load.table_specs import resolved_tables
from workbook.load.yamltext import Document, YamlPath, load_yaml
from workbook.rubric.fields import Field, FieldKind, FieldText, settled
from workbook.rubric.headings import answer, ids_by_heading, plain_heading
from workbook.rubric.means import has_means
from workbook.rubric.model import Rubric
from workbook.rubric.parts import named, rules_of
from workbook.rubric.signs import below
from workbook.rubric.values import Amount, Strict

COVER_FIELDS = ("department", "fiscal_year", "preparer", "phone", "date")
"""Ids of the cover fields; ``fiscal_year`` must be the rubric's own."""


class FieldUse(Strict):
    """An entry of a rubric's ``fields``: overrides of the dictionary, or a field of its own."""

    label: str | None = None
    name: str | None = None
    cell_name: str | None = None
    kind: FieldKind | None = None
    unit: str | None = None
    decimals: int | None = None
    min: Amount | None = None
    max: Amount | None = None
    usual_min: Amount | None = None
    usual_max: Amount | None = None
    choices: tuple[str, ...] | None = None
    help: str | None = None
    document: str | None = None
    last_year_of: str | None = None
    alert: str | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A spec with what was found in loading it; ``rubric`` is None when there are errors."""

    path: Path
    rubric: Rubric | None
    findings: tuple[Finding, ...]
    document: Document


def load_rubric(rubric: str | Path) -> Rubric:
    """The rubric with a built-in id, or of a spec file. Raises Refused with every problem found."""
    loaded = load_spec(find_spec(rubric))
    if loaded.rubric is None:
        raise Refused(loaded.findings)
    return loaded.rubric


def find_spec(rubric: str | Path) -> Path:
    """The spec file that a built-in id or a path means. Raises Refused for an unknown one."""
    name = str(rubric)
    if name in builtin_ids():
        return builtin_path(name)
    path = Path(rubric)
    if path.suffix.lower() in {".yaml", ".yml"} and path.is_file():
        return path
    raise Refused([found("RUBRIC_UNKNOWN", rubric=name, known=nearest(name, builtin_ids()))])


def load_spec(path: Path) -> Loaded:
    """Read and resolve one spec file. Never raises for what is wrong inside it."""
    try:
        document = load_document(path)
    except Refused as refusal:
        return Loaded(path, None, refusal.findings, Document(path, None))
    findings = list(document.findings)
    rubric = None
    if not isinstance(document.data, dict):
        findings.append(
            document.found("SPEC_INVALID", document.key(()), where="文件", problem="应为键值结构")
        )
    else:
        rubric = _resolve(document, dict(document.data), findings)
    if has_errors(findings):
        rubric = None
    return Loaded(path, rubric, tuple(findings), document)


def spec_hash(rubric: Rubric) -> str:
    """16 hex digits that stand for all that a rubric says (comments and layout of the YAML do not count)."""
    text = json.dumps(plain_rubric(rubric), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def plain_rubric(rubric: Rubric) -> dict[str, Any]:
    """The resolved rubric as plain data, from which it can be made again."""
    return rubric.model_dump(mode="json", exclude_defaults=True)


@cache
def _dictionary() -> dict[str, FieldText]:
    path = specs_folder() / SHARED_FIELDS
    document = load_yaml(path)
    findings = list(document.findings)
    result: dict[str, FieldText] = {}
    data = document.data if isinstance(document.data, dict) else {}
    for key, value in data.items():
        try:
            result[key] = FieldText.model_validate(value)
        except ValidationError as error:
            findings.extend(explained(error, document, (key,), FieldText))
    if findings:
        raise Refused(findings)
    return result


def shared_fields() -> dict[str, FieldText]:
    """The dictionary of fields that all rubrics share. Raises Refused when its file is damaged."""
    return _dictionary()


def _resolve(document: Document, data: dict[str, Any], findings: list[Finding]) -> Rubric | None:
    expand_open_points(document, data, findings)
    own = data.pop("fields", None) or {}
    if not isinstance(own, dict):
        problem = "应为 {字段 id: 说明} 的结构"
        findings.append(
            document.found("SPEC_INVALID", document.key(("fields",)), where="fields", problem=problem)
        )
        own = {}
    try:
        dictionary = _dictionary()
    except Refused as refusal:
        findings.extend(refusal.findings)
        return None
    fields = list(_fields(document, data, own, dictionary, findings))
    headings = _headings(data, fields, dictionary)
    data["tables"] = list(resolved_tables(document, data.get("tables"), findings))
    try:
        rubric = Rubric.model_validate({**data, "fields": fields, "tells_pending": True})
    except ValidationError as error:
        findings.extend(explained(error, document, (), Rubric, headings))
        return None
    settled_here = {
        "fields": _with_points_bounds(rubric),
        "counts_exactly": _counts_steps(rubric),
        "settles_zero": _settles_zero(rubric),
    }
    return rubric.model_copy(update=settled_here)


def _headings(
    data: dict[str, Any], fields: list[Field], dictionary: dict[str, FieldText]
) -> Mapping[str, list[str]]:
    """Ids by what an author may write instead: of the rubric's own figures, then of the dictionary's."""
    rates = data.get("rates")
    listed = [one for one in rates if isinstance(one, dict)] if isinstance(rates, list) else []
    own = [(heading, one.id) for one in fields for heading in (one.label, one.name)]
    own += [(str(one.get("name") or ""), str(one.get("id"))) for one in listed]
    known = ids_by_heading(own)
    shared = ids_by_heading((one.label, field_id) for field_id, one in dictionary.items())
    return {**shared, **known}


def _fields(
    document: Document,
    data: dict[str, Any],
    own: dict[str, Any],
    dictionary: dict[str, FieldText],
    findings: list[Finding],
) -> Iterator[Field]:
    year = data.get("fiscal_year")
    used: set[str] = set()
    for field_id, section, path in _listed(data):
        if field_id in used:
            findings.append(document.found("SPEC_FIELD_TWICE", document.spot(path), field=field_id))
            continue
        used.add(field_id)
        base = dictionary.get(field_id)
        merged: dict[str, Any] = base.model_dump(exclude_unset=True) if base else {}
        override = own.get(field_id)
        if override is not None:
            try:
                use = FieldUse.model_validate(override)
            except ValidationError as error:
                findings.extend(explained(error, document, ("fields", field_id), FieldUse))
                continue
            merged.update(use.model_dump(exclude_none=True))
        if not merged:
            known = _known(field_id, dictionary, own)
            findings.append(
                document.found("SPEC_FIELD_UNKNOWN", document.spot(path), field=field_id, known=known)
            )
            continue
        if field_id == "fiscal_year" and str(year).isdigit():  # the model says so of another one
            merged.update(min=year, max=year, usual_max=year)
        try:
            text = FieldText.model_validate(merged)
        except ValidationError as error:
            findings.extend(explained(error, document, ("fields", field_id), FieldText))
            continue
        yield settled(field_id, text, section, cover=field_id in COVER_FIELDS)
    for field_id in own:
        if field_id not in used:
            path = ("fields", field_id)
            findings.append(document.found("SPEC_FIELD_UNPLACED", document.key(path), field=field_id))


def _known(word: str, dictionary: dict[str, FieldText], own: dict[str, Any]) -> str:
    """The field that may have been meant: the one whose heading was written, else those most alike."""
    labels = [(one.label, field_id) for field_id, one in dictionary.items()]
    labels += [
        (str(one.get(part) or ""), field_id)
        for field_id, one in own.items()
        if isinstance(one, dict)
        for part in ("label", "name")
    ]
    ids = ids_by_heading(labels).get(plain_heading(word))
    return answer(word, ids) if ids else nearest(word, {*dictionary, *own})


def _listed(data: dict[str, Any]) -> Iterator[tuple[str, str, YamlPath]]:
    for field_id in COVER_FIELDS:
        yield field_id, "", ()
    sections = data.get("sections")
    for index, section in enumerate(sections if isinstance(sections, list) else []):
        listed = section.get("fields") if isinstance(section, dict) else None
        for place, field_id in enumerate(listed if isinstance(listed, list) else []):
            yield str(field_id), str(section.get("title")), ("sections", index, "fields", place)


def _with_points_bounds(rubric: Rubric) -> tuple[Field, ...]:
    """The upper bound of a field of points is the points of the item that it serves."""
    bounds = {
        one.name: item.points for item, rule in rules_of(rubric) for one in named(rule) if one.role.of_points
    }
    return tuple(
        field.model_copy(update={"max": bounds[field.id]})
        if field.kind is FieldKind.POINTS and field.max is None and field.id in bounds
        else field
        for field in rubric.fields
    )


def _counts_steps(rubric: Rubric) -> bool:
    """Whether some rule counts whole steps; a rubric without one stays what it was."""
    return any(rule.counts_whole_steps for _, rule in rules_of(rubric))


def _settles_zero(rubric: Rubric) -> bool:
    """Whether zero bases are told apart: where that matters, but for what is released without it."""
    told = rubric.model_copy(update={"settles_zero": True})
    if not below(told) and not has_means(told):
        return False
    versions = released_versions(rubric.id)
    return not versions or load_released_rubric(rubric.id, versions[0]).settles_zero
