"""A program killed before its n-th step.

A step is a file that is opened for writing, renamed or removed, a sync, or a statement or the end of a
transaction of the database.
"""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

KILLED = 137
_CHANGES = {"os.mkdir", "os.rename", "os.remove"}


def before_steps(folder: Path, act: Callable[[], None]) -> None:
    """Call ``act`` before each step below ``folder``, and before each of the database's, from now on."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    def hook(name: str, arguments: tuple) -> None:
        writes = name == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if (writes or name in _CHANGES) and not isinstance(arguments[0], int):
            path = os.fsdecode(arguments[0])
            if path.startswith(str(folder)):
                act()

    sys.addaudithook(hook)
    sync = os.fsync

    def synced(handle: int) -> None:
        act()
        sync(handle)

    os.fsync = synced
    event.listen(Engine, "before_cursor_execute", lambda *_: act())
    event.listen(Engine, "commit", lambda *_: act())


def killed_at(step: int, folder: Path) -> None:
    """End this process without any cleaning up before its ``step``-th step, from 0."""
    left = step

    def act() -> None:
        nonlocal left
        if left == 0:
            os._exit(KILLED)
        left -= 1

    before_steps(folder, act)


def killed_each(work: str, check: str, arguments: tuple, *, fresh: bool, stride: int = 1) -> int:
    """Do ``work`` again and again, killed before its first step, its second, …, until it is done.

    ``fresh`` begins each time in a folder of its own, in which it is then done again to the end; else each
    goes on with what the one before left. ``stride`` leaves out steps. ``check`` is called after each kill,
    and with ``done`` at the end. Both are ``module:function`` and get the arguments, of which the last is the
    folder. All in one process of its own, which splits itself. Returns the number of kills.
    """
    given = (*(str(one or "") for one in arguments), str(int(fresh)), str(stride))
    command = [sys.executable, "-m", "tests.support.faults", work, check, *given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return int(done.stdout.split()[-1])


def _main(work: str, check: str, *arguments: str) -> None:
    do, see = (getattr(import_module(module), name) for module, name in (work.split(":"), check.split(":")))
    *before, folder, fresh, stride = arguments
    step, kills, is_killed = 0, -1, True
    while is_killed:
        given = (*(one or None for one in before), Path(folder, str(step)) if int(fresh) else Path(folder))
        given[-1].mkdir(exist_ok=True)
        is_killed = _killed(do, given, step)
        if is_killed:
            see(*given)
            if int(fresh):
                do(*given)
        if int(fresh) or not is_killed:
            see(*given, done=True)
        step += int(stride)
        kills += 1
    print(kills)


def _killed(do: Callable[..., None], given: tuple, step: int) -> bool:
    """Whether a process that does this was killed before its ``step``-th step; else it was done."""
    child = os.fork()
    if child == 0:
        killed_at(step, given[-1])
        try:
            do(*given)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in {0, KILLED}, status
    return status == KILLED


if __name__ == "__main__":
    _main(*sys.argv[1:])
