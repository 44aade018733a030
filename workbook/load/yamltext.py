"""Strict YAML: scalars stay text, duplicate keys are reported, every value knows its line and column.

PyYAML composes the node graph; nothing is ever constructed from tags, so a document can hold no
objects, and a decimal is later built from the very digits that stand in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import yaml

from workbook.codes.expressions import YAML_PROBLEMS
from workbook.findings import Finding, Refused, found

Plain: TypeAlias = "str | None | list[Plain] | dict[str, Plain]"
YamlPath: TypeAlias = tuple[str | int, ...]

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_BYTES = 5_000_000
_MAX_NODES = 200_000
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_NULLS = {"", "~", "null", "Null", "NULL"}


class Spot(NamedTuple):
    """The place of a character: line and column from 1, and the file."""

    line: int
    column: int
    file: Path


@dataclass(slots=True)
class Document:
    """A YAML document as plain data, with the places of its parts.

    ``keys`` say by path where each key, or entry of a list, begins; ``scalars`` where the text of a value
    begins. Parts may come from another file than ``source``; ``texts`` holds the whole text of each file.
    """

    source: Path
    data: Plain
    keys: dict[YamlPath, Spot] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    scalars: dict[YamlPath, Spot] = field(default_factory=dict)
    texts: dict[Path, str] = field(default_factory=dict)

    def line(self, path: YamlPath) -> int | None:
        """The line of the key or entry at ``path``, or of its nearest known ancestor."""
        spot = self.key(path)
        return None if spot is None else spot.line

    def key(self, path: YamlPath) -> Spot | None:
        """The start of the key or entry at ``path``, or of its nearest known ancestor."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.keys:
                return self.keys[path[:end]]
        return None

    def spot(self, path: YamlPath, *, offset: int = 0, word: str | None = None) -> Spot | None:
        """The start of the text at ``path``, or of a word or character in it; without a text, its key's."""
        start = self.scalars.get(path)
        if start is None:
            return self.key(path)
        if word is None and not offset:
            return start
        text = str(self._at(path))
        if word is not None and (match := re.search(rf"\b{re.escape(word)}\b", text)):
            offset = match.start()
        return self._inside(start, text, offset) if offset else start

    def text(self, path: YamlPath) -> str:
        """The text of the value at ``path``; empty where none is written."""
        return str(self._at(path)) if path in self.scalars else ""

    def found(self, code: str, spot: Spot | None, **values: Any) -> Finding:
        """The finding ``code`` in this document; ``values`` as for :func:`workbook.findings.found`."""
        if spot is None:
            return found(code, file=self.source, **values)
        return found(code, file=spot.file, spot=(spot.line, spot.column), **values)

    def _at(self, path: YamlPath) -> Plain:
        data: Any = self.data
        for step in path:
            data = data[step]
        return data  # type: ignore[no-any-return]

    def _inside(self, start: Spot, value: str, offset: int) -> Spot:
        """The place of a character of ``value``. A text over several lines differs in its blanks only."""
        lines = text_lines(self.texts[start.file])
        line, column = start.line, start.column
        if lines[line - 1][column - 1] in "|>":
            line, column = line + 1, 1
        elif lines[line - 1][column - 1] in "'\"":
            column += 1
        wanted = [char for char in value[:offset] if not char.isspace()]
        target = value[offset : offset + 1].strip()
        here = start
        while line <= len(lines):
            for number, char in enumerate(lines[line - 1][column - 1 :], column):
                if char.isspace():
                    continue
                if not wanted:
                    return Spot(line, number, start.file) if target else here
                if char != wanted.pop(0):
                    return start  # an escape: what is read is not what is written
                here = Spot(line, number + 1, start.file)
            line, column = line + 1, 1
        return here


def text_lines(text: str) -> list[str]:
    """The lines of a text as YAML counts them."""
    return _BREAK.split(text)


def read_text(path: Path) -> str:
    """The text of a UTF-8 (or, from Windows desks, GB18030) file. Raises Refused."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Refused([found("FILE_UNREADABLE", file=path, reason=error.strerror or str(error))]) from error
    if len(raw) > _MAX_BYTES:
        raise Refused([found("FILE_UNREADABLE", file=path, reason=f"文件大于 {_MAX_BYTES // 1_000_000} MB")])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused([found("FILE_UNREADABLE", file=path, reason="既不是 UTF-8 也不是 GB18030 文本")])


def load_yaml(path: Path) -> Document:
    """Read one YAML (or JSON) document. Raises Refused when it is no YAML at all."""
    text = read_text(path)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error)
        problem = YAML_PROBLEMS.get(said, said)
        spot = None if mark is None else _spot(mark, path)
        raise Refused([Document(path, None).found("YAML_SYNTAX", spot, problem=problem)]) from error
    document = Document(path, None, texts={path: text})
    if node is not None:
        document.data = _Builder(document).build(node, ())
    return document


def _spot(mark: yaml.Mark, file: Path) -> Spot:
    return Spot(mark.line + 1, mark.column + 1, file)


class _Builder:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.nodes = 0
        self.open: set[int] = set()

    def build(self, node: yaml.Node, path: YamlPath) -> Plain:
        self.nodes += 1
        if self.nodes > _MAX_NODES or id(node) in self.open:
            start = Spot(1, 1, self.document.source)
            raise Refused([self.document.found("YAML_SYNTAX", start, problem="内容过大或自我引用")])
        spot = _spot(node.start_mark, self.document.source)
        self.document.keys.setdefault(path, spot)
        if isinstance(node, yaml.ScalarNode):
            alias = spot < self.document.keys[path]
            if not alias and (node.style or node.value):
                self.document.scalars[path] = spot
            return None if not node.style and node.value in _NULLS else str(node.value)
        self.open.add(id(node))
        try:
            if isinstance(node, yaml.SequenceNode):
                return [self.build(child, (*path, index)) for index, child in enumerate(node.value)]
            assert isinstance(node, yaml.MappingNode)
            return self._mapping(node, path)
        finally:
            self.open.discard(id(node))

    def _mapping(self, node: yaml.MappingNode, path: YamlPath) -> dict[str, Plain]:
        result: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            spot = _spot(key_node.start_mark, self.document.source)
            if key in result:
                self.document.findings.append(self.document.found("YAML_DUPLICATE_KEY", spot, key=key))
                continue
            self.document.keys[*path, key] = spot
            result[key] = self.build(value_node, (*path, key))
        return result
