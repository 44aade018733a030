"""One file of the fuzzer: a seed, and some changes of every sort, all by its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from lxml import etree

from tests.fuzzing import cells, damage, markup, package
from tests.fuzzing.book import Book
from tests.fuzzing.seeds import Seed

_SORTS = ("markup",) * 9 + ("cells",) * 5 + ("style",) * 3 + ("theme",) + ("package",) * 5


@dataclass(frozen=True)
class Mutant:
    """A changed workbook, the seed it comes from, what was done to it."""

    number: int
    seed: Seed
    data: bytes
    done: tuple[str, ...]


def mutant(seeds: Sequence[Seed], seed: int, number: int) -> Mutant:
    """The file ``number`` of a run: the same arguments give the same bytes."""
    random = Random(f"{seed}/{number}")
    start = random.choice(seeds)
    book = Book(start.data, random)
    for _ in range(random.choice((1, 1, 1, 1, 2, 2, 3, 6))):
        try:
            book.note(_change(book))
        except (etree.XMLSyntaxError, StopIteration, KeyError):
            book.note("no more")  # a part that an earlier change has broken or taken out
            break
    if random.random() < 0.05:
        book.note(damage.change(book))
    return Mutant(number, start, book.pack(), tuple(book.done))


def _change(book: Book) -> str:
    match book.random.choice(_SORTS):
        case "markup":
            return _markup(book)
        case "cells":
            return cells.change(book)
        case "style":
            return cells.style(book)
        case "theme":
            return cells.theme(book)
    return package.change(book)


def _markup(book: Book) -> str:
    others = [
        name
        for name in ("xl/workbook.xml", "xl/styles.xml", "xl/styles.xml", "xl/sharedStrings.xml")
        if name in book.parts
    ]
    name = book.random.choice([*book.sheets(), *others, *others])
    grammar = book.kind(name)
    return "no grammar" if grammar is None else markup.Markup(book, name, grammar).change()
