"""A mail server of this machine for tests: it keeps what comes in, and refuses where a test wants that."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message as Mail
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import SMTP, Envelope, Session

from mailroom.domain.requesters import MailServer, Security


class Box(Message):
    """Keeps what comes in; an address that begins with `no` is refused for good, one with `later` for now.

    So is every mail of a sender that begins with `stranger`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Mail] = []
        self.asked: list[str] = []

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("stranger"):
            return "530 log in first"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.asked.append(address)
        if address.startswith("no"):
            return "550 nobody of that name"
        if address.startswith("later"):
            return "450 try again in a while"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def handle_message(self, message: Mail) -> None:
        self.mails.append(message)


class Server(Controller):
    """A mail server at a port that was free."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@dataclass(frozen=True)
class PlayedMail:
    """The server's settings, and what came in."""

    server: MailServer
    box: Box


@contextmanager
def played(**more: Any) -> Iterator[PlayedMail]:
    """A server of this machine while it lasts; open, unless told otherwise."""
    box = Box()
    controller = Server(box, hostname="127.0.0.1", port=0, ready_timeout=60, **more)
    controller.start()
    try:
        yield PlayedMail(MailServer("127.0.0.1", controller.port, Security.NONE, sender="mailroom@example.org"), box)
    finally:
        controller.stop()
