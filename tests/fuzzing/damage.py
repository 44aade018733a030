"""Changes that know nothing of markup: bytes flipped, pieces put in, cut out, doubled."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.fuzzing.book import Book

_TOKENS = [
    b"", b"<", b">", b"&#0;", b"&amp;", b"1e999", b"-0", b"NaN", b'"', b"<v>1</v>", b"<f>1+1</f>", b"</c>",
    b'<c r="D4"><v>9</v></c>', b"<x:f xmlns:x='y'>1</x:f>", b' t="s"', b' t="str"', b' r="A1"', b"\xff\xfe",
    b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<extLst>", b"</row>", b"99999999999", "是".encode(), b"0",
]  # fmt: skip


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
    """An element taken out, doubled, or moved."""
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


_CHANGES: tuple[Callable[[bytes, Random], bytes], ...] = (
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


def change(book: Book) -> str:
    """One change of one part; what was done."""
    name = book.random.choice(list(book.parts))
    action = book.random.choice(_CHANGES)
    book.parts[name] = action(book.text(name) or b"<", book.random)
    return f"{name}: {action.__name__}"
