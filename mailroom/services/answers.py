"""A stored answer of a carrier, read without any record: what `mailroom parse` shows."""

from collections.abc import Mapping

from mailroom.carriers import all_interfaces
from mailroom.carriers._interface import Interface
from mailroom.domain.tracking import TrackAnswer
from mailroom.errors import MailroomError


def read_answer(carrier: str, body: bytes, status: int, headers: Mapping[str, str]) -> tuple[TrackAnswer, ...]:
    """What a body with its HTTP status says, one value a number. Raises `interface_unknown`."""
    return interface_named(carrier).parse(body, status, headers)


def interface_named(carrier: str) -> Interface:
    """The interface of a carrier by its id, in any spelling. Raises `interface_unknown`."""
    wanted = _plain(carrier)
    for one in all_interfaces():
        if wanted in (_plain(one.id), _plain(one.name)):
            return one
    raise MailroomError("interface_unknown", text=carrier, known=", ".join(one.id for one in all_interfaces()))


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))
