"""Carriers' interfaces as this office uses them: settings with history, keys in the system's key store."""

import dataclasses
import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mailroom.carriers import all_interfaces
from mailroom.carriers._interface import Interface
from mailroom.domain.operator import Operator
from mailroom.domain.polling import Budget
from mailroom.errors import MailroomError
from mailroom.net.secrets import keep_secret, read_secret
from mailroom.services.desk import Desk
from mailroom.store.interface_settings import PREFIX, stored_interfaces

_ROUNDS = 20_000  # of the digest: some milliseconds
_RANGES = {"timeout": (1, 120), "per_hour": (0, 100_000), "per_day": (0, 1_000_000), "gap_ms": (0, 600_000)}


@dataclass(frozen=True, slots=True)
class InterfaceSettings:
    """What an office chose for one interface. `timeout` in seconds, `gap_ms` between calls; 0 calls is no limit."""

    enabled: bool = False
    address: str = ""
    timeout: int = 20
    proxy: str = ""
    per_hour: int = 0
    per_day: int = 0
    gap_ms: int = 1000
    batch: bool = False  # several numbers in one call, where the interface has a choice


def default_settings(interface: Interface) -> InterfaceSettings:
    """What holds before anybody chose."""
    limits = interface.limits
    return InterfaceSettings(
        address=interface.address, per_hour=limits.per_hour, per_day=limits.per_day, gap_ms=int(limits.gap * 1000)
    )


def settings_in_force(desk: Desk) -> dict[str, InterfaceSettings]:
    """The settings of every interface, by its id."""
    with desk.store.read() as connection:
        given = stored_interfaces(connection)
    known = {one.name for one in dataclasses.fields(InterfaceSettings)}
    return {
        one.id: dataclasses.replace(
            default_settings(one), **{key: value for key, value in given.get(one.id, {}).items() if key in known}
        )
        for one in all_interfaces()
    }


def changed_settings(desk: Desk, interface: Interface, changes: Mapping[str, Any]) -> InterfaceSettings:
    """The settings with changes, looked at. Raises `setting_unknown`, `setting_bad`, `carrier_address_bad`."""
    from mailroom.net.carriers import checked_address

    now = settings_in_force(desk)[interface.id]
    known = {one.name for one in dataclasses.fields(InterfaceSettings)}
    for name, value in changes.items():
        if name not in known:
            raise MailroomError("setting_unknown", name=name)
        low_high = _RANGES.get(name)
        if low_high and not (isinstance(value, int) and low_high[0] <= value <= low_high[1]):
            raise MailroomError("setting_bad", name=name, value=str(value))
    wanted = dataclasses.replace(now, **changes)
    address = wanted.address.strip() or interface.address
    return dataclasses.replace(wanted, address=checked_address(address), proxy=wanted.proxy.strip())


def keep_settings(desk: Desk, who: Operator, interface: Interface, wanted: InterfaceSettings) -> None:
    """Put settings on record; they are one value of the office's settings."""
    desk.accept(who, "office_changed", "office", {"changes": {PREFIX + interface.id: dataclasses.asdict(wanted)}})


def keys_of(desk: Desk, interface: Interface) -> dict[str, str]:
    """The office's keys for an interface: from the environment (`MAILROOM_USPS_CLIENT_ID`), else the key store."""
    found = {}
    for name in interface.key_names:
        given = os.environ.get(variable_of(interface, name), "") or read_secret(_key_name(desk, interface, name))
        if given:
            found[name] = given
    return found


def variable_of(interface: Interface, name: str) -> str:
    """The environment variable that a key of an interface may stand in."""
    return f"MAILROOM_{interface.id}_{name}".upper()


def has_keys(interface: Interface, keys: Mapping[str, str]) -> bool:
    """Whether every key that is needed is there."""
    return all(keys.get(name) for name in interface.key_names if name not in interface.optional_keys)


def mark_of(keys: Mapping[str, str], salt: str = "") -> str:
    """A mark by which the same keys are known again, and from which nobody learns them: a salt and a slow digest."""
    salt = salt or secrets.token_hex(8)
    given = json.dumps(sorted(keys.items())).encode()
    return f"{salt}:{hashlib.pbkdf2_hmac('sha256', given, salt.encode(), _ROUNDS).hex()[:32]}"


def keys_changed(mark: str, keys: Mapping[str, str]) -> bool:
    """Whether these are other keys than those of a mark; never where there is no mark."""
    return bool(mark) and mark_of(keys, mark.partition(":")[0]) != mark


def keep_key(desk: Desk, interface: Interface, name: str, value: str) -> None:
    """Keep one key in the system's key store. Raises `no_key_store_for_carrier`, `setting_unknown`."""
    if name not in interface.key_names:
        raise MailroomError("setting_unknown", name=name)
    try:
        keep_secret(_key_name(desk, interface, name), value.strip())
    except MailroomError as refused:
        if refused.code != "no_key_store":
            raise
        variable = variable_of(interface, name)
        raise MailroomError("no_key_store_for_carrier", carrier=interface.name, variable=variable) from None


def budget_of(interface: Interface, settings: InterfaceSettings) -> Budget:
    """What may be asked, as the carrier wishes and the office set."""
    limits = interface.limits
    return Budget(
        per_hour=settings.per_hour,
        per_day=settings.per_day,
        per_piece_day=limits.per_piece_day,
        quiet_zone=limits.quiet_zone,
        quiet_from=limits.quiet_from,
        quiet_until=limits.quiet_until,
        kept_days=limits.kept_days,
    )


def _key_name(desk: Desk, interface: Interface, name: str) -> str:
    folder = desk.store.blobs.folder.parent.resolve()
    return f"{interface.id} {name} of {folder}"
