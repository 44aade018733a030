"""A mail as an .eml file that mail programs open as an unsent message."""

from __future__ import annotations

from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP

from workbook.findings import Refused
from workbook.issue.roster import address_findings

_XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_BOUNDARY = "workbook-draft"
"""Fixed, so that the same mail has the same bytes; every part is base64, which holds no hyphen."""


def unsent_mail(
    *,
    subject: str,
    body: str,
    to: str | None = None,
    sender: str | None = None,
    attachment: tuple[str, bytes] | None = None,
) -> bytes:
    """The mail, with an .xlsx workbook attached under a file name. The same arguments give the same bytes.

    It has no Date and no Message-ID: the program that sends it gives both. Raises Refused for a bad
    address; line breaks in the subject become blanks, so that no text can add a header.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    for header, address in (("From", sender), ("To", to)):
        if address is not None:
            findings = tuple(address_findings(address))
            if findings:
                raise Refused(findings)
            message[header] = address
    # As base64 the body needs no line folding and cannot hold the boundary.
    message.set_content(body, cte="base64")
    if attachment is not None:
        name, workbook = attachment
        message.add_attachment(workbook, *_XLSX, filename=name)
        message.set_boundary(_BOUNDARY)
    return _subject(subject) + message.as_bytes()


def _subject(text: str) -> bytes:
    """The header of that name.

    EmailMessage would read a text like ``=?utf-8?q?=0D=0A…?=`` as encoded, line breaks and all, and loses
    blanks where it folds; Header takes a text for what it is.
    """
    encoded = Header(one_line(text), "utf-8", header_name="Subject").encode(linesep="\r\n")
    return f"Subject: {encoded}\r\n".encode("ascii")


def one_line(text: str) -> str:
    """Line breaks of every kind, and other runs of white space, as one blank."""
    return " ".join(text.split())
