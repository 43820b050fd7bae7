"""A burst whose first keys a busy computer let through before it: what the scanner sent as a whole. No Qt.

What came before may as well be a person's. So the two are put together only where that names a number; where each
names another one, or the burst alone does though keys came right before it, a person has to say.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from mailroom.capture.keystrokes import Passed
from mailroom.capture.wedge_teaching import WedgeSetup, put_right

SOON_MS = 400.0  # a key let through so shortly before a burst is hardly a person's
LONG = 18  # digits: from here on a number has a beginning of its own beside its check digit


@dataclass(frozen=True, slots=True)
class Whole:
    """What a burst and the keys before it mean. More than one of `texts`: a person has to say which it is."""

    texts: tuple[str, ...]
    strays: int = 0  # so many of the last things let through belong to it
    cut: bool = False  # its beginning may be missing: never to be recorded unasked


def whole_of(
    payload: str, lead: Sequence[Passed[Any]], pause: float, setup: WedgeSetup, piece_of: Callable[[str], str]
) -> Whole:
    """Put a burst together with what was let through `pause` ms before it.

    `piece_of` names the piece that a text is recorded as, and gives an empty text for what is never recorded unasked.
    """
    alone = put_right(payload, setup)
    if not lead:
        return Whole((alone,))
    piece, joined = piece_of(alone), _joined(payload, lead, setup, piece_of)
    others = tuple(whole for named, whole in joined.items() if named != piece)
    soon = pause < SOON_MS
    if len(others) == 1 and not piece:
        return others[0]
    if others:
        texts = tuple(whole.texts[0] for whole in others)
        strays = max(whole.strays for whole in others) if soon else 0
        return Whole((alone, *texts) if piece else texts, strays)
    if piece in joined:
        return joined[piece]
    return Whole((alone,), cut=bool(piece) and soon and _may_be_a_rest(alone) and _may_begin_a_number(lead[-1], setup))


def _may_be_a_rest(text: str) -> bool:
    """Digits so few that another code's end may pass for them: longer numbers and those with letters do not happen."""
    return text.isdigit() and len(text) < LONG


def _may_begin_a_number(last: Passed[Any], setup: WedgeSetup) -> bool:
    """Not so a burst of its own, a blank, or a small letter: those are a person's words."""
    text = put_right(last.text, setup)
    return last.key is not None and not text.isspace() and not text.islower()


def _joined(
    payload: str, lead: Sequence[Passed[Any]], setup: WedgeSetup, piece_of: Callable[[str], str]
) -> dict[str, Whole]:
    """The ways to read the burst with its lead, by the piece they name; of each the longest."""
    found: dict[str, Whole] = {}
    for count in range(1, len(lead) + 1):
        first = lead[-count]
        if first.key is None and piece_of(put_right(first.text, setup)):
            break  # that was a read of its own
        text = "".join(one.text for one in lead[-count:]) + payload
        text = put_right(text.removeprefix(setup.prefix), setup)
        piece = piece_of(text)
        if piece:
            found[piece] = Whole((text,), count)
    return found
