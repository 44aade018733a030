"""Files that a command reads, and may therefore not overwrite."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from workbook.files import Sources


def sources(*paths: Path | None, rubrics: Iterable[str | Path] = ()) -> Sources:
    """All files at and below ``paths``, the specs of ``rubrics`` with their bases, and the built-in specs."""
    from workbook.intake.folders import walk
    from workbook.load.builtin import builtin_ids, specs_folder

    files = [place.path for place in walk(path for path in paths if path is not None)]
    own = [Path(one) for one in rubrics if str(one) not in builtin_ids()]
    if own:
        from workbook.load.overlay import spec_files

        files += [file for one in own for file in spec_files(one)]
    files += [file for file in specs_folder().rglob("*") if file.is_file()]
    return Sources(files)
