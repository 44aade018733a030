"""Files that the sender's own computer has encrypted, as software against data leaks does without asking.

Such software encrypts each file as it is saved and decrypts it as it is opened, so that nobody there notices;
whoever receives the file sees only its head and noise.
"""

from __future__ import annotations

import math
from collections import Counter

_HEADS = (b"%TSD-Header-###%", b"\x62\x14\x23\x65", b"E-SafeNet", b"LOCK")
_MARKS = (b"%TSD-Header-###%", b"E-SafeNet")
"""Marks that may stand behind a few bytes of their own."""
_MARKED = 512
SOFTWARE = "发送单位的加密软件（文档透明加密）"
_LEAST = 512
_ENTROPY = 7.2
"""Bits for each byte, above which bytes are as good as noise; 512 bytes of true noise have 7.5 at least."""


def is_sealed(head: bytes) -> bool:
    """Whether ``head`` is that of a file encrypted by software that is known."""
    return head.startswith(_HEADS) or any(mark in head[:_MARKED] for mark in _MARKS)


def is_noise(head: bytes) -> bool:
    """Whether ``head``, of no known kind, may be encrypted: there is no structure in it."""
    if len(head) < _LEAST:
        return False
    counts = Counter(head).values()
    entropy = math.log2(len(head)) - sum(count * math.log2(count) for count in counts) / len(head)
    return entropy > _ENTROPY
