"""Secrets go into key stores that keep them closed, and nowhere else."""

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend

from mailroom.errors import MailroomError
from mailroom.net import secrets


class InMemory(KeyringBackend):
    """A key store of the test's own."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class Closed(InMemory):
    """A key store that nobody unlocks."""

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.KeyringLocked


@pytest.fixture
def chosen() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.mark.usefixtures("chosen")
def test_a_secret_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(InMemory, "__module__", "keyring.backends.SecretService")
    keyring.set_keyring(InMemory())
    assert secrets.has_key_store()
    assert secrets.read_secret("key") == ""
    secrets.keep_secret("key", "opens")
    assert secrets.read_secret("key") == "opens"


@pytest.mark.usefixtures("chosen")
@pytest.mark.parametrize("module", ["keyrings.alt.file", "keyring.backends.null", "somebody.else"])
def test_a_store_that_is_not_on_the_list_is_never_used(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(InMemory, "__module__", module)
    store = InMemory()
    keyring.set_keyring(store)
    assert not secrets.has_key_store()
    with pytest.raises(MailroomError) as refused:
        secrets.keep_secret("key", "opens")
    assert refused.value.code == "no_key_store"
    assert store.kept == {}


@pytest.mark.usefixtures("chosen")
def test_a_closed_store_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Closed, "__module__", "keyring.backends.SecretService")
    keyring.set_keyring(Closed())
    assert secrets.read_secret("key") == ""
    with pytest.raises(MailroomError) as refused:
        secrets.keep_secret("key", "opens")
    assert refused.value.code == "no_key_store"
