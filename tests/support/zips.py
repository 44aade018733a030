"""A zip that has the same bytes whenever it is made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping


def zipped(
    members: Mapping[str, bytes | str] | Iterable[tuple[str, bytes | str]],
    method: int = zipfile.ZIP_DEFLATED,
    level: int | None = None,
) -> bytes:
    """A zip with these members, in this order; without the time of day, by which two runs would differ."""
    target = io.BytesIO()
    pairs = members.items() if isinstance(members, Mapping) else members
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in pairs:
            archive.writestr(zipfile.ZipInfo(name), content, method, level)
    return target.getvalue()
