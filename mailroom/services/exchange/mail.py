"""A carrier's e-mail notice as plain text: run in a child process with limits, the file comes from anywhere."""

import email
import email.policy
from email.message import EmailMessage
from email.utils import parseaddr
from html.parser import HTMLParser
from typing import Any, Final

from mailroom.errors import MailroomError

LARGEST: Final = 25 * 1024 * 1024  # bytes of a mail: attachments come along
_MOST_TEXT = 200_000  # characters of a body that are looked at
_MOST_PARTS = 200
_SILENT = frozenset({"script", "style", "head", "title", "noscript", "template"})
_LINES = frozenset(
    {"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "td", "th", "section", "hr"}
)


def read_mail(data: bytes, name: str) -> dict[str, Any]:
    """Subject, sender's address, date as written, and the lines of the text. Raises `notice_not_mail`.

    Attachments are left aside; HTML gives its visible words only.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not any(message.get(one) for one in ("From", "Subject", "Date")):
        raise MailroomError("notice_not_mail", name=name)
    plain, html = _bodies(message)
    words = html_words(html) if html and len(plain.split()) < 5 else plain  # some send an empty plain part along
    lines = [" ".join(line.split()) for line in words[:_MOST_TEXT].splitlines()]
    return {
        "subject": _header(message, "Subject"),
        "sender": parseaddr(_header(message, "From"))[1],
        "date": _header(message, "Date"),
        "lines": [line for line in lines if line],
    }


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, LookupError, AttributeError, TypeError, IndexError):  # the parser of headers, on bad ones
        return ""


def _bodies(message: EmailMessage) -> tuple[str, str]:
    """The first plain and the first HTML text that is no attachment."""
    found = {"text/plain": "", "text/html": ""}
    for place, part in enumerate(message.walk()):
        if place >= _MOST_PARTS:
            break
        kind = part.get_content_type()
        if kind not in found or found[kind] or part.get_content_disposition() == "attachment":
            continue
        raw = part.get_payload(decode=True)
        if isinstance(raw, bytes):
            found[kind] = _decoded(raw, part.get_content_charset() or "utf-8")
    return found["text/plain"], found["text/html"]


def _decoded(raw: bytes, charset: str) -> str:
    try:
        return raw.decode(charset, "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")


def html_words(html: str) -> str:
    """The visible words of HTML, a line for each block; scripts, styles, comments and links' addresses are gone."""
    reader = _Words()
    reader.feed(html[: 4 * _MOST_TEXT])
    reader.close()
    return "".join(reader.found)


class _Words(HTMLParser):
    """Gathers text outside of what nobody sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line."""
        if tag in _SILENT:
            self._silent += 1
        elif tag in _LINES:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """What was silent may end."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _LINES:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        """Text that is seen; line breaks inside it mean nothing."""
        if not self._silent:
            self.found.append(" ".join(data.split("\n")))
