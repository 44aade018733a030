"""A report file becomes a document: known by its bytes, let in by the gate, read by a process with limits."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from workbook.findings import Finding, Refused, found
from workbook.report_reader.from_text import decoded, text_document
from workbook.report_reader.gate import MAX_FILE, refused, report_kind
from workbook.report_reader.model import Block, Document, Kind
from workbook.verifier.process_limits import limit_memory

STEP_SECONDS = 3.0
"""For one step: letting a file in, reading a Word file, reading a page of a PDF."""

_START_SECONDS = 20.0
"""For the process to be there: what it loads has nothing to do with the file."""

_ALL_SECONDS = 180.0
"""For all pages of a PDF."""

_MEMORY = 250_000_000
"""Bytes for reading a file, beyond what the libraries take."""


def open_report(path: Path) -> Document:
    """The document at ``path``. Raises Refused for what is no report, hostile, or without text."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise refused(f"文件大于 {MAX_FILE // 1_000_000} MB")
        data = path.read_bytes()
    except OSError as error:
        raise Refused([found("FILE_UNREADABLE", file=path, reason=error.strerror or str(error))]) from error
    try:
        return document_of(data)
    except Refused as refusal:
        raise Refused(one.placed(file=str(path)) for one in refusal.findings) from None


def document_of(data: bytes) -> Document:
    """The document of a file's bytes. Raises Refused."""
    kind = report_kind(data)
    document = (
        text_document(decoded(data)) if kind == "text" else Document(kind, tuple(_isolated(kind, data)))
    )
    if not any(passage.text.strip() for passage in document.passages()):
        raise Refused([found("REPORT_EMPTY")])
    return document


def _isolated(kind: Kind, data: bytes) -> Iterator[Block]:
    """The blocks, read by a process of its own, with limits of time and memory. Raises Refused."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=read_apart, args=(there, kind), daemon=True)
    process.start()
    there.close()
    end = time.monotonic() + _ALL_SECONDS
    patience = _START_SECONDS
    try:
        while True:
            if not here.poll(min(patience, end - time.monotonic())):
                raise refused("读取用时过长")
            message = here.recv()
            match message:
                case "ready":
                    here.send_bytes(data)
                    patience = STEP_SECONDS
                case None:
                    return
                case Finding():
                    raise Refused([message])
                case _:
                    yield from message
    except (EOFError, OSError):
        if patience == _START_SECONDS:
            raise Refused([found("INTERNAL", reason="读取程序没有启动")]) from None
        raise refused("读取所需的内存过多") from None
    finally:
        process.kill()
        process.join()
        here.close()


def read_apart(pipe: Connection, kind: Kind) -> None:
    """The life of the process: it loads its library, takes a file, and sends its blocks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    try:
        if kind == "docx":
            from workbook.report_reader.from_docx import docx_steps as steps
        else:
            from workbook.report_reader.from_pdf import pdf_steps as steps
        pipe.send("ready")
        data = pipe.recv_bytes()
        limit_memory(_MEMORY)
        try:
            for blocks in steps(data):
                pipe.send(blocks)
        except Refused as refusal:
            pipe.send(refusal.findings[0])
            return
        except Exception as error:  # whatever a library raises on a damaged file
            if _of_memory(error):
                pipe.send(refused("读取所需的内存过多").findings[0])
                return
            problem = f"文件已损坏（{type(error).__name__}）"
            pipe.send(found("REPORT_UNREADABLE", problem=problem, remedy="请重新导出后再试。"))
            return
        pipe.send(None)
    except (EOFError, OSError):
        return


def _of_memory(error: BaseException | None) -> bool:
    """Whether an error is, or was caused by, the limit of memory; libraries wrap it in their own."""
    while error is not None:
        if isinstance(error, MemoryError) or any(isinstance(one, MemoryError) for one in error.args):
            return True
        error = error.__cause__ or error.__context__
    return False
