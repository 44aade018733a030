"""Addresses of links: where may a click lead?"""

from __future__ import annotations

import re
from urllib.parse import unquote

_WEB = re.compile(r"(?i)(?:https?|ftp|mailto|file|onenote|tel):.*|[a-z]:[\\/].*|[^:]*", re.S)
"""Addresses that a plain link may have: of the web, of mail, of a file."""
_FETCHED = re.compile("(?i)(?:https?|ftp|mailto|onenote|tel):")
_LOCAL = re.compile("(?i)file:|[a-z]:|/")
_PROGRAMS = frozenset(
    """exe bat cmd pif scr msi msp hta cpl lnk url scf reg js jse vbs vbe vb wsf wsh wsc ps1 psm1 jar dll
    ocx xll xlam appref-ms application gadget inf msc iso vhd chm""".split()  # noqa: SIM905
)
"""Endings of files that run when they are opened."""


def is_plain(address: str) -> bool:
    """Whether an address is one of the web, of mail or of a file, and of no other protocol."""
    return _WEB.fullmatch(address.strip()) is not None


def starts_program(address: str) -> bool:
    """Whether a link leads to a program or a script among the files of whoever opens it."""
    address = unquote(address).strip(" .\t\r\n\xa0").replace("\\", "/")
    if _FETCHED.match(address):
        return False
    ending = address.partition("#")[0].partition("?")[0].rstrip(" .").rpartition(".")[2].lower()
    return ending in _PROGRAMS or (ending == "com" and _LOCAL.match(address) is not None)
