"""One mail: who sent it and when, and what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote

from workbook.findings import Finding, found
from workbook.intake import headers, inline, kinds, leftovers
from workbook.intake.items import Origin
from workbook.intake.labels import base_name, clean, decoded
from workbook.intake.limits import HEAD, UnpackBudget
from workbook.intake.mime import MAILS, Part, Parts, header_block
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
_TABLES = {"text/csv", "text/tab-separated-values", "text/rtf"}
_REFERENCE = re.compile(r"cid:([^\"'\s>)]{1,500})", re.I)
_CLOUD = re.compile(r"超大附件|云附件|文件中转站|网盘附件")
_LOGO = re.compile(r"image\d{3}\.(?:png|jpe?g|gif|bmp)", re.I)
_ARMOUR = re.compile(rb"^-----BEGIN PGP MESSAGE-----|^-----BEGIN PKCS7-----", re.M)
_SPLIT_BODY = re.compile(r"ATT\d{3,}\.(?:txt|html?)", re.I)
_MOST_OF_A_BODY = 2_000_000
"""Bytes of a body that are searched for references and links."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as received; the texts are clean."""

    data: bytes
    sender: str | None
    address: str | None
    """The bare address of ``sender``, in lower case."""
    subject: str | None
    date: datetime | None

    def origin(self, origin: Origin) -> Origin:
        """``origin`` for what is in this mail; what the mail does not say stays as it was outside."""
        return replace(
            origin,
            sender=self.sender or origin.sender,
            address=self.address if self.sender else origin.address,
            mail=len(origin.inside),
            subject=self.subject or origin.subject,
            date=self.date or origin.date,
        )


def read(data: bytes) -> Mail:
    """The mail in ``data``; never fails."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # saved as text by an editor
        data = data.decode("utf-16", "replace").encode()
    data = kinds.without_count(data.lstrip(b"\xef\xbb\xbf\r\n"))
    block, _ = header_block(data)
    sender = block.get("from") or block.get("sender", b"")
    return Mail(
        data=data,
        sender=headers.text_of(sender) or None,
        address=headers.address(sender),
        subject=headers.text_of(block.get("subject", b"")) or None,
        date=headers.moment(block.get("date", b"")),
    )


def pieces(mail: Mail, budget: UnpackBudget) -> Iterator[Piece]:
    """Each attachment of ``mail``, and each other part with the reason why it is none.

    The bodies come last, or stand for the mail itself when it has no attachment. Raises LimitReached.
    """
    parts = Parts(mail.data)
    rest = _Rest(mail.data, parts)
    has_attachment = ends_in_mail = False
    for part in parts:
        ends_in_mail = False
        if isinstance(part, Finding):
            has_attachment = True
            yield Piece(_NO_NAME, finding=part)
            continue
        content = part.content()
        budget.spend(len(content))
        if _is_body(part, content):
            found_pieces = rest.body(part, content)
        else:
            found_pieces = [_piece(part, content, rest.referenced)]
            rest.other(part, content, is_wanted=found_pieces[0].reason is None)
            ends_in_mail = found_pieces[0].is_mail
        for piece in found_pieces:
            has_attachment = has_attachment or piece.reason is None
            yield piece
    # What is cut may have lost an attachment; the last one received is judged by itself.
    finding = rest.finding(is_cut=parts.is_cut and (ends_in_mail or not has_attachment))
    if finding is not None:
        has_attachment = True
        yield Piece(_NO_NAME, finding=finding)
    if has_attachment:
        yield from (Piece(_BODY, reason=_BODY) for _ in range(rest.bodies))
    else:
        link = "，正文中有网盘或超大附件的链接，请下载后核验" if rest.has_cloud_link else ""
        yield Piece(reason=NO_ATTACHMENT + link)


class _Rest:
    """All of a mail that is no attachment."""

    def __init__(self, data: bytes, parts: Parts) -> None:
        self._data = data
        self._parts = parts
        self._heads = 0
        self._seen = 0
        self._suspicion: str | None = None
        self._is_sealed = False
        self.bodies = 0
        self.referenced: set[str] = set()
        """Ids of the pictures that a body shows."""
        self.has_cloud_link = False

    def body(self, part: Part, content: bytes) -> list[Piece]:
        """Take note of a body; the files that are written into it."""
        self.bodies += 1
        self._pass(part)
        start = decoded(content[:_MOST_OF_A_BODY], part.charset)
        self.referenced.update(unquote(match[1]) for match in _REFERENCE.finditer(start))
        self.has_cloud_link = self.has_cloud_link or _CLOUD.search(start) is not None
        self._is_sealed = self._is_sealed or _ARMOUR.search(content) is not None
        files, text = inline.taken_out(content)
        if not part.is_report:
            self._suspect(leftovers.suspected(text))
            raw = self._data[part.start : part.end]
            if raw != content and leftovers.holds_content(raw):
                self._suspect(leftovers.CONTENT)
        return [_written(file) for file in files]

    def other(self, part: Part, content: bytes, *, is_wanted: bool) -> None:
        """Take note of a part that is no body; an invitation or a piece of a body may hold a file."""
        self._pass(part)
        is_text = part.type.startswith("text/") and not part.is_report
        if is_text and not is_wanted and leftovers.holds_content(content):
            self._suspect(leftovers.CONTENT)

    def finding(self, *, is_cut: bool) -> Finding | None:
        """The reason, if any, to doubt that all was found. To be called after the last part."""
        self._skip_to(len(self._data))
        if self._suspicion is not None:
            return found("MAIL_UNCLEAR", what=self._suspicion)
        if self._is_sealed:
            return found("MAIL_ENCRYPTED")
        return found("MAIL_DAMAGED", problem="邮件不完整，没有收到结尾") if is_cut else None

    def _pass(self, part: Part) -> None:
        """Look at what stands before ``part``, outside all parts, and at its headers."""
        self._skip_to(part.begin)
        if leftovers.holds_content(self._data[part.begin : part.start]):
            self._suspect(leftovers.CONTENT)
        self._seen = max(self._seen, part.end)

    def _skip_to(self, end: int) -> None:
        """Look at what stands before ``end`` outside all parts and all headers of multiparts."""
        for start, body in self._parts.heads[self._heads :]:
            self._suspect(leftovers.suspected(self._data[self._seen : start]))
            self._seen = max(self._seen, body)
            self._heads += 1
        self._suspect(leftovers.suspected(self._data[self._seen : end]))

    def _suspect(self, what: str | None) -> None:
        self._suspicion = self._suspicion or what


def _is_body(part: Part, content: bytes) -> bool:
    """Whether this is the text of the mail: a text without a name, whatever its bytes do not contradict."""
    if part.file_name or part.disposition.startswith("attach") or part.type in _BY_TYPE:
        return False
    if part.type in _TABLES or _why_elsewhere(part) is not None:
        return False
    is_text = part.type.startswith("text/") or ("/" not in part.type and part.type not in MAILS)
    is_nothing = part.is_empty() and not part.is_related and not part.type.startswith("application/")
    return (is_text or is_nothing) and not _is_binary(content)


def _is_binary(content: bytes) -> bool:
    """Whether the bytes are those of a file other than a picture, so that no header may call it another."""
    head = content[:HEAD]
    return kinds.is_known(head) and kinds.by_head(head, "").code != "FILE_PICTURE"


def _why_elsewhere(part: Part) -> str | None:
    """The reason why the content of a part is not in the mail, None when it is there."""
    if part.type == "message/partial":
        return "邮件是分成几段发送的，这只是其中一段"
    if part.type == "message/external-body":
        return "邮件只给出了附件存放的地址"
    if part.type == "text/x-moz-deleted" or "x-mozilla-external-attachment-url" in part.headers:
        return "附件已从邮件中分离或删除"
    if "x-apple-content-length" in part.headers and part.is_empty():
        return "邮件程序没有下载附件，或把它另存在别处"
    return None


def _written(file: inline.Written) -> Piece:
    """A file written into a body, as a piece."""
    name = base_name(file.name) or _NO_NAME
    if not file.data:
        return Piece(name, finding=found("MAIL_DAMAGED", problem="附件的编码无法还原"))
    return Piece(name, file.data)


def _piece(part: Part, content: bytes, referenced: set[str]) -> Piece:
    """A part other than a body, as a piece."""
    name = base_name(part.file_name)
    is_mail = part.type in MAILS
    inner = read(content) if is_mail else None
    subject = (inner.subject or NO_SUBJECT) if inner else ""
    label = name or subject or _NO_NAME
    binary = _is_binary(content)
    if part.is_report and is_mail:
        return Piece(label, reason=_REPORT)
    elsewhere = _why_elsewhere(part)
    if elsewhere is not None:
        return Piece(label, finding=found("MAIL_ELSEWHERE", reason=elsewhere))
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
    """The reason why a part belongs to the body: a picture in the text, a logo, a body cut in pieces."""
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
