"""The office's signing key in the profile: opened by the passphrase in the environment or in the system's key store.

It is made when the first paper is issued, where there is a passphrase or a place to keep one; or an administrator
brings it. Without it papers are issued unsigned, and say so.
"""

import contextlib
import os
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mailroom.errors import MailroomError
from mailroom.net.secrets import has_key_store, keep_secret, read_secret
from mailroom.services.desk import Desk

if TYPE_CHECKING:
    from mailroom.reports.office_key import OfficeKey

PASSPHRASE = "MAILROOM_KEY_PASSPHRASE"  # noqa: S105 - the name of a variable
KEY_FILE = "office-key.p12"
CERTIFICATE_FILE = "office-certificate.pem"  # no secret: papers are checked with it without the key


SHORTEST = 8  # characters of a passphrase


@dataclass(frozen=True, slots=True)
class KeyState:
    """The office's key: whether there is one and whether it opens; name, SHA-256 and last day of its certificate."""

    there: bool
    open: bool
    name: str
    fingerprint: str
    until: date | None
    path: str


def open_office_key(desk: Desk) -> "OfficeKey | None":
    """The key, made where there is none yet; none where it cannot be made or opened."""
    from mailroom.reports.office_key import open_key

    file = _folder(desk) / KEY_FILE
    with contextlib.suppress(FileNotFoundError):
        closed = file.read_bytes()
        for passphrase in filter(None, (os.environ.get(PASSPHRASE, ""), read_secret(_name(desk)))):
            with contextlib.suppress(MailroomError):
                return open_key(closed, passphrase)
        return None
    return _make(desk, file)


def bring_key(desk: Desk, p12: bytes, passphrase: str) -> "OfficeKey":
    """Take a key made elsewhere; the passphrase goes to the system's key store where there is one.

    Raises MailroomError `key_not_opened`, `key_not_usable`, `key_is_there`.
    """
    from mailroom.reports.office_key import open_key

    key = open_key(p12, passphrase)
    with contextlib.suppress(MailroomError):  # no key store: the passphrase must come by the environment each time
        keep_secret(_name(desk), passphrase)
    try:
        return _keep(desk, key)
    except FileExistsError:
        raise MailroomError("key_is_there", path=str(_folder(desk) / KEY_FILE)) from None


def unlock_key(desk: Desk, passphrase: str) -> "OfficeKey":
    """Open the key with a passphrase for as long as this process runs, or make one where there is none yet.

    The passphrase goes to the system's key store where there is one. Raises MailroomError `key_not_opened`,
    `key_not_usable`, `passphrase_short`.
    """
    from mailroom.reports.office_key import make_key, open_key

    if len(passphrase) < SHORTEST:
        raise MailroomError("passphrase_short", least=SHORTEST)
    file = _folder(desk) / KEY_FILE
    if file.exists():
        key = open_key(file.read_bytes(), passphrase)
    else:
        key = open_key(make_key(desk.in_force.settings.name, passphrase), passphrase)
        with contextlib.suppress(FileExistsError):
            _keep(desk, key)
        key = open_key(file.read_bytes(), passphrase)
    with contextlib.suppress(MailroomError):
        keep_secret(_name(desk), passphrase)
    os.environ[PASSPHRASE] = passphrase  # where the store keeps nothing, papers are signed until the program ends
    return key


def key_state(desk: Desk) -> "KeyState":
    """How it stands with the key, without making one."""
    from mailroom.reports.office_key import facts_of_certificate

    there = (_folder(desk) / KEY_FILE).exists()
    opened = open_office_key(desk) if there else None
    pem = certificate(desk)
    name, fingerprint, until = facts_of_certificate(pem) if pem else ("", "", None)
    return KeyState(there, opened is not None, name, fingerprint, until, str(_folder(desk) / KEY_FILE))


def certificate(desk: Desk) -> bytes:
    """The office's certificate as PEM; empty where there is none yet."""
    with contextlib.suppress(FileNotFoundError):
        return (_folder(desk) / CERTIFICATE_FILE).read_bytes()
    return b""


def _make(desk: Desk, file: Path) -> "OfficeKey | None":
    from mailroom.reports.office_key import make_key, open_key

    passphrase = os.environ.get(PASSPHRASE, "")
    if not passphrase:
        if not has_key_store():
            return None
        passphrase = secrets.token_urlsafe(32)
        try:
            keep_secret(_name(desk), passphrase)
        except MailroomError:
            return None
    key = open_key(make_key(desk.in_force.settings.name, passphrase), passphrase)
    try:
        return _keep(desk, key)
    except FileExistsError:  # the window and the command line began at once: the earlier one's key holds
        with contextlib.suppress(MailroomError):
            return open_key(file.read_bytes(), passphrase)
        return None


def _keep(desk: Desk, key: "OfficeKey") -> "OfficeKey":
    from mailroom.reports.office_key import certificate_of

    _write(_folder(desk) / KEY_FILE, key.p12)
    _write(_folder(desk) / CERTIFICATE_FILE, certificate_of(key))
    return key


def _write(path: Path, data: bytes) -> None:
    """A file that only this user may read, whole or not at all, never over another one."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            if path.exists():
                raise FileExistsError(path) from None
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _folder(desk: Desk) -> Path:
    return desk.store.blobs.folder.parent  # the profile


def _name(desk: Desk) -> str:
    return f"signing key of {_folder(desk).resolve()}"
