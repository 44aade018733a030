"""An officer's own arithmetic in an input cell, as the officer's program has calculated it.

Allowed are numbers, + − × ÷ %, brackets, SUM, ROUND, AVERAGE and what the file itself holds: cells, areas,
whole columns and rows of its sheets, names for these, for numbers and for arithmetic of this kind. The
formula alone goes through the engine's parser; what it refers to is checked and handed over as numbers.

A formula on an officer's own sheet may say more than that (SUMIF, IF …). It is never evaluated: what it gave
is read as it was saved, like a number typed there, and ``Arithmetic.saved`` tells of it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from workbook.returned.cell_references import Area, Defined, NotAllowed, References
from workbook.returned.formula_text import Operand, checked, references_in
from workbook.returned.operands import among_others, single
from workbook.returned.programs import Number, Readings, as_decimal, differs, readings
from workbook.template.model import Formula
from workbook.xlsx_reader.received import CellValue, Received

__all__ = ["Arithmetic", "NotAllowed", "as_decimal", "differs"]

MAX_CELLS, MAX_FORMULAS = 200_000, 10_000
"""Cells that all formulas of a workbook's inputs may touch together, and formulas among them."""


class _Node(NamedTuple):
    """A cell, or with an empty sheet a name that stands for a formula."""

    sheet: str
    ref: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.ref}" if self.sheet else f"名称“{self.ref}”"


@dataclass(frozen=True, slots=True)
class _Argument:
    """The meaning of an operand of a formula: a number, one cell, or all cells of an area to add up."""

    number: float | None = None
    cell: _Node | None = None
    cells: tuple[_Node, ...] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    """A formula with its operands' names, what they stand for, and which cells must be calculated before."""

    text: str
    arguments: dict[str, _Argument]
    before: tuple[_Node, ...]


_NONE: Mapping[_Node, Number] = {}


class _Fault(Exception):
    """The reason why a formula cannot be calculated, and the cell at fault or None."""

    def __init__(self, node: _Node | None, problem: str) -> None:
        super().__init__(problem)
        self.node = node
        self.problem = problem


class Arithmetic:
    """Evaluates officers' formulas of one workbook; counts what it touches, and stops in time.

    ``issued`` are the titles of the template's sheets; all others are the officer's own.
    """

    def __init__(self, received: Received, issued: Collection[str] = ()) -> None:
        self.received = received
        self.issued = issued
        self.references = References(received)
        self.cells = 0
        self._plans: dict[_Node, _Plan] = {}
        self._formulas: dict[_Node, str] = {}
        self._results: dict[_Node, CellValue] = {}
        self._readings: dict[_Node, Readings] = {}
        self._saved: set[_Node] = set()
        self._straight: set[_Node] = set()  # formulas from which no circle can be reached
        self._faults: dict[_Node, tuple[_Node | None, str]] = {}

    def value(self, sheet: str, ref: str) -> float:
        """The number that the formula in a cell gives. Raises NotAllowed."""
        root = _Node(sheet, ref)
        try:
            value = float(self._evaluated(root))
            self._readings[root].check()
        except _Fault as fault:
            where = ""
            if fault.node is not None and fault.node != root:
                where = f"所引用的 {fault.node}（{self._formula(fault.node)[:40]}）"
            raise NotAllowed(f"{where}{fault.problem}") from fault
        return 0.0 if self._readings[root].nothing else value

    def saved(self, sheet: str, ref: str) -> list[str]:
        """The cells behind a formula that was evaluated whose own formulas were not."""
        found: dict[_Node, None] = {}
        waiting, seen = [_Node(sheet, ref)], set()
        while waiting:
            node = waiting.pop()
            if node in self._saved:
                found[node] = None
            elif node not in seen:
                seen.add(node)
                waiting.extend(reversed(self._plans[node].before))
        return [str(node) for node in found]

    def _evaluated(self, root: _Node) -> CellValue:
        """The value of a formula, after those it refers to; on an own stack, for depth. Raises _Fault."""
        path: dict[_Node, Iterator[_Node]] = {}
        try:
            self._enter(root, path)
            while path:
                node = next(reversed(path))
                following = next((one for one in path[node] if one not in self._results), None)
                if following is None:
                    self._results[node] = self._calculated(node)
                    del path[node]
                elif following in path:
                    raise _Fault(None, f"循环引用：{_circle(list(path), following)}")
                else:
                    self._enter(following, path)
        except _Fault as fault:
            self._faults.update(dict.fromkeys(path, (fault.node, fault.problem)))
            raise
        return self._results[root]

    def _enter(self, node: _Node, path: dict[_Node, Iterator[_Node]]) -> None:
        if node in self._faults:
            raise _Fault(*self._faults[node])
        root = not path
        path[node] = iter(())
        if node not in self._plans:
            try:
                self._plans[node] = self._plan(node)
            except NotAllowed as refusal:
                if root or not self._own(node):
                    raise _Fault(node, str(refusal)) from refusal
                self._take_saved(node, path, str(refusal))
                return
        path[node] = iter(self._plans[node].before)

    def _own(self, node: _Node) -> bool:
        """Whether it is a cell of a sheet that the officer has added, in a file with saved results."""
        return bool(node.sheet) and node.sheet not in self.issued and bool(self._cached(node.sheet))

    def _cached(self, sheet: str) -> Mapping[str, CellValue]:
        return self.received.sheets[sheet].cached

    def _take_saved(self, node: _Node, path: dict[_Node, Iterator[_Node]], problem: str) -> None:
        """Take the saved result of a formula without evaluation as its value. Raises _Fault for a circle."""
        trail = {node: self._mentioned(node)}
        while trail:
            last = next(reversed(trail))
            following = next((one for one in trail[last] if one not in self._straight), None)
            if following is None:
                self._straight.add(last)
                del trail[last]
            elif following in path or following in trail:
                raise _Fault(node, f"在循环引用中（{node} → … → {following}），而且{problem}")
            else:
                trail[following] = self._mentioned(following)
        del path[node]
        self._results[node] = self._cached(node.sheet).get(node.ref, "")
        self._saved.add(node)

    def _mentioned(self, node: _Node) -> Iterator[_Node]:
        """The cells with formulas that a formula names, whatever it does with them."""
        for reference in references_in(self._formula(node)):
            try:
                area = self.references.read(reference, node.sheet)
            except NotAllowed:
                continue
            if isinstance(area, Area):
                yield from self._filled(area, formulas=True)

    def _formula(self, node: _Node) -> str:
        if not node.sheet:
            return self._formulas[node]
        content = self._content(node)
        return content.text if isinstance(content, Formula) else ""

    def _content(self, node: _Node) -> CellValue | Formula | None:
        return self.received.sheets[node.sheet].cells.get(node.ref)

    def _plan(self, node: _Node) -> _Plan:
        if len(self._plans) >= MAX_FORMULAS:
            raise _Fault(None, f"引用的公式超过 {MAX_FORMULAS} 个")
        text, operands = checked(self._formula(node))
        arguments = {name: self._argument(node.sheet, operand) for name, operand in operands.items()}
        before: dict[_Node, None] = {}
        for one in arguments.values():
            for cell in one.cells or (() if one.cell is None else (one.cell,)):
                if not cell.sheet or isinstance(self._content(cell), Formula):
                    before[cell] = None
        return _Plan(text, arguments, tuple(before))

    def _argument(self, sheet: str, operand: Operand) -> _Argument:
        meant = self.references.read(operand.reference, sheet)
        if isinstance(meant, float):
            return _Argument(number=meant)
        if isinstance(meant, Defined):
            node = _Node("", meant.name)
            self._formulas[node] = meant.formula
            return _Argument(cell=node)
        if not operand.added_up:
            if not meant.one:
                raise NotAllowed(f"区域 {operand.reference[:60]} 不能直接参加运算，只能放在 SUM、AVERAGE 中")
            self._touch(1)
            return _Argument(cell=_Node(meant.sheet, meant.first))
        return _Argument(cells=self._filled(meant))

    def _filled(self, area: Area, *, formulas: bool = False) -> tuple[_Node, ...]:
        self._touch(self.references.count(area, formulas=formulas) + 1)
        return tuple(_Node(area.sheet, ref) for ref in self.references.cells(area, formulas=formulas))

    def _touch(self, cells: int) -> None:
        self.cells += cells
        if self.cells > MAX_CELLS:
            raise _Fault(None, f"引用的单元格超过 {MAX_CELLS} 个")

    def _calculated(self, node: _Node) -> float:
        from workbook.engine import evaluate_formula

        plan = self._plans[node]
        try:
            values = {name: self._handed(one) for name, one in plan.arguments.items()}
            result = evaluate_formula(plan.text, values)
        except NotAllowed as refusal:
            raise _Fault(node, str(refusal)) from refusal
        except Exception as error:  # the engine raises almost anything on odd formulas
            raise _Fault(node, "无法计算") from error
        if isinstance(result, bool) or not isinstance(result, float) or not math.isfinite(result):
            raise _Fault(node, f"结果不是数字（{result}）")
        try:
            self._readings[node] = self._read(plan)
        except NotAllowed as refusal:
            raise _Fault(node, str(refusal)) from refusal
        return result

    def _read(self, plan: _Plan) -> Readings:
        """A formula's values as programs give them; cells before it count as each program has them."""
        known = {cell: self._readings[cell] for cell in plan.before if cell in self._readings}
        excel, office, exact = (
            {name: self._handed(argument, {cell: one[number] for cell, one in known.items()})
             for name, argument in plan.arguments.items()}
            for number in range(3)
        )  # fmt: skip
        return readings(plan.text, excel, office, exact)

    def _handed(
        self, argument: _Argument, known: Mapping[_Node, Number] = _NONE
    ) -> Number | list[Number | None]:
        """The value of an operand for the calculation; a list without a number holds one blank.

        ``known`` are cells that count otherwise than the engine has calculated them.
        """
        if argument.number is not None:
            return argument.number
        if argument.cell is not None:
            if argument.cell in known:
                return known[argument.cell]
            return single(self._value(argument.cell), str(argument.cell))
        numbers = [
            known[cell] if cell in known else among_others(self._value(cell), str(cell))
            for cell in argument.cells
        ]
        return [number for number in numbers if number is not None] or [None]

    def _value(self, node: _Node) -> CellValue | None:
        if node in self._results:
            return self._results[node]
        content = self._content(node)
        return None if isinstance(content, Formula) else content


def _circle(path: list[_Node], again: _Node) -> str:
    """The cells of a circle, the middle of a long one left out."""
    cells = [str(node) for node in (*path[path.index(again) :], again)]
    return " → ".join(cells if len(cells) <= 7 else [*cells[:3], "…", *cells[-3:]])
