"""DATA: ``{field_id: value}`` from YAML or JSON, checked; every problem of the file in one run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbook.data.table_rows import read_rows
from workbook.data.typed import (
    MAX_TEXT,
    bounds_findings,
    from_text,
    level_findings,
    unseen,
    unwritable,
    with_defaults,
)
from workbook.findings import Finding, Refused, found, has_errors, nearest
from workbook.load.yamltext import Document, Plain, YamlPath, load_yaml
from workbook.rubric.headings import answer, ids_by_heading, indicator_headings, plain_heading
from workbook.rubric.inputs import EVIDENCE_PARTS, Evidence, FieldValue, Inputs, TableRow
from workbook.rubric.keys import Beside, DataKey, data_key_of, meant_beside
from workbook.rubric.model import Indicator, Rubric, item_key
from workbook.rubric.todo import EVIDENCE_LINES


@dataclass(frozen=True, slots=True)
class Data:
    """Checked inputs with what was found in reading them (warnings and notes only)."""

    inputs: Inputs
    findings: tuple[Finding, ...]


def load_data(rubric: Rubric, path: Path) -> Data:
    """Read a YAML or JSON DATA file. Raises Refused with every error."""
    document = load_yaml(path)
    if document.data is not None and not isinstance(document.data, dict):
        raise Refused([found("DATA_SHAPE", file=path, line=1, where="文件", problem="应为键值结构")])
    return read_data(rubric, document.data or {}, document)


def read_data(rubric: Rubric, data: dict[str, Plain], document: Document) -> Data:
    """Turn DATA, already plain, into checked inputs. Raises Refused with every error."""
    reader = _Reader(rubric, document)
    for key, value in data.items():
        reader.read(key, value)
    inputs = with_defaults(rubric, reader.inputs())
    findings = [*document.findings, *reader.findings]
    for field_id, finding in level_findings(rubric, inputs):
        findings.append(finding.placed(file=str(document.source), line=document.line((field_id,))))
    if has_errors(findings):
        raise Refused(findings)
    return Data(inputs, tuple(findings))


class _Reader:
    def __init__(self, rubric: Rubric, document: Document) -> None:
        self.rubric = rubric
        self.document = document
        self.findings: list[Finding] = []
        self.values: dict[str, FieldValue] = {}
        self.reasons: dict[str, list[str]] = {}
        self.evidence: dict[str, tuple[Evidence, ...]] = {}
        self.tables: dict[str, tuple[TableRow, ...]] = {}
        self.items = {item_key(one, item): (one, item) for one in rubric.indicators for item in one.items}

    def inputs(self) -> Inputs:
        reasons = {key: "；".join(texts) for key, texts in self.reasons.items()}
        for key, text in reasons.items():
            if len(text) > MAX_TEXT:
                problem = f"各要点的原因合计最多 {MAX_TEXT} 个字符"
                where = DataKey(Beside.REASON, key)
                self._add((where.beside.value, key), found("DATA_SHAPE", where=str(where), problem=problem))
        return Inputs(self.values, reasons, self.evidence, self.tables)

    def read(self, key: str, value: Plain) -> None:
        beside = data_key_of(key)
        if beside is not None:
            self._read_beside(beside, value, (key,))
        elif key in {*Beside} and isinstance(value, dict):
            for inner, one in value.items():
                self._read_beside(DataKey(Beside(key), inner), one, (key, inner))
        elif key in self.rubric.field:
            self._read_field(key, value)
        else:
            self._unknown(key, (key,))

    def _read_field(self, key: str, value: Plain) -> None:
        if value is None or value == "":
            return
        if not isinstance(value, str):
            self._add((key,), found("DATA_SHAPE", where=key, problem="应为一个值，读到列表或结构"))
            return
        read = from_text(self.rubric.field[key], value)
        if isinstance(read, Finding):
            self._add((key,), read)
            return
        for finding in bounds_findings(self.rubric.field[key], read):
            self._add((key,), finding)
        if read != "":
            self.values[key] = read

    def _read_beside(self, written: DataKey, value: Plain, path: YamlPath) -> None:
        beside, key = written.beside, written.id
        if value is None:
            return
        if beside is Beside.TABLES and key in self.rubric.table:
            rows, findings = read_rows(self.rubric.table[key], value)
            for inner, finding in findings:
                self._add((*path, *inner), finding)
            self.tables[key] = rows
            return
        if any(_unusable(text) for text in (value if isinstance(value, list) else [value])):
            problem = f"文字最多 {MAX_TEXT} 个字符，不能有控制字符，也不能只有看不见的字符"
            self._add(path, found("DATA_SHAPE", where=str(written), problem=problem))
            return
        indicator = self.rubric.indicator.get(key)
        if beside is Beside.REASON and isinstance(value, str) and indicator is not None:
            self.reasons.setdefault(key, []).insert(0, value.strip())
        elif beside is Beside.REASON and isinstance(value, str) and key in self.items:
            one, item = self.items[key]
            self.reasons.setdefault(one.id, []).append(f"{item.place}：{value.strip()}")
        elif beside is Beside.EVIDENCE and indicator is not None:
            self._read_evidence(indicator, value, path)
        elif key in self.rubric.indicator or (beside is Beside.REASON and key in self.items):
            problem = "应为文字" if beside is Beside.REASON else "应为文字或文字的列表"
            self._add(path, found("DATA_SHAPE", where=str(written), problem=problem))
        else:
            self._unknown(str(written), path)

    def _read_evidence(self, indicator: Indicator, value: Plain, path: YamlPath) -> None:
        lines = value if isinstance(value, list) else [value]
        documents = [_document(line) for line in lines]
        if None in documents:
            problem = f"每份材料应为文字，或含 {'、'.join(EVIDENCE_PARTS)} 的结构"
            self._add(
                path, found("DATA_SHAPE", where=str(DataKey(Beside.EVIDENCE, indicator.id)), problem=problem)
            )
            return
        listed = in_lines([one for one in documents if one])
        if any(len(one.name) > MAX_TEXT for one in listed):
            problem = f"材料过多：最后一行合计最多 {MAX_TEXT} 个字符"
            self._add(
                path, found("DATA_SHAPE", where=str(DataKey(Beside.EVIDENCE, indicator.id)), problem=problem)
            )
        elif listed:
            self.evidence[indicator.id] = listed

    def _unknown(self, key: str, path: YamlPath) -> None:
        ids = self._meant(key)
        known = answer(key, ids) if ids else nearest(key, self._known(key))
        self._add(path, found("DATA_KEY_UNKNOWN", key=key, known=known))

    def _meant(self, key: str) -> list[str]:
        """The keys that are meant where a heading stands in the place of an id."""
        beside = data_key_of(key)
        if beside is None:
            fields = ((heading, one.id) for one in self.rubric.fields for heading in (one.label, one.name))
            return ids_by_heading(fields).get(plain_heading(key), [])
        named = [(one.name, one.id) for one in self.rubric.indicators]
        named += [(indicator_headings(self.rubric)[one.id], one.id) for one in self.rubric.indicators]
        if beside.beside is Beside.TABLES:
            named = [(heading, one.id) for one in self.rubric.tables for heading in (one.title, one.name)]
        ids = ids_by_heading(named).get(plain_heading(beside.id), [])
        return [str(DataKey(beside.beside, one)) for one in ids]

    def _known(self, key: str) -> Iterator[str]:
        if "." not in key:
            yield from self.rubric.field
        owners = {
            Beside.REASON: (*self.rubric.indicator, *self.items),
            Beside.EVIDENCE: tuple(self.rubric.indicator),
            Beside.TABLES: tuple(self.rubric.table),
        }
        for beside in meant_beside(key):
            yield from (str(DataKey(beside, one)) for one in owners[beside])

    def _add(self, path: YamlPath, finding: Finding) -> None:
        self.findings.append(finding.placed(file=str(self.document.source), line=self.document.line(path)))


def _document(value: Plain) -> Evidence | None:
    """A document from its name alone, or from its parts; None where it is neither."""
    if isinstance(value, str):
        return Evidence(value.strip())
    if not isinstance(value, dict) or not set(value) <= set(EVIDENCE_PARTS):
        return None
    parts = {key: text.strip() for key, text in value.items() if isinstance(text, str)}
    return None if any(map(_unusable, parts.values())) or len(parts) < len(value) else Evidence(**parts)


def in_lines(documents: list[Evidence]) -> tuple[Evidence, ...]:
    """Documents as the workbook holds them: what exceeds its lines is listed in the name of the last."""
    if len(documents) <= EVIDENCE_LINES:
        return tuple(documents)
    shown, rest = documents[: EVIDENCE_LINES - 1], documents[EVIDENCE_LINES - 1 :]
    return (*shown, Evidence("\n".join(one.text() for one in rest)))


def _unusable(text: Plain) -> bool:
    if not isinstance(text, str):
        return False
    return len(text) > MAX_TEXT or unwritable(text) or bool(unseen(text.strip()))
