"""Markup by the schema: which attributes and children an element may have, and of which kind values are.

The tables themselves are in ``grammar_*.py``, one line an element; here they are read and applied. What a
table does not name is not passed over: it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from workbook.findings import found
from workbook.xlsx_reader.xml import Forbidden, PartProblem

MAIN_SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The main namespace, in its two forms."""

COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATION_SPACES = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)

_RELATION_IDS = tuple(space + "id" for space in RELATION_SPACES)
_BLANK = " \t\r\n"
_WORDS: dict[str, re.Pattern[str]] = {
    "bool": re.compile(r"true|false|1|0"),
    "uint": re.compile(r"\+?[0-9]{1,10}"),
    # some readers take the memory for as many at once
    "count": re.compile(r"\+?0{0,9}[0-9]{1,6}"),
    "int": re.compile(r"[+-]?[0-9]{1,10}"),
    "double": re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII),
    "ref": re.compile(
        r"\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?|[A-Za-z]{1,3}:[A-Za-z]{1,3}|\d{1,7}:\d{1,7}",
        re.ASCII,
    ),
    "hex": re.compile(r"[0-9A-Fa-f]{1,8}"),
}
_TEXT = re.compile(r"(?s).*")

_HARMLESS_SPACES = frozenset(
    {
        "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac",
        "http://schemas.microsoft.com/office/spreadsheetml/2014/revision",
        "http://schemas.microsoft.com/office/spreadsheetml/2015/revision2",
        "http://schemas.microsoft.com/office/spreadsheetml/2016/revision3",
        "http://schemas.microsoft.com/office/spreadsheetml/2016/revision6",
        "http://schemas.microsoft.com/office/spreadsheetml/2016/revision9",
        "http://schemas.microsoft.com/office/spreadsheetml/2016/revision10",
    }
)
"""Namespaces whose attributes say who changed what, and how far a line's foot is from its letters."""

_ACTIVE = {
    "oleObjects": "嵌入对象", "controls": "控件", "control": "控件", "externalReferences": "外部链接",
    "webPublishItems": "网页发布", "oleObject": "嵌入对象",
}  # fmt: skip
"""Elements that no template has, by what people call them."""

_FREE_ATTRIBUTES = frozenset(
    {
        COMPATIBILITY + "Ignorable",
        "{http://www.w3.org/XML/1998/namespace}space",
        "{http://www.w3.org/XML/1998/namespace}lang",
        "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation",
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """The attributes and children allowed to an element. ``children``: True for one allowed once only."""

    name: str
    attributes: Mapping[str, re.Pattern[str]]
    children: Mapping[str, bool]
    own: frozenset[str] = frozenset()
    """Attributes and children that only an officer's own sheet may have."""
    text: bool = False
    open: bool = False
    """Whatever stands inside says nothing that anyone sees."""


@dataclass(slots=True)
class Grammar:
    """The rules of a part's elements by local name, and how a part that breaks them is reported."""

    rules: Mapping[str, Rule]
    extensions: Mapping[str, str] = field(default_factory=dict)
    """The kind of the extension of each address: ``harmless``, ``own``, ``active``, or the caller's word."""

    def check(self, name: str, root: Element, tag: str) -> Checked:
        """The part ``name``, whose root must be ``tag``, with all that it says. Raises PartProblem."""
        space, _, local = str(root.tag).rpartition("}")
        if space.removeprefix("{") not in MAIN_SPACES or local != tag:
            raise PartProblem("PART_KIND", part=name, kind=f" {tag}")
        checked = Checked(name, root, space + "}")
        self._element(checked, root, self.rules[tag])
        return checked

    def element(self, checked: Checked, element: Element, rule: str) -> None:
        """Check one more element of the part by the rule of that name."""
        self._element(checked, element, self.rules[rule])

    def attributes(self, checked: Checked, element: Element, rule: str) -> None:
        """Check the attributes of an element alone, by the rule of that name."""
        self._attributes(checked, element, self.rules[rule])

    def _attributes(self, checked: Checked, element: Element, rule: Rule) -> None:
        for key, value in element.attrib.items():
            self._attribute(checked, rule, key, value)
        if "r:id" in rule.attributes and all(key in element.attrib for key in _RELATION_IDS):
            raise checked.unknown(rule.name, "r:id")

    def _element(self, checked: Checked, element: Element, rule: Rule) -> None:
        if rule.open:
            return
        self._attributes(checked, element, rule)
        if not rule.text and element.text and element.text.strip(_BLANK):
            raise checked.unknown(rule.name, "文字")
        seen: set[str] = set()
        for child in element:
            local = checked.local(child)
            if child.tail and child.tail.strip(_BLANK):
                raise checked.unknown(rule.name, "文字")
            if local is None:
                self._foreign(checked, child, rule)
                continue
            if local == "extLst":
                self._extensions(checked, child)
                continue
            if local not in rule.children or (rule.children[local] and local in seen):
                raise checked.unknown(rule.name, local)
            seen.add(local)
            if local in rule.own:
                checked.added.append(local)
            self._element(checked, child, self.rules[local])

    def _attribute(self, checked: Checked, rule: Rule, key: str, value: str) -> None:
        form = rule.attributes.get(key)
        if form is None:
            space = key.rpartition("}")[0].removeprefix("{")
            if key in _FREE_ATTRIBUTES or space in _HARMLESS_SPACES:
                return
            if key in _RELATION_IDS and "r:id" in rule.attributes:
                return
            raise checked.unknown(rule.name, key.rpartition("}")[2])
        if not form.fullmatch(value.strip(_BLANK)):
            raise checked.odd(rule.name, key, value)
        if key in rule.own:
            checked.added.append(key)

    def _foreign(self, checked: Checked, child: Element, parent: Rule) -> None:
        """Check that an alternative for newer programs holds only the file's own path. Raises PartProblem."""
        if child.tag == COMPATIBILITY + "AlternateContent" and "AlternateContent" in parent.children:
            for branch in child:
                for one in branch:
                    local = str(one.tag).rpartition("}")[2]
                    if local not in {"absPath"}:
                        raise checked.unknown(parent.name, local)
            return
        space, _, local = str(child.tag).rpartition("}")
        if space.removeprefix("{") in _HARMLESS_SPACES and not len(child):
            return
        raise checked.unknown(parent.name, local)

    def _extensions(self, checked: Checked, element: Element) -> None:
        for one in element:
            uri = one.get("uri", "").upper()
            if checked.local(one) != "ext" or uri not in self.extensions:
                raise checked.unknown("extLst", uri[:60] or str(one.tag).rpartition("}")[2])
            meaning = self.extensions[uri]
            if meaning == "active":
                raise Forbidden(found("ACTIVE_CONTENT", part=checked.name, what="网页加载项"))
            if meaning != "harmless":
                checked.extensions.append((meaning, one))


@dataclass(slots=True)
class Checked:
    """A part of the main namespace whose markup is known.

    ``added``: what only own sheets may have, by the names of the schema. ``extensions``: those that the
    caller has to look at, with what they are.
    """

    name: str
    root: Element
    space: str
    added: list[str] = field(default_factory=list)
    extensions: list[tuple[str, Element]] = field(default_factory=list)

    def local(self, element: Element) -> str | None:
        """The local name of an element of the main namespace; None for any other."""
        tag = str(element.tag)
        return tag[len(self.space) :] if tag.startswith(self.space) else None

    def all(self, *path: str) -> list[Element]:
        """The elements at a path below the root."""
        return self.root.findall("/".join(self.space + step for step in path))

    def one(self, *path: str) -> Element | None:
        """The first element at a path below the root."""
        return self.root.find("/".join(self.space + step for step in path))

    def unknown(self, parent: str, what: str) -> Forbidden:
        """For an element, attribute or text that has no place in its parent."""
        if what in _ACTIVE:
            return Forbidden(found("ACTIVE_CONTENT", part=self.name, what=_ACTIVE[what]))
        return Forbidden(found("MARKUP_UNKNOWN", part=self.name, place=parent, what=what[:60]))

    def odd(self, parent: str, attribute: str, value: str) -> Forbidden:
        """For a value that is not of its attribute's kind."""
        return Forbidden(
            found("MARKUP_VALUE", part=self.name, place=parent, what=attribute, value=value[:40])
        )


def relation_id(element: Element) -> str | None:
    """The id of the relationship that a checked element names, in one of the two namespaces; None without."""
    return next((element.attrib[key] for key in _RELATION_IDS if key in element.attrib), None)


def truth(element: Element | None, attribute: str, *, default: bool = False) -> bool:
    """A checked boolean attribute."""
    if element is None or attribute not in element.attrib:
        return default
    return element.attrib[attribute].strip(_BLANK) in {"1", "true"}


def whole(element: Element, attribute: str, default: int = 0) -> int:
    """A checked whole-number attribute."""
    text = element.get(attribute)
    return default if text is None else int(text.strip(_BLANK))


def decimal(element: Element, attribute: str) -> float | None:
    """A checked number attribute; None where it is not given."""
    text = element.get(attribute)
    return None if text is None else float(text.strip(_BLANK))


def read_rules(table: str) -> dict[str, Rule]:
    """The rules of a table: a line an element, ``name: attributes > children``; indented lines go on with it.

    An attribute is ``name`` (any text), ``name=kind`` or ``name=one|another``; a child stands as often as
    ``name*`` says, else once; ``!`` before either means only on own sheets; ``#text`` lets text stand there,
    ``#open`` anything at all. Lines that begin with ``#`` and blanks are comments.
    """
    rules = {}
    for line in re.sub(r"\n +", " ", table).splitlines():
        if not line.strip() or line.startswith("# "):
            continue
        head, _, rest = line.partition(":")
        attributes, _, children = rest.partition(" >")
        words = attributes.split()
        own = {word.lstrip("!").partition("=")[0] for word in words if word.startswith("!")}
        own |= {word.lstrip("!").rstrip("*") for word in children.split() if word.startswith("!")}
        plain = [word.lstrip("!") for word in words if not word.startswith("#")]
        for name in head.split():
            rules[name] = Rule(
                name,
                {word.partition("=")[0]: _form(word.partition("=")[2]) for word in plain},
                {word.lstrip("!").rstrip("*"): not word.endswith("*") for word in children.split()},
                frozenset(own),
                text="#text" in words,
                open="#open" in words,
            )
    return rules


def _form(kind: str) -> re.Pattern[str]:
    if not kind:
        return _TEXT
    return _WORDS[kind] if kind in _WORDS else re.compile(kind)
