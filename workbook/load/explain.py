"""Errors that pydantic finds in a document, as findings with the line of the file, in Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from workbook.findings import Finding, nearest
from workbook.load.yamltext import Document, YamlPath
from workbook.rubric.expr_parser import ExprError
from workbook.rubric.headings import heading_in, plain_heading
from workbook.rubric.model import Check
from workbook.rubric.parts import attributes
from workbook.rubric.roles import Branch
from workbook.rubric.rules import RULE_KINDS, kind_name

_HOLD_RULES = {"rule"} | {
    one.name for kind in RULE_KINDS for one in attributes(kind) if isinstance(one.mark, Branch)
}
"""Keys under which a rule stands."""

_RULES_BY_KIND = {kind_name(kind): kind for kind in RULE_KINDS}


def explained(
    error: ValidationError,
    document: Document,
    prefix: YamlPath,
    model: type[BaseModel],
    headings: Mapping[str, list[str]] | None = None,
) -> Iterator[Finding]:
    """Pydantic's errors as findings with their place in the file and, for a key, the nearest known one.

    ``headings``: ids by what an author may have written for them in an expression.
    """
    for problem in error.errors():
        path = (*prefix, *_document_path(problem["loc"]))
        where = _words(document, path)
        context = problem.get("ctx", {})
        cause = context.get("error")
        match problem["type"]:
            case "extra_forbidden":
                known = nearest(str(path[-1]), _keys_at(model, problem["loc"][:-1]))
                yield document.found("SPEC_KEY_UNKNOWN", document.key(path), key=path[-1], known=known)
            case "missing":
                above = _words(document, path[:-1])
                yield document.found("SPEC_KEY_MISSING", document.key(path), key=path[-1], where=above)
            case "union_tag_invalid":
                kind, spot = str(context.get("tag")), document.spot((*path, "kind"))
                known, kinds = nearest(kind, _RULES_BY_KIND), "、".join(_RULES_BY_KIND)
                yield document.found("SPEC_RULE_UNKNOWN", spot, kind=kind, known=known, kinds=kinds)
            case "union_tag_not_found":
                yield document.found("SPEC_KEY_MISSING", document.key(path), key="kind", where=where)
            case _ if isinstance(cause, ExprError):
                yield _outside(cause, document, path, problem["input"], headings or {})
            case "literal_error" if path[-1] == "relation":
                relation = str(problem["input"])
                meant = _MEANT.get(plain_heading(relation))
                hint = f"；“{relation}”请写 {meant}" if meant else ""
                known = "、".join(get_args(Check.model_fields["relation"].annotation))
                spot = document.spot(path)
                yield document.found(
                    "SPEC_RELATION", spot, where=where, relation=relation, known=known, hint=hint
                )
            case _:
                text = _problem(problem["type"], problem["msg"], context)
                yield document.found("SPEC_INVALID", document.spot(path), where=where, problem=text)


_MEANT = {
    "==": "=", "===": "=", "等于": "=", "=<": "<=", "≤": "<=", "≦": "<=", "不大于": "<=", "小于等于": "<=",
    "=>": ">=", "≥": ">=", "≧": ">=", "不小于": ">=", "大于等于": ">=", "小于": "<", "大于": ">",
}  # fmt: skip
"""Relations in other notations (``＝`` and the like are read as their plain forms)."""
_MEANT |= {one: one for one in get_args(Check.model_fields["relation"].annotation)}


def _outside(
    cause: ExprError, document: Document, path: YamlPath, written: object, headings: Mapping[str, list[str]]
) -> Finding:
    """What of an expression is outside the language; a heading in it is answered with its id."""
    where = _words(document, path)
    known = None if cause.about else heading_in(str(written), headings)
    if known is not None:
        start, heading, ids = known
        spot = document.spot(path, offset=start)
        return document.found("SPEC_EXPR_HEADING", spot, where=where, problem=heading, instead="、".join(ids))
    (about, *_) = headings.get(plain_heading(cause.about), [cause.about])
    instead = cause.instead.replace(cause.about, about) if cause.about else ""
    spot = document.spot(path, offset=cause.column)
    return document.found(cause.code, spot, where=where, problem=str(cause), instead=instead)


def _words(document: Document, path: YamlPath) -> str:
    """A path as an author reads it: from the nearest part that has a name, parts with an id by that."""
    data: Any = document.data
    words: list[str] = []
    for part in path:
        words.append(str(part))
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):  # a key that is missing
            data = None
        if isinstance(data, dict) and isinstance(data.get("name"), str):
            words = [f"“{data['name']}”"]
        elif isinstance(data, dict) and isinstance(data.get("id"), str):
            words[-1] = f"“{data['id']}”"
    return ".".join(words) or "文件"


_PROBLEMS = {
    "tuple_type": "应为列表（以“-”开头的各行，或 [..]）",
    "list_type": "应为列表（以“-”开头的各行，或 [..]）",
    "dict_type": "应为键值结构",
    "model_type": "应为键值结构",
    "model_attributes_type": "应为键值结构",
    "string_type": "应为文字",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "enum": "应为下列之一：{expected}",
    "literal_error": "应为下列之一：{expected}",
}


def _problem(kind: str, message: str, context: dict[str, Any]) -> str:
    """The error in a value, in Chinese; messages of our own validators are Chinese already."""
    if kind in _PROBLEMS:
        return _PROBLEMS[kind].format(expected=context.get("expected", ""))
    return message.removeprefix("Value error, ")


def _document_path(loc: tuple[int | str, ...]) -> YamlPath:
    """A pydantic location without the discriminators' values, which are not in the document."""
    path: list[str | int] = []
    for position, part in enumerate(loc):
        follows_rule = position > 0 and loc[position - 1] in _HOLD_RULES
        if not (follows_rule and part in _RULES_BY_KIND):
            path.append(part)
    return tuple(path)


def _keys_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> set[str]:
    """The keys that the model allows at ``loc``."""
    current: type[BaseModel] = model
    for part in loc:
        if isinstance(part, str) and part in current.model_fields:
            current = _model_in(current.model_fields[part].annotation) or current
        elif part in _RULES_BY_KIND:
            current = _RULES_BY_KIND[str(part)]
    return set(current.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        inner = _model_in(argument)
        if inner is not None:
            return inner
    return None
