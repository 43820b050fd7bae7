"""Handing mails to a server. Certificates are always checked; a password never goes over an open line."""

import contextlib
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from email.message import EmailMessage

from mailroom.domain.requesters import MailServer, Security
from mailroom.errors import MailroomError

_OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


def send(server: MailServer, password: str, messages: Sequence[EmailMessage]) -> list[MailroomError | None]:
    """Hand mails in over one connection; for each none, or `mail_refused` where the server did not want it.

    Raises `mail_server_missing`, `mail_line_open`, `mail_unreachable`, `mail_certificate_bad`, `mail_login_refused`.
    """
    answers: list[MailroomError | None] = []
    with _connected(server, password) as line:
        for message in messages:
            try:
                line.send_message(message)
                answers.append(None)
            except smtplib.SMTPServerDisconnected:
                raise MailroomError("mail_unreachable", host=server.host) from None
            except smtplib.SMTPException as refused:  # these are OSErrors, too
                answers.append(MailroomError("mail_refused", to=str(message["To"]), answer=_answer(refused)))
            except OSError:
                raise MailroomError("mail_unreachable", host=server.host) from None
    return answers


@contextlib.contextmanager
def _connected(server: MailServer, password: str) -> Iterator[smtplib.SMTP]:
    if not server.host or not server.sender:
        raise MailroomError("mail_server_missing")
    if server.security is Security.NONE and server.host not in _OWN_MACHINE:
        raise MailroomError("mail_line_open", host=server.host)
    try:
        line = _opened(server)
    except ssl.SSLError:
        raise MailroomError("mail_certificate_bad", host=server.host) from None
    except OSError:
        raise MailroomError("mail_unreachable", host=server.host) from None
    try:
        if server.user:
            _log_in(line, server, password)
        yield line
    finally:
        with contextlib.suppress(OSError):
            line.quit()


def _opened(server: MailServer) -> smtplib.SMTP:
    closed = ssl.create_default_context()
    if server.security is Security.TLS:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=closed)
    line = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
    try:
        if server.security is Security.STARTTLS:
            line.starttls(context=closed)
    except BaseException:
        line.close()
        raise
    return line


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
