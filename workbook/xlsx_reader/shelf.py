"""A bounded shelf of values by what they were made from, and the short stand-in for bytes that is its key."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


def digest(*contents: bytes) -> bytes:
    """A short stand-in for byte strings, each with its length."""
    whole = hashlib.blake2b(digest_size=16)
    for content in contents:
        whole.update(len(content).to_bytes(8, "little"))
        whole.update(content)
    return whole.digest()


class Shelf(Generic[Value]):
    """Values by key, of a bounded weight together: with one too many, all that lie there are let go.

    A key holds all that its value depends on. Nobody changes a value that lies on a shelf.
    """

    def __init__(self, most: int) -> None:
        self._most, self._weight = most, 0
        self._values: dict[Hashable, Value] = {}
        self._met: set[Hashable] = set()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Hashable) -> Value | None:
        """The value of a key; None where none lies here."""
        return self._values.get(key)

    def keep(self, key: Hashable, value: Value, weight: int = 1) -> Value:
        """Keep a value, unless it alone is too much, and give it back."""
        if weight > self._most:
            return value
        if self._weight + weight > self._most:
            self.clear()
        self._weight += weight
        self._values[key] = value
        return value

    def keep_again(self, key: Hashable, value: Value, weight: int = 1) -> Value:
        """Keep a value whose key was met before: what is met once may never come again."""
        if key in self._met:
            return self.keep(key, value, weight)
        if len(self._met) >= self._most:
            self._met.clear()
        self._met.add(key)
        return value

    def clear(self) -> None:
        """Let everything go."""
        self._values.clear()
        self._met.clear()
        self._weight = 0
