"""Lists of the cover and the summary, as Excel text: things to do, largest deductions, evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from workbook.addresses import split
from workbook.formula.text import any_of
from workbook.layout.names import NUMBER_COLUMN, Place, defined_names
from workbook.rubric.keys import AreaKey, Key, TablePart
from workbook.rubric.model import Rubric
from workbook.rubric.states import CheckState, FieldState, IndicatorState
from workbook.rubric.todo import EVIDENCE_LINES, GO, LARGEST, NOTHING, RANK_BASE, SHOWN, Todo, todos


def todo_formulas(
    rubric: Rubric, places: Mapping[Key, Place], areas: Mapping[AreaKey, str]
) -> Iterator[tuple[Key, str]]:
    """The number of each thing that is to do, and the first of them by SMALL and INDEX."""
    for number, todo in enumerate(todos(rubric), 1):
        key = Key.todo(number, "n")
        yield key, f'IF({_active(todo, places)},{_number_cell(places[key])},"")'
    numbers = areas[AreaKey.todos("n")]
    for line in range(1, SHOWN + 1):
        position = places[Key.todo(line, "position")]
        nth = _number_cell(position)
        yield Key.todo(line, "position"), f"IF(COUNT({numbers})<{nth},0,SMALL({numbers},{nth}))"
        at = f"'{position.sheet}'!{position.cell}"
        nothing = NOTHING if line == 1 else ""
        yield Key.todo(line, "text"), f'IF({at}=0,"{nothing}",INDEX({areas[AreaKey.todos("text")]},{at}))'
        target = f'HYPERLINK("#"&INDEX({areas[AreaKey.todos("target")]},{at}),"{GO}")'
        yield Key.todo(line, "link"), f'IF({at}=0,"",{target})'


def _number_cell(place: Place) -> str:
    """The first cell of a row of the working sheet: the row's number, so that rows share one formula."""
    return f"{NUMBER_COLUMN}{split(place.cell)[1]}"


def _active(todo: Todo, places: Mapping[Key, Place]) -> str:
    """Whether a thing is to do: its cell shows one of the words, or a number above 0."""
    key, words = _told_by(todo)
    place = places[key]
    cell = f"'{place.sheet}'!{place.cell}"
    return any_of([f'{cell}="{word}"' for word in words]) or f"{cell}>0"


def _told_by(todo: Todo) -> tuple[Key, tuple[str, ...]]:
    """The cell with the state of a thing to do, and the words for "to do"; no word: a number above 0."""
    match todo.kind:
        case "field":
            return Key.field_state(todo.id), (FieldState.OPEN, FieldState.INVALID)
        case "reason":
            return Key.state(todo.id), (IndicatorState.REASON_OPEN,)
        case "check":
            return Key.check(todo.id, "state"), (CheckState.BLOCKS,)
        case "table":
            return Key.rows(todo.id, "invalid"), ()


def largest_formulas(
    rubric: Rubric, places: Mapping[Key, Place], areas: Mapping[AreaKey, str]
) -> Iterator[tuple[Key, str]]:
    """A rank for each indicator, and the largest deductions by LARGE and INDEX."""
    named = defined_names(rubric)
    for one in rubric.indicators:
        lost = named[Key.deduction(one.id)]
        rest = f"{RANK_BASE}-{_number_cell(places[Key.rank(one.id)])}"
        yield Key.rank(one.id), f"IF(ISNUMBER({lost}),ROUND({lost}*100,0)*{RANK_BASE}+{rest},0)"
    for line in range(1, LARGEST + 1):
        key = places[Key.largest(line, "rank")]
        rank = f"'{key.sheet}'!{key.cell}"
        count = len(rubric.indicators)
        largest = f"LARGE({areas[AreaKey.ranks('key')]},{_number_cell(key)})"
        yield Key.largest(line, "rank"), largest if line <= count else "0"
        hundredths = f"INT({rank}/{RANK_BASE})"
        position = f"{RANK_BASE}-({rank}-{hundredths}*{RANK_BASE})"
        looked_up: tuple[Literal["name", "points", "reason"], ...] = ("name", "points", "reason")
        for part in looked_up:
            text = f"INDEX({areas[AreaKey.ranks(part)]},{position})"
            yield Key.largest(line, part), f'IF({rank}<{RANK_BASE},"",{text})'
        yield Key.largest(line, "deduction"), f'IF({rank}<{RANK_BASE},"",{hundredths}/100)'
        points = places[Key.largest(line, "points")].cell
        lost = places[Key.largest(line, "deduction")].cell
        yield Key.largest(line, "score"), f'IF({rank}<{RANK_BASE},"",ROUND({points}-{lost},2))'


def evidence_formulas(rubric: Rubric, places: Mapping[Key, Place]) -> Iterator[tuple[Key, str]]:
    """The number of documents listed for each indicator."""
    for one in rubric.indicators:
        cells = [places[Key.document(one.id, line, "name")].cell for line in range(1, EVIDENCE_LINES + 1)]
        yield Key.listed(one.id), "+".join(f'(TRIM({cell})<>"")' for cell in cells)


_VOID = IndicatorState.NOT_APPLICABLE.value


def completeness_formulas(rubric: Rubric, places: Mapping[Key, Place]) -> Iterator[tuple[Key, str]]:
    """Reasons without a deduction, full marks and indicators without evidence, the sum of the scores."""
    named = defined_names(rubric)
    idle, unproven, bare = [], [], []
    for one in rubric.indicators:
        lost = named[Key.deduction(one.id)]
        reason, listed = (
            f"'{place.sheet}'!{place.cell}"
            for place in (places[Key.reason(one.id)], places[Key.listed(one.id)])
        )
        beside, score = rubric.beside.get(one.id), named[Key.score(one.id)]
        if beside != "bonus":
            idle.append(f'IF(ISNUMBER({lost}),({lost}=0)*(TRIM({reason})<>""),0)')
        if beside is not None:  # what adds or takes off nothing needs no proof
            bare.append(f"IF(ISNUMBER({score}),({score}<>0)*({listed}=0),0)")
            continue
        unproven.append(f"IF(ISNUMBER({lost}),({lost}=0)*({listed}=0),0)")
        applies = "" if one.not_applicable is None else f'*({score}<>"{_VOID}")'
        bare.append(f"({listed}=0){applies}")
    yield Key.count("idle"), "+".join(idle) or "0"
    yield Key.count("unproven"), "+".join(unproven) or "0"
    yield Key.count("evidence"), "0+" + "+".join(bare)
    named_scores = [named[Key.score(one.id)] for one in rubric.indicators]
    scores = [f"IF(ISNUMBER({score}),{score},0)" for score in named_scores]
    yield Key.total("sum"), f"ROUND({'+'.join(scores)},{rubric.places})"
    counted: tuple[tuple[Key, TablePart], ...] = (
        (Key.count("rows"), "invalid"),
        (Key.count("partial"), "partial"),
    )
    for count, part in counted:
        cells = [places[Key.rows(table.id, part)] for table in rubric.tables]
        yield count, "+".join(f"'{cell.sheet}'!{cell.cell}" for cell in cells) or "0"
