"""What each status and each carrier's code means: in plain sentences, for the timeline and the glossary.

The sentences of the codes stand beside them in `resources/rules/event_codes.csv`, read when first asked.
"""

import csv
from dataclasses import dataclass
from functools import cache

from mailroom import resources
from mailroom.domain.status import Status
from mailroom.wording import _, mark
from mailroom.wording.carriers import carrier_name

SYSTEMS: dict[str, str] = {
    "aftership": "AfterShip",
    "dhl_express": "DHL Express",
    "easypost": "EasyPost",
    "edifact_iftsta": "EDIFACT IFTSTA",
    "karrio": "Karrio",
    "pitney_bowes": "Pitney Bowes",
    "shippo": "Shippo",
    "x12_214": "X12 214",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a status means, what usually comes next, when to worry, and what to do: one sentence or two each."""

    means: str
    next: str
    worry: str
    act: str


STATUSES: dict[Status, Explanation] = {
    Status.LABEL_CREATED: Explanation(
        mark("A label exists and the carrier knows of it. Nobody at the carrier has read the piece."),
        mark("A first reading when the carrier picks it up or it is handed in, mostly the same day."),
        mark("When a working day has passed since the hand-over and still nothing was read."),
        mark("Look for it in the office and on the pick-up list; ask the driver for a reading at the next hand-over."),
    ),
    Status.ACCEPTED: Explanation(
        mark("The carrier has the piece. From here on it is in the carrier’s care."),
        mark("The first sorting centre, often the same evening."),
        mark("When no centre reads it within two working days."),
        mark("Keep the proof of mailing; ask the carrier once the days above are over."),
    ),
    Status.IN_TRANSIT: Explanation(
        mark("The piece is on its way between two places of the carrier."),
        mark("Further centres, then the office that delivers it."),
        mark("When nothing was read for four days within the country, or ten abroad."),
        mark("Nothing, while it moves. After a silence ask the carrier to look for it."),
    ),
    Status.OUT_FOR_DELIVERY: Explanation(
        mark("It left for the recipient this morning, in a van or on a round."),
        mark("The delivery, by the evening."),
        mark("When the evening is over and no delivery and no attempt was read."),
        mark("Wait until the next morning, then ask the office that delivers it."),
    ),
    Status.ATTEMPTED: Explanation(
        mark("Somebody stood at the door and could not hand it over."),
        mark("Another attempt on the next working day, or the recipient collects it."),
        mark("After the second attempt: then it is soon sent back."),
        mark("Tell the recipient, check address and opening hours, order another delivery."),
    ),
    Status.AVAILABLE_FOR_PICKUP: Explanation(
        mark("It lies at a post office, shop or locker, and the recipient has to fetch it."),
        mark("The recipient collects it; it is kept for some days, at the post mostly for fifteen."),
        mark("When half of those days are over."),
        mark("Tell the recipient where it lies and until when. Somebody else may need a written order to fetch it."),
    ),
    Status.DELIVERED: Explanation(
        mark("The carrier says that it was handed over or left at the address."),
        mark("Nothing more; a signature or photograph may follow within a day or two."),
        mark("When the recipient does not have it, or the place is not the one you mailed to."),
        mark("Save the proof of delivery before the carrier deletes it. If it is missing, ask where it was left."),
    ),
    Status.DELAYED: Explanation(
        mark("The carrier itself says that it comes later than planned."),
        mark("It moves on without anybody doing anything, mostly within one to three days."),
        mark("When the new day passes too, or nothing was read for four days."),
        mark("Tell the recipient. Ask for the postage back where the service promises a day."),
    ),
    Status.EXCEPTION: Explanation(
        mark("Something keeps the piece from going on. The carrier’s own words say what."),
        mark("The carrier waits for an answer, tries again, or sends it back."),
        mark("At once: most reasons end in a return when nobody answers."),
        mark("Read the reason; correct the address, answer the carrier’s question or report the damage."),
    ),
    Status.CUSTOMS: Explanation(
        mark("Customs or a broker has it, or has just let it go."),
        mark("Clearance, mostly within one to three working days, then the carrier of that country."),
        mark("When papers or a payment are asked for, or after five days without news."),
        mark("Send the papers that are asked for at once, or ask the recipient to pay duty and tax."),
    ),
    Status.RETURN_TO_SENDER: Explanation(
        mark("It was not delivered and travels back to you."),
        mark("The same way back, mostly as long as it took to get there."),
        mark("When nothing was read for seven days on the way back."),
        mark("Find out the reason, tell who ordered the mailing, and decide whether it is sent again."),
    ),
    Status.RETURNED: Explanation(
        mark("It is back at the sender’s address."),
        mark("Nothing more from the carrier."),
        mark("When it is not in the office although the carrier says so."),
        mark("Look why it came back, put the address right, and mail it again with a new label."),
    ),
    Status.LOST: Explanation(
        mark("The carrier gave it up, took it away for good, or cannot say whose it is."),
        mark("Nothing by itself; now and then such a piece still turns up."),
        mark("At once: days for a claim are running."),
        mark("File the claim with proof of mailing and of value, and tell the recipient."),
    ),
    Status.CANCELLED: Explanation(
        mark("The label or the shipment was made void before it travelled."),
        mark("A refund of the postage where the provider gives one."),
        mark("When the piece was mailed all the same: it may be stopped or charged again."),
        mark("Ask for the postage back before its last day; make a new label if it is still to be mailed."),
    ),
    Status.UNKNOWN: Explanation(
        mark("The carrier’s words do not say where the piece stands, or nobody knows yet."),
        mark("The next reading mostly makes it clear. What was known before stays in force."),
        mark("When it stays so for two days after the hand-over."),
        mark("Compare the number with the label; read the carrier’s own words in the timeline."),
    ),
}


def explanation(status: Status) -> Explanation:
    """What a status means, in the reader's language."""
    one = STATUSES[status]
    return Explanation(_(one.means), _(one.next), _(one.worry), _(one.act))


def code_words(carrier: str, code: str) -> str:
    """What a code of a carrier means, as the table spells both; empty for one that is not in it."""
    means = _means().get((carrier, code), "")
    return _(means) if means else ""


def code_owner(carrier: str) -> str:
    """Whose codes these are: a carrier, a service that asks carriers, or a standard of messages."""
    return SYSTEMS.get(carrier) or carrier_name(carrier)


def explained_lines(status: Status | None, means: str = "") -> tuple[str, ...]:
    """An event explained line by line; `means` is what its code says, empty for none."""
    if status is None:
        return (means,) if means else ()
    one = explanation(status)
    return (
        means or one.means,
        _("Next: {text}").format(text=one.next),
        _("Worry: {text}").format(text=one.worry),
        _("Do: {text}").format(text=one.act),
    )


@cache
def _means() -> dict[tuple[str, str], str]:
    with resources.file("rules/event_codes.csv").open(encoding="utf-8", newline="") as lines:
        table: dict[tuple[str, str], str] = {}
        for row in csv.DictReader(lines):
            table.setdefault((row["carrier"], row["code"]), row["means"])
        return table
