"""What the cover and the summary list, as Excel text: things to do, largest deductions, evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbook.formula.text import any_of
from workbook.layout.names import NUMBER_COLUMN, Place, quantity_names, score_name
from workbook.rubric.model import Rubric
from workbook.rubric.states import CheckState, FieldState, IndicatorState
from workbook.rubric.todo import EVIDENCE_LINES, GO, LARGEST, NOTHING, RANK_BASE, SHOWN, Todo, todos


def todo_formulas(
    rubric: Rubric, places: Mapping[str, Place], areas: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The number of each thing that is to do, and the first of them by SMALL and INDEX."""
    for number, todo in enumerate(todos(rubric), 1):
        key = f"todo:{number}:n"
        yield key, f'IF({_active(todo, places)},{_number_cell(places[key])},"")'
    numbers = areas["todo:n"]
    for line in range(1, SHOWN + 1):
        position = places[f"todo:{line}:position"]
        nth = _number_cell(position)
        yield f"todo:{line}:position", f"IF(COUNT({numbers})<{nth},0,SMALL({numbers},{nth}))"
        at = f"'{position.sheet}'!{position.cell}"
        nothing = NOTHING if line == 1 else ""
        yield f"todo:{line}:text", f'IF({at}=0,"{nothing}",INDEX({areas["todo:text"]},{at}))'
        target = f'HYPERLINK("#"&INDEX({areas["todo:target"]},{at}),"{GO}")'
        yield f"todo:{line}:link", f'IF({at}=0,"",{target})'


def _number_cell(place: Place) -> str:
    """The first cell of a row of the working sheet: the row's number, so that rows share one formula."""
    letters = place.cell.rstrip("0123456789")
    return f"{NUMBER_COLUMN}{place.cell.removeprefix(letters)}"


_STATES: dict[str, tuple[str, tuple[str, ...]]] = {
    "field": ("field:{}", (FieldState.OPEN, FieldState.INVALID)),
    "reason": ("state:{}", (IndicatorState.REASON_OPEN,)),
    "check": ("check:{}:state", (CheckState.BLOCKS,)),
    "table": ("table:{}:invalid", ()),
}
"""By kind of thing: the cell that says whether it is to do, and the words that say so; no word: above 0."""


def _active(todo: Todo, places: Mapping[str, Place]) -> str:
    key, words = _STATES[todo.kind]
    place = places[key.format(todo.id)]
    cell = f"'{place.sheet}'!{place.cell}"
    return any_of([f'{cell}="{word}"' for word in words]) or f"{cell}>0"


def largest_formulas(
    rubric: Rubric, places: Mapping[str, Place], areas: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """A rank for each indicator, and the largest deductions by LARGE and INDEX."""
    named = dict(quantity_names(rubric))
    for one in rubric.indicators:
        lost = named[f"deduction:{one.id}"]
        rest = f"{RANK_BASE}-{_number_cell(places[f'rank:{one.id}'])}"
        yield f"rank:{one.id}", f"IF(ISNUMBER({lost}),ROUND({lost}*100,0)*{RANK_BASE}+{rest},0)"
    for line in range(1, LARGEST + 1):
        key = places[f"largest:{line}:rank"]
        rank = f"'{key.sheet}'!{key.cell}"
        count = len(rubric.indicators)
        largest = f"LARGE({areas['rank:key']},{_number_cell(key)})"
        yield f"largest:{line}:rank", largest if line <= count else "0"
        hundredths = f"INT({rank}/{RANK_BASE})"
        position = f"{RANK_BASE}-({rank}-{hundredths}*{RANK_BASE})"
        for part in ("name", "points", "reason"):
            text = f"INDEX({areas[f'rank:{part}']},{position})"
            yield f"largest:{line}:{part}", f'IF({rank}<{RANK_BASE},"",{text})'
        yield f"largest:{line}:deduction", f'IF({rank}<{RANK_BASE},"",{hundredths}/100)'
        points = places[f"largest:{line}:points"].cell
        lost = places[f"largest:{line}:deduction"].cell
        yield f"largest:{line}:score", f'IF({rank}<{RANK_BASE},"",ROUND({points}-{lost},2))'


def evidence_formulas(rubric: Rubric, places: Mapping[str, Place]) -> Iterator[tuple[str, str]]:
    """How many documents each indicator lists."""
    for one in rubric.indicators:
        cells = [places[f"evidence.{one.id}.{line}.name"].cell for line in range(1, EVIDENCE_LINES + 1)]
        yield f"evidence:{one.id}", "+".join(f'(TRIM({cell})<>"")' for cell in cells)


_VOID = IndicatorState.NOT_APPLICABLE.value


def completeness_formulas(rubric: Rubric, places: Mapping[str, Place]) -> Iterator[tuple[str, str]]:
    """Reasons without a deduction, full marks and indicators without evidence, the sum of the scores."""
    named = dict(quantity_names(rubric))
    idle, unproven, bare = [], [], []
    for one in rubric.indicators:
        lost = named[f"deduction:{one.id}"]
        reason, listed = (
            f"'{place.sheet}'!{place.cell}"
            for place in (places[f"reason.{one.id}"], places[f"evidence:{one.id}"])
        )
        beside, score = rubric.beside.get(one.id), score_name(one.name)
        if beside != "bonus":
            idle.append(f'IF(ISNUMBER({lost}),({lost}=0)*(TRIM({reason})<>""),0)')
        if beside is not None:  # what adds or takes off nothing needs no proof
            bare.append(f"IF(ISNUMBER({score}),({score}<>0)*({listed}=0),0)")
            unproven.append(bare[-1])
            continue
        unproven.append(f"IF(ISNUMBER({lost}),({lost}=0)*({listed}=0),0)")
        applies = "" if one.not_applicable is None else f'*({score}<>"{_VOID}")'
        bare.append(f"({listed}=0){applies}")
    yield "count:idle", "+".join(idle) or "0"
    yield "count:unproven", "+".join(unproven)
    yield "count:evidence", "0+" + "+".join(bare)
    scores = [f"IF(ISNUMBER({score_name(one.name)}),{score_name(one.name)},0)" for one in rubric.indicators]
    yield "total:sum", f"ROUND({'+'.join(scores)},{rubric.places})"
    for key, part in (("count:rows", "invalid"), ("count:partial", "partial")):
        cells = [places[f"table:{table.id}:{part}"] for table in rubric.tables]
        yield key, "+".join(f"'{cell.sheet}'!{cell.cell}" for cell in cells) or "0"
