"""The folder of a round: its ledger, what was received, what was issued and written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from workbook.files import write_atomically
from workbook.findings import Refused, found
from workbook.ledger import Ledger, Store
from workbook.ledger.database import ledger_url, without_password
from workbook.ledger.ledger import WAIT
from workbook.round.clerk import Clerk

SETTINGS = "round.json"
LEDGER = "ledger.sqlite"
RECEIVED, ISSUED, RETURNED, REMINDED, DAILY = "来件", "下发", "退回", "催报", "每日"
_LONGEST_ID = 80


@dataclass(frozen=True, slots=True)
class Folder:
    """A round's folder, opened."""

    path: Path
    ledger: Ledger
    store: Store

    @property
    def round(self) -> str:
        """The round's id."""
        return self.ledger.round

    def refuse_own(self, paths: Iterable[Path]) -> None:
        """Raise Refused for paths that lead into this folder's own files, or above them."""
        root = self.path.resolve()
        own = {root / name for name in (RECEIVED, ISSUED, RETURNED, REMINDED, DAILY)}
        for path in paths:
            whole = path.resolve()
            if root.is_relative_to(whole) or any(whole.is_relative_to(one) for one in own):
                raise Refused([found("ROUND_OWN_FOLDER", path=path)])

    @contextmanager
    def held(
        self,
        clerk: Clerk,
        work: str,
        *,
        wait: float = WAIT,
        waiting: Callable[[str], None] = lambda who: None,
    ) -> Iterator[None]:
        """Hold the ledger for a command that writes."""
        with self.ledger.held(f"{clerk.actor}（{work}）", wait=wait, waiting=waiting):
            self.store.tidy()
            yield


def open_round(folder: Path, url: str | None = None) -> Folder:
    """The round in ``folder``; ``url`` is where its ledger is when the folder does not say enough.

    Raises Refused where there is none.
    """
    path = folder / SETTINGS
    try:
        settings = json.loads(path.read_bytes())
        round_id, place = str(settings["round"]), str(settings["ledger"])
    except FileNotFoundError as error:
        raise Refused([found("ROUND_NONE", path=folder)]) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused([found("FILE_UNREADABLE", file=path, reason=f"{path} 不可用")]) from error
    opened = _folder(folder, round_id, url or (None if place == LEDGER else place))
    if opened.ledger.file is not None and not opened.ledger.file.is_file():
        raise Refused([found("ROUND_NONE", path=folder)])
    return opened


def new_folder(folder: Path, url: str | None, round_id: str | None) -> Folder:
    """The folder of a round that is to begin, or goes on beginning; says where its ledger is."""
    name = " ".join((round_id or folder.resolve().name).split())
    if not name or len(name) > _LONGEST_ID or not name.isprintable():
        raise Refused([found("ROUND_ID", longest=_LONGEST_ID)])
    made = _folder(folder, name, url)
    path = folder / SETTINGS
    place = LEDGER if url is None else without_password(made.ledger.url)
    settings = json.dumps({"round": name, "ledger": place}, ensure_ascii=False, indent=1).encode()
    if path.exists() and path.read_bytes() != settings:
        raise Refused([found("ROUND_EXISTS", path=folder)])
    write_atomically(path, settings, force=True)
    return made


def _folder(folder: Path, round_id: str, url: str | None) -> Folder:
    ledger = Ledger.in_file(folder / LEDGER, round_id) if url is None else Ledger(ledger_url(url), round_id)
    return Folder(folder, ledger, Store(folder / RECEIVED))
