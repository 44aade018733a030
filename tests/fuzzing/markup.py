# ruff: noqa: E501 - pieces of markup and lists of values stand whole
"""Changes of markup by the grammar: elements and attributes that may stand there, put in, out, elsewhere."""

from __future__ import annotations

from random import Random

from lxml import etree

from tests.fuzzing import values
from tests.fuzzing.book import Book, Element, elements, local, main_space
from workbook.xlsx_reader.grammar import Grammar, Rule

_OPEN: dict[str, tuple[str, ...]] = {
    "sheetProtection": ('<x sheet="1" objects="1" formatCells="0" password="CC1A"/>', '<x sheet="0"/>', "<x/>"),
    "colorScale": ('<x><cfvo type="min"/><cfvo type="max"/><color rgb="FFFFFFFF"/><color rgb="FFFF0000"/></x>',),
    "dataBar": ('<x showValue="0"><cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></x>',),
    "iconSet": ('<x iconSet="3Arrows" showValue="0"><cfvo type="percent" val="0"/><cfvo type="percent" val="33"/><cfvo type="percent" val="67"/></x>',),
    "filters": ('<x><filter val="1"/></x>', '<x blank="1"/>'),
    "customFilters": ('<x><customFilter operator="greaterThan" val="100000"/></x>',),
    "dynamicFilter": ('<x type="aboveAverage"/>',),
    "top10": ('<x val="1"/>',),
    "sortState": ('<x ref="A4:L9" columnSort="0"><sortCondition ref="B4:B9"/></x>',),
    "ignoredErrors": ('<x><ignoredError sqref="A1:Z99" numberStoredAsText="1"/></x>',),
    "protectedRanges": ('<x><protectedRange sqref="A1:Z99" name="区域"/></x>',),
    "customSheetViews": ('<x><customSheetView guid="{00000000-0000-0000-0000-000000000001}" hiddenRows="1" scale="10"/></x>',),
    "scenarios": ('<x current="0" show="0"><scenario name="a" count="1"><inputCells r="D4" val="9"/></scenario></x>',),
    "dataConsolidate": ('<x function="sum"><dataRefs count="1"><dataRef ref="A1" sheet="评分表"/></dataRefs></x>',),
    "cellWatches": ('<x><cellWatch r="D4"/></x>',),
    "border": ('<x><left style="thick"><color rgb="FFFF0000"/></left></x>', "<x/>", '<x diagonalUp="1"><diagonal style="thick"/></x>'),
    "customWorkbookViews": ('<x><customWorkbookView name="v" guid="{00000000-0000-0000-0000-000000000001}" windowWidth="9" windowHeight="9" activeSheetId="1"/></x>',),
    "workbookProtection": ('<x lockStructure="1"/>', '<x lockWindows="1"/>', "<x/>"),
    "fileVersion": ('<x appName="xl" lastEdited="7" lowestEdited="7" rupBuild="27328"/>', '<x appName="et"/>'),
    "fileSharing": ('<x readOnlyRecommended="1" userName="a"/>',),
}  # fmt: skip
"""Contents of elements whose inside the grammar leaves open."""


class Markup:
    """Changes of one part's elements by its grammar."""

    def __init__(self, book: Book, name: str, grammar: Grammar) -> None:
        self.book = book
        self.random: Random = book.random
        self.name = name
        self.root = book.tree(name)
        self.grammar = grammar
        self.space = main_space(self.root)
        self.cells = [one.get("r", "A1") for one in elements(self.root, "c")[:400:3]]

    def change(self) -> str:
        """One change, by chance; what was done."""
        listed = [
            one for one in elements(self.root) if local(one) in self.grammar.rules and self._inside(one)
        ]
        by_name: dict[str, list[Element]] = {}
        for one in listed:
            by_name.setdefault(local(one), []).append(one)
        element = self.random.choice(by_name[self.random.choice(list(by_name))])
        rule = self.grammar.rules[local(element)]
        action = self.random.choice(
            (
                self.attribute,
                self.attribute,
                self.child,
                self.child,
                self.remove,
                self.double,
                self.move,
                self.words,
            )
        )
        action(element, rule)
        return f"{self.name}: {action.__name__} {local(element)}"

    def _inside(self, element: Element | None) -> bool:
        """Whether an element stands where the grammar looks, and not in an extension."""
        while element is not None:
            if local(element) == "extLst" or not str(element.tag).startswith(self.space):
                return False
            element = element.getparent()
        return True

    def attribute(self, element: Element, rule: Rule) -> None:
        """Set, change or take out an attribute."""
        if not rule.attributes or (element.attrib and self.random.random() < 0.15):
            if element.attrib:
                del element.attrib[self.random.choice(list(element.attrib))]
            return
        name = self.random.choice(list(rule.attributes))
        if name == "r:id" or (local(element) == "c" and name == "r"):
            return
        element.set(name, self._value(rule.name, name, rule))

    def child(self, element: Element, rule: Rule) -> None:
        """Put in a child where the schema has it, or in place of one that may stand once only."""
        if not rule.children:
            self.attribute(element, rule)
            return
        name = self.random.choice(list(rule.children))
        if name in {"sheetData", "sheets"} or (name == "extLst") or name not in self.grammar.rules:
            return
        old = [one for one in element if local(one) == name]
        if old and rule.children[name]:
            if self.random.random() < 0.5:
                self.attribute(self.random.choice(old), self.grammar.rules[name])
                return
            element.remove(old[0])
        self.insert(element, rule, self.make(name, 0))

    def insert(self, parent: Element, rule: Rule, new: Element) -> None:
        """Put an element among its parent's children, at the place of its name."""
        order = {name: number for number, name in enumerate(rule.children)}
        mine = order.get(local(new), len(order))
        place = sum(1 for one in parent if order.get(local(one), -1) <= mine)
        if self.random.random() < 0.3:
            same = [number for number, one in enumerate(parent) if local(one) == local(new)]
            place = same[0] if same else place
        parent.insert(place, new)

    def make(self, name: str, depth: int) -> Element:
        """A new element of a name, with attributes and children by chance."""
        rule = self.grammar.rules[name]
        element = etree.Element(
            self.space + name, nsmap=None if self.root.prefix else {None: self.space[1:-1]}
        )
        if rule.open:
            if name in _OPEN:
                source = etree.fromstring(
                    self.random.choice(_OPEN[name]).replace("<x", f'<x xmlns="{self.space[1:-1]}"', 1)
                )
                element.attrib.update(source.attrib)
                element.extend(list(source))
            return element
        likely = self.random.choice((0.2, 0.5, 0.9))
        for key in rule.attributes:
            needed = key in {
                "ref",
                "sqref",
                "type",
                "name",
                "val",
                "id",
                "formatCode",
                "numFmtId",
                "min",
                "max",
                "width",
            }
            if key != "r:id" and self.random.random() < (0.97 if needed else likely * 0.6):
                element.set(key, self._value(name, key, rule))
        if rule.text:
            element.text = values.text(self.random, name)
        if depth < 3:
            for key, once in rule.children.items():
                if key in self.grammar.rules and self.random.random() < 0.35:
                    for _ in range(1 if once else self.random.choice((1, 1, 2))):
                        element.append(self.make(key, depth + 1))
        return element

    def remove(self, element: Element, rule: Rule) -> None:
        """Take an element out."""
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)

    def double(self, element: Element, rule: Rule) -> None:
        """Put in an element again, as it is or with another attribute."""
        parent = element.getparent()
        if parent is None:
            return
        again = etree.fromstring(etree.tostring(element, with_tail=False))
        if self.random.random() < 0.7:
            self.attribute(again, rule)
        parent.insert(parent.index(element) + self.random.randrange(2), again)

    def move(self, element: Element, rule: Rule) -> None:
        """Give an element another place among its siblings."""
        parent = element.getparent()
        if parent is None or len(parent) < 2:
            return
        same = [one for one in parent if one.tag == element.tag]
        other = self.random.choice(same if len(same) > 1 else list(parent))
        if other is not element:
            parent.remove(element)
            parent.insert(parent.index(other), element)

    def words(self, element: Element, rule: Rule) -> None:
        """Another text, or a comment or an instruction within."""
        if rule.text and self.random.random() < 0.7:
            element.text = values.text(self.random, rule.name)
            return
        new = etree.Comment("x") if self.random.random() < 0.7 else etree.ProcessingInstruction("x", "y")
        element.insert(self.random.randrange(len(element) + 1), new)

    def _value(self, element: str, name: str, rule: Rule) -> str:
        return values.attribute(self.random, element, name, rule.attributes[name], self.cells, self._most)

    def _most(self, name: str) -> int:
        if name in {"s", "style"}:
            sheets = elements(self.book.tree("xl/styles.xml"), "cellXfs")
            return len(sheets[0]) if sheets else 0
        tags = {
            "dxfId": "dxfs",
            "fontId": "fonts",
            "fillId": "fills",
            "borderId": "borders",
            "xfId": "cellStyleXfs",
        }
        lists = elements(self.book.tree("xl/styles.xml"), tags[name])
        return len(lists[0]) if lists else 0
