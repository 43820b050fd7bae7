"""Secrets in the system's own key store: never in a file, never in the record, never in a log."""

from typing import TYPE_CHECKING

from mailroom.errors import MailroomError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

# Stores that keep a secret closed. Others, plain text files among them, are never used, whatever is installed.
_ALLOWED = frozenset(
    {
        "keyring.backends.SecretService",
        "keyring.backends.libsecret",
        "keyring.backends.kwallet",
        "keyring.backends.macOS",
        "keyring.backends.Windows",
    }
)
_SERVICE = "Mailroom"


def read_secret(name: str) -> str:
    """The secret of this name; empty where there is none, or no key store that may be used."""
    from keyring.errors import KeyringError

    for store in _stores():
        try:
            found = store.get_password(_SERVICE, name)
        except (KeyringError, RuntimeError, OSError):
            continue  # closed, or gone: as good as none
        if found:
            return found
    return ""


def keep_secret(name: str, secret: str) -> None:
    """Keep a secret in the first key store that takes it. Raises MailroomError `no_key_store`."""
    from keyring.errors import KeyringError

    for store in _stores():
        try:
            store.set_password(_SERVICE, name, secret)
        except (KeyringError, RuntimeError, OSError):
            continue
        if read_secret(name) == secret:
            return
    raise MailroomError("no_key_store")


def has_key_store() -> bool:
    """Whether this system has a key store that may be used."""
    return bool(_stores())


def _stores() -> "list[KeyringBackend]":
    import keyring

    chosen = keyring.get_keyring()
    return [one for one in getattr(chosen, "backends", [chosen]) if type(one).__module__ in _ALLOWED]
