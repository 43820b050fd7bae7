"""Sentences for what can go wrong with papers: made, signed, checked, scanned back."""

from mailroom.wording import mark
from mailroom.wording.sentence import Sentence
from mailroom.wording.sentence import sentence as _s

PAPER: dict[str, Sentence] = {
    "no_shipment_chosen": _s(
        mark("No shipment was chosen."),
        mark("A report is about one shipment or more."),
        mark("Choose shipments in the list, or give their numbers."),
    ),
    "too_many_shipments": _s(
        mark("{count} shipments were chosen; a paper holds at most {limit}."),
        mark("A longer file is slow to open and cannot be sent by e-mail."),
        mark("Choose fewer, and make several papers."),
    ),
    "stopped": _s(
        mark("Stopped; no paper was put on record."),
        mark("Somebody asked to stop before it was finished."),
        mark("Start again when it suits."),
    ),
}
