"""Runs a command of ``workbook`` and says when it is at work: ``python -m tests.support.begun COMMAND…``.

The line ``begun`` on standard error follows the first verified file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from workbook.verifier import isolated
from workbook.verifier.outcome import Outcome

BEGUN = "begun\n"


def main(*command: str) -> None:
    from workbook.cli.main import main as run

    verify = isolated.verify_isolated

    def saying(*arguments: object, **options: object) -> Iterator[Outcome]:
        outcomes = verify(*arguments, **options)  # type: ignore[arg-type]
        yield next(outcomes)
        print(BEGUN, end="", file=sys.stderr, flush=True)
        yield from outcomes

    isolated.verify_isolated = saying
    sys.argv = ["workbook", *command]
    run()


if __name__ == "__main__":
    main(*sys.argv[1:])
