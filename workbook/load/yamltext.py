"""Strict YAML: scalars stay text, duplicate keys are reported, every value knows its line.

PyYAML composes the node graph; nothing is ever constructed from tags, so a document can hold no
objects, and a decimal is later built from the very digits that stand in the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from workbook.findings import Finding, Refused, found

Plain: TypeAlias = "str | None | list[Plain] | dict[str, Plain]"
YamlPath: TypeAlias = tuple[str | int, ...]

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_BYTES = 5_000_000
_MAX_NODES = 200_000
_NULLS = {"", "~", "null", "Null", "NULL"}


@dataclass(slots=True)
class Document:
    """A YAML document as plain data. ``lines`` maps each value's path to its line, from 1.

    ``files`` names the file of each value that comes from another one than ``source``.
    """

    source: Path
    data: Plain
    lines: dict[YamlPath, int]
    findings: list[Finding] = field(default_factory=list)
    files: dict[YamlPath, Path] = field(default_factory=dict)

    def line(self, path: YamlPath) -> int | None:
        """The line of the value at ``path``, or of its nearest known ancestor."""
        return self.lines.get(self._known(path))

    def file(self, path: YamlPath) -> Path:
        """The file in which that line stands."""
        return self.files.get(self._known(path), self.source)

    def found(self, code: str, path: YamlPath, **values: Any) -> Finding:
        """The finding ``code`` at the value at ``path``."""
        return found(code, file=self.file(path), line=self.line(path), **values)

    def _known(self, path: YamlPath) -> YamlPath:
        return next((path[:end] for end in range(len(path), 0, -1) if path[:end] in self.lines), ())


def read_text(path: Path) -> str:
    """The text of a UTF-8 (or, from Windows desks, GB18030) file; raises Refused."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Refused([found("FILE_UNREADABLE", file=path, reason=error.strerror or str(error))]) from error
    if len(raw) > _MAX_BYTES:
        raise Refused([found("FILE_UNREADABLE", file=path, reason="文件大于 5 MB")])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused([found("FILE_UNREADABLE", file=path, reason="既不是 UTF-8 也不是 GB18030 文本")])


def load_yaml(path: Path) -> Document:
    """Read one YAML (or JSON) document; raises Refused when it is no YAML at all."""
    text = read_text(path)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else mark.line + 1
        problem = getattr(error, "problem", None) or str(error)
        raise Refused([found("YAML_SYNTAX", file=path, line=line, problem=problem)]) from error
    document = Document(path, None, {})
    if node is not None:
        document.data = _Builder(document).build(node, ())
    return document


class _Builder:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.nodes = 0
        self.open: set[int] = set()

    def build(self, node: yaml.Node, path: YamlPath) -> Plain:
        self.nodes += 1
        if self.nodes > _MAX_NODES or id(node) in self.open:
            raise Refused(
                [found("YAML_SYNTAX", file=self.document.source, line=1, problem="内容过大或自我引用")]
            )
        self.document.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode):
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
            line = key_node.start_mark.line + 1
            if key in result:
                self.document.findings.append(
                    found("YAML_DUPLICATE_KEY", file=self.document.source, line=line, key=key)
                )
                continue
            self.document.lines[(*path, key)] = line
            result[key] = self.build(value_node, (*path, key))
        return result
