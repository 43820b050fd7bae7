"""Errors of setting up carriers' interfaces and of asking them."""

from mailroom.wording import mark
from mailroom.wording.sentence import Sentence
from mailroom.wording.sentence import sentence as _s

TRACKING: dict[str, Sentence] = {
    "interface_unknown": _s(
        mark("No carrier's interface is called “{text}”."),
        mark("The name has a typing error, or this carrier has no interface that is known here."),
        mark("Name one of {known}."),
    ),
    "carrier_address_bad": _s(
        mark("“{address}” is no address for a carrier's interface."),
        mark("It has to begin with https:// and name a host, so that keys never travel unsealed; no name or password."),
        mark("Copy the base address from the carrier's developer page, or leave the field empty for the usual one."),
    ),
    "track_what": _s(
        mark("Nothing to ask about was named."),
        mark("`track` wants numbers, or --due for everything whose time has come."),
        mark("Name a number, or add --due."),
    ),
    "carrier_keys_missing": _s(
        mark("There are no keys for {carrier}."),
        mark("Every office asks with keys of its own, which the carrier gives out on its developer page."),
        mark("Fill in its keys where it is set up (Settings, “Carriers”), or give them in {variables}."),
    ),
    "no_key_store_for_carrier": _s(
        mark("This system has no key store that may hold the keys of {carrier}."),
        mark("Secrets are kept in the system’s own key store only, never in a file."),
        mark("Set the environment variable {variable} before Mailroom starts, or unlock the key store."),
    ),
}
