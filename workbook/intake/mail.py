"""One mail: who sent it and when, and what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote

from workbook.findings import Finding, found
from workbook.intake import headers, kinds
from workbook.intake.labels import base_name, clean, decoded
from workbook.intake.limits import HEAD, Budget
from workbook.intake.mime import Part, header_block, parts
from workbook.intake.model import Origin
from workbook.intake.piece import Piece
from workbook.intake.unwanted import why_unwanted

NO_ATTACHMENT = "邮件没有附件"
NO_SUBJECT = "（无主题）"
_NO_NAME = "（未命名附件）"
_INLINE = "邮件正文中的图片"
_BODY = "邮件正文"
_REPORT = "系统退信或已读回执"
_BY_TYPE = {
    "text/calendar": "日程邀请",
    "application/ics": "日程邀请",
    "application/pkcs7-signature": "邮件的数字签名",
    "application/x-pkcs7-signature": "邮件的数字签名",
    "application/pgp-signature": "邮件的数字签名",
    "application/pgp-keys": "邮件的数字签名",
    "text/vcard": "名片",
    "text/x-vcard": "名片",
    "message/delivery-status": _REPORT,
    "message/disposition-notification": _REPORT,
    "text/rfc822-headers": _REPORT,
}
_SEALED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
_MAILS = {"message/rfc822", "message/global"}
_REFERENCE = re.compile(r"cid:([^\"'\s>)]{1,500})", re.I)
_CLOUD = re.compile(r"超大附件|云附件|文件中转站|网盘附件")
_LOGO = re.compile(r"image\d{3}\.(?:png|jpe?g|gif|bmp)", re.I)
_SPLIT_BODY = re.compile(r"ATT\d{3,}\.(?:txt|html?)", re.I)
_MOST_OF_A_BODY = 2_000_000
"""Bytes of a body that are searched for references and links."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as received; the texts are clean."""

    data: bytes
    sender: str | None
    subject: str | None
    date: datetime | None

    def origin(self, origin: Origin) -> Origin:
        """``origin`` for what is in this mail; what the mail does not say stays as it was outside."""
        return replace(
            origin,
            sender=self.sender or origin.sender,
            subject=self.subject or origin.subject,
            date=self.date or origin.date,
        )


def read(data: bytes) -> Mail:
    """The mail in ``data``; never fails."""
    data = kinds.without_count(data.lstrip(b"\xef\xbb\xbf\r\n"))
    block, _ = header_block(data)
    return Mail(
        data=data,
        sender=headers.text_of(block.get("from") or block.get("sender", b"")) or None,
        subject=headers.text_of(block.get("subject", b"")) or None,
        date=headers.moment(block.get("date", b"")),
    )


def pieces(mail: Mail, budget: Budget) -> Iterator[Piece]:
    """Each attachment of ``mail``, and each other part with the reason why it is none.

    The bodies come last, or stand for the mail itself when it has no attachment. Raises LimitReached.
    """
    bodies: list[Piece] = []
    referenced: set[str] = set()
    has_cloud_link = has_attachment = False
    for part in parts(mail.data):
        if isinstance(part, Finding):
            has_attachment = True
            yield Piece(_NO_NAME, finding=part)
            continue
        content = part.content()
        budget.spend(len(content))
        if _is_body(part, content):
            text = decoded(content[:_MOST_OF_A_BODY], part.charset)
            referenced.update(unquote(match[1]) for match in _REFERENCE.finditer(text))
            has_cloud_link = has_cloud_link or _CLOUD.search(text) is not None
            bodies.append(Piece(_BODY, reason=_BODY))
            continue
        piece = _piece(part, content, referenced)
        has_attachment = has_attachment or piece.reason is None
        yield piece
    if has_attachment:
        yield from bodies
    else:
        link = "，正文中有网盘或超大附件的链接，请下载后核验" if has_cloud_link else ""
        yield Piece(reason=NO_ATTACHMENT + link)


def _is_body(part: Part, content: bytes) -> bool:
    """Whether this is the text of the mail: a text without a name, whatever its bytes do not contradict."""
    if part.file_name or part.disposition == "attachment" or part.type in _BY_TYPE:
        return False
    is_text = part.type.startswith("text/") or not part.type or (not content.strip() and not part.is_related)
    return is_text and not _is_binary(content)


def _is_binary(content: bytes) -> bool:
    """Whether the bytes are those of a known kind of file, so that no header may call them something else."""
    return content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"Rar!", b"7z\xbc\xaf"))


def _piece(part: Part, content: bytes, referenced: set[str]) -> Piece:
    """What a part other than a body is."""
    name = base_name(part.file_name)
    is_mail = part.type in _MAILS
    inner = read(content) if is_mail else None
    subject = (inner.subject or NO_SUBJECT) if inner else ""
    label = name or subject or _NO_NAME
    binary = _is_binary(content)
    if part.is_report and is_mail:
        return Piece(label, reason=_REPORT)
    reason = None if binary else _BY_TYPE.get(part.type) or _why_inline(part, content, name, referenced)
    reason = reason or why_unwanted(name)
    if reason is not None:
        return Piece(label, reason=reason)
    if part.type in _SEALED and not binary:
        return Piece(label, finding=found("MAIL_ENCRYPTED"))
    if part.type == "application/ms-tnef" or name.lower() == "winmail.dat":
        return Piece(label, finding=kinds.TNEF.finding())
    if not content and part.end > part.start:
        return Piece(label, finding=found("MAIL_DAMAGED", problem="附件的编码无法还原"))
    return Piece(label, content, is_mail=is_mail, name=name or subject)


def _why_inline(part: Part, content: bytes, name: str, referenced: set[str]) -> str | None:
    """Why a part belongs to the body: a picture the text shows, a logo, a body that was cut in pieces."""
    if _SPLIT_BODY.fullmatch(name) and part.type.startswith("text/"):
        return "邮件系统分出的正文片段"
    if part.type == "text/css":
        return _BODY
    kind = kinds.by_head(content[:HEAD], name)
    if kind.code != "FILE_PICTURE" and not part.type.startswith("image/"):
        return None
    content_id = clean(decoded(part.headers.get("content-id", b""))).strip("<> ")
    is_shown = content_id in referenced if content_id else False
    is_logo = bool(content_id) and _LOGO.fullmatch(name) is not None
    is_related = part.is_related and part.disposition != "attachment"
    return _INLINE if is_shown or is_logo or is_related else None
