"""Processes in which reading goes wrong as hostile files could make it go wrong, or says that it begins."""

from __future__ import annotations

import os
import sys
import time
from multiprocessing.connection import Connection

from workbook.verifier import isolated, verify
from workbook.xlsx_reader.memory import Memory
from workbook.xlsx_reader.received import Received

DIES, HANGS, EATS = b"dies", b"hangs", b"eats"
BEGUN = "begun\n"


def endangered(pipe: Connection, specs: list[str], full: bool, quick: bool) -> None:
    """As always, but three contents end the process, never come back, or take all memory."""
    read = verify.read_workbook

    def read_workbook(data: bytes, memory: Memory | None = None) -> Received:
        match data:
            case b"dies":
                os._exit(9)
            case b"hangs":
                time.sleep(600)
            case b"eats":
                kept = []
                while True:
                    kept.append(bytearray(50_000_000))
        return read(data, memory)

    verify.read_workbook = read_workbook
    isolated.verify_chunks(pipe, specs, full, quick)


def saying_begun(pipe: Connection, specs: list[str], full: bool, quick: bool) -> None:
    """As always, but standard error is told before the first file is read."""
    read = verify.read_workbook

    def read_workbook(data: bytes, memory: Memory | None = None) -> Received:
        verify.read_workbook = read
        print(BEGUN, end="", file=sys.stderr, flush=True)
        return read(data, memory)

    verify.read_workbook = read_workbook
    isolated.verify_chunks(pipe, specs, full, quick)
