"""Handing mails to a server. Certificates are always checked; a password never goes over an open line."""

import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from email.message import EmailMessage

from mailroom.domain.requesters import MailServer, Security
from mailroom.errors import MailroomError

_OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


class _Line(smtplib.SMTP):
    """A connection that another thread can end, also while the server is slow to say its first word."""

    def __init__(self, timeout: int, connected: Callable[[socket.socket], None]) -> None:
        super().__init__(timeout=timeout)
        self._connected = connected

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        made: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        try:
            self._connected(made)
        except OSError:
            made.close()
            raise
        return made


class _TlsLine(smtplib.SMTP_SSL, _Line):
    """The same with TLS from the first byte."""

    def __init__(self, timeout: int, connected: Callable[[socket.socket], None], context: ssl.SSLContext) -> None:
        smtplib.SMTP_SSL.__init__(self, timeout=timeout, context=context)
        self._connected = connected


class MailLine:
    """An office's way to mail servers, one connection a call."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._under_way: set[socket.socket] = set()

    @property
    def stopped(self) -> bool:
        """Whether the program closes."""
        return self._stopped.is_set()

    def begin(self) -> None:
        """Mails may be handed in again: a window opens."""
        self._stopped.clear()

    def stop(self) -> None:
        """End what is under way, from any thread, and hand nothing in any more: the program closes."""
        self._stopped.set()
        for one in tuple(self._under_way):
            with contextlib.suppress(OSError):  # it may have ended meanwhile
                one.shutdown(socket.SHUT_RDWR)

    def send(self, server: MailServer, password: str, messages: Sequence[EmailMessage]) -> list[MailroomError | None]:
        """Hand mails in over one connection; for each none, or `mail_refused` where the server did not want it.

        Raises `mail_server_missing`, `mail_sender_missing`, `mail_line_open`, `mail_without_starttls`,
        `mail_unreachable`, `mail_certificate_bad`,
        `mail_login_refused`, and `mail_sender_refused`, which says nothing of those whom the mails are for.
        """
        answers: list[MailroomError | None] = []
        with self._connected(server, password) as line:
            for message in messages:
                try:
                    line.send_message(message)
                    answers.append(None)
                except smtplib.SMTPServerDisconnected:
                    raise MailroomError("mail_unreachable", host=server.host) from None
                except smtplib.SMTPSenderRefused as refused:
                    facts = {"host": server.host, "sender": server.sender, "answer": _answer(refused)}
                    raise MailroomError("mail_sender_refused", **facts) from None
                except smtplib.SMTPException as refused:  # these are OSErrors, too
                    answers.append(MailroomError("mail_refused", to=str(message["To"]), answer=_answer(refused)))
                except OSError:
                    raise MailroomError("mail_unreachable", host=server.host) from None
        return answers

    @contextlib.contextmanager
    def _connected(self, server: MailServer, password: str) -> Iterator[smtplib.SMTP]:
        if not server.host or not server.sender:
            raise MailroomError("mail_sender_missing" if server.host else "mail_server_missing")
        if server.security is Security.NONE and server.host not in _OWN_MACHINE:
            raise MailroomError("mail_line_open", host=server.host)
        closed, sockets = ssl.create_default_context(), list[socket.socket]()

        def connected(made: socket.socket) -> None:
            sockets.append(made.dup())  # TLS takes the first one apart
            self._under_way.update(sockets)
            if self.stopped:
                raise ConnectionAbortedError

        line: smtplib.SMTP
        tls = server.security is Security.TLS
        line = _TlsLine(server.timeout, connected, closed) if tls else _Line(server.timeout, connected)
        try:
            self._connect(line, server, closed)
            if server.user:
                _log_in(line, server, password)
            yield line
            with contextlib.suppress(OSError):
                line.quit()
        finally:
            line.close()
            self._under_way.difference_update(sockets)
            for one in sockets:
                one.close()

    def _connect(self, line: smtplib.SMTP, server: MailServer, closed: ssl.SSLContext) -> None:
        line._host = server.host  # type: ignore[attr-defined]  # what TLS checks the certificate for; no method sets it
        try:
            code, words = line.connect(server.host, server.port)
            if code != 220:  # RFC 5321, 3.1
                raise smtplib.SMTPConnectError(code, words)
            if server.security is Security.STARTTLS:
                line.starttls(context=closed)
        except ssl.SSLError:
            raise MailroomError("mail_certificate_bad", host=server.host) from None
        except smtplib.SMTPNotSupportedError:
            raise MailroomError("mail_without_starttls", host=server.host) from None
        except OSError:
            raise MailroomError("mail_unreachable", host=server.host) from None


def _log_in(line: smtplib.SMTP, server: MailServer, password: str) -> None:
    try:
        line.login(server.user, password)
    except smtplib.SMTPServerDisconnected:
        raise MailroomError("mail_unreachable", host=server.host) from None
    except smtplib.SMTPException:
        raise MailroomError("mail_login_refused", host=server.host, user=server.user) from None
    except OSError:
        raise MailroomError("mail_unreachable", host=server.host) from None


def _answer(refused: smtplib.SMTPException) -> str:
    """What the server said, in one line."""
    said: object = refused
    if isinstance(refused, smtplib.SMTPRecipientsRefused):
        said = next(iter(refused.recipients.values()), refused)
    elif isinstance(refused, smtplib.SMTPResponseException):
        said = (refused.smtp_code, refused.smtp_error)
    parts = said if isinstance(said, tuple) else (said,)
    words = (one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one) for one in parts)
    return " ".join(" ".join(words).split())[:300]
