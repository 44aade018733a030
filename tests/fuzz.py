"""A mutation fuzzer of the reader and the verifier.

    python -m tests.fuzz --minutes 30 [--seed 1]

Takes filled workbooks, changes bytes, tags, attributes, values and whole parts at random, and verifies the
result. It looks for three faults: a failure of the program itself, a file that takes more than ten seconds,
and a wrong ``pass``: a file that passes although another reader (openpyxl) sees another formula, text or
saved total in it. Exit status 1 when there is one; the file is kept.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import openpyxl

from tests.support.returned import RUBRICS, Issued, issued, packed, parts
from workbook.tokens import normal
from workbook.verifier.registry import Registry
from workbook.verifier.verdict import Report, Verdict
from workbook.verifier.verify import verify_bytes

_SLOW = 10.0
_TOKENS = [
    b"", b"<", b">", b"&#0;", b"&amp;", b"1e999", b"-0", b"NaN", b'"', b"<v>1</v>", b"<f>1+1</f>", b"</c>",
    b'<c r="D4"><v>9</v></c>', b"<x:f xmlns:x='y'>1</x:f>", b' t="s"', b' t="str"', b' r="A1"', b"\xff\xfe",
    b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<extLst>", b"</row>", b"99999999999", "是".encode(), b"0",
]  # fmt: skip

Mutation = Callable[[bytes, Random], bytes]


def flip(text: bytes, random: Random) -> bytes:
    """A few bytes changed."""
    changed = bytearray(text)
    for _ in range(random.randint(1, 4)):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def insert(text: bytes, random: Random) -> bytes:
    """A piece of XML put in somewhere."""
    where = random.randrange(len(text) + 1)
    return text[:where] + random.choice(_TOKENS) + text[where:]


def cut(text: bytes, random: Random) -> bytes:
    """A stretch taken out."""
    start = random.randrange(len(text))
    return text[:start] + text[start + random.choice([1, 2, 10, 100, 5000]) :]


def element(text: bytes, random: Random) -> bytes:
    """An element taken out, doubled, or moved to the end."""
    found = list(re.finditer(rb"<(\w+)[^<>]*?/>|<(\w+)[^<>]*>[^<>]*</\2>", text))
    if not found:
        return insert(text, random)
    match = random.choice(found)
    start, end = match.span()
    match random.randrange(3):
        case 0:
            return text[:start] + text[end:]
        case 1:
            return text[:end] + text[start:]
    other = random.choice(found).start()
    return text[:other] + match[0] + text[other:]


def attribute(text: bytes, random: Random) -> bytes:
    """An attribute's value changed to another one of the part, taken out, or made odd."""
    found = list(re.finditer(rb' ([\w:]+)="([^"]*)"', text))
    if not found:
        return insert(text, random)
    match = random.choice(found)
    other = random.choice(found)[2]
    new = random.choice(
        [b"", b' %s="%s"' % (match[1], other), b' %s="%s"' % (match[1], random.choice(_TOKENS))]
    )
    return text[: match.start()] + new + text[match.end() :]


def content(text: bytes, random: Random) -> bytes:
    """The text of an element changed: a number, a formula, a string."""
    found = list(re.finditer(rb"(?<=>)[^<>]+(?=<)", text))
    if not found:
        return insert(text, random)
    match = random.choice(found)
    new = random.choice([random.choice(found)[0], match[0][:-1], match[0] + b"1", b" " + match[0], b"0"])
    return text[: match.start()] + new + text[match.end() :]


_MUTATIONS: tuple[Mutation, ...] = (
    flip,
    insert,
    cut,
    element,
    element,
    attribute,
    attribute,
    content,
    content,
)


def mutated(data: bytes, random: Random) -> bytes:
    """A file with one to three changes."""
    if random.random() < 0.05:
        return flip(data, random)
    whole = parts(data)
    names = [name for name in whole if not name.startswith("docProps/app")]
    for _ in range(random.randint(1, 3)):
        name = random.choice(names)
        if random.random() < 0.02:
            del whole[name]
            names.remove(name)
        elif random.random() < 0.02:
            whole[name] = whole[random.choice(names)]
        else:
            whole[name] = random.choice(_MUTATIONS)(whole[name] or b"<", random)
    return packed(whole)


def wrong_pass(case: Issued, data: bytes, report: Report) -> str | None:
    """Why a file that passes should not, by another reader; None where it may."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(data))
            saved = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        except Exception:
            return None  # it sees nothing at all, so nothing else
    for sheet in case.template.sheets:
        if sheet.title not in book.sheetnames:
            return f"no sheet {sheet.title}"
        for cell, formula in sheet.formulas.items():
            value = book[sheet.title][cell].value
            text = getattr(value, "text", value)
            if not isinstance(text, str) or normal(text) != normal(formula):
                return f"{sheet.title}!{cell}: {text!r}"
        for cell, text in sheet.texts.items():
            value = book[sheet.title][cell].value
            if str(value).replace("\r\n", "\n") != text:
                return f"{sheet.title}!{cell}: {value!r}"
    place = case["total"]
    seen = saved[place.sheet][place.cell].value
    assert report.recalculated is not None
    if seen is not None and abs(float(seen) - float(report.recalculated["total"])) > 1e-9:
        return f"total {seen}"
    return None


def fuzz(seconds: float, seed: int, keep: Path) -> Counter[str]:
    """Fuzz for so long; how often each verdict came; raises SystemExit with what went wrong."""
    random, registry = Random(seed), Registry()
    cases = [(issued(rubric_id), issued(rubric_id).filled) for rubric_id in RUBRICS]
    for case, data in cases:
        assert verify_bytes(data, registry, "x").verdict is Verdict.PASS, case.rubric.id
    counts: Counter[str] = Counter()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        case, seed_data = random.choice(cases)
        data = mutated(seed_data, random)
        start = time.perf_counter()
        report = verify_bytes(data, registry, "x")
        took = time.perf_counter() - start
        counts[report.verdict.value] += 1
        problem = next((one.message for one in report.findings if one.code == "INTERNAL"), None)
        if took > _SLOW:
            problem = f"{took:.0f} s"
        if report.verdict is Verdict.PASS:
            problem = wrong_pass(case, data, report)
        if problem is not None:
            path = keep / f"fuzz-{seed}-{sum(counts.values())}.xlsx"
            path.write_bytes(data)
            raise SystemExit(f"{path}: {report.verdict.value}: {problem}")
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path())
    options = parser.parse_args()
    counts = fuzz(options.minutes * 60, options.seed, options.keep)
    print(f"{sum(counts.values())} files, no fault: {dict(counts)}")
    sys.exit(0)


if __name__ == "__main__":
    main()
