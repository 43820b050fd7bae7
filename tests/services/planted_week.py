"""A week of a mailroom from a seed: ordinary pieces, and among them one or more problems of every rule."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from mailroom.domain.claim_life import ClaimState
from mailroom.domain.claims import ClaimKind
from mailroom.domain.command import utc_text
from mailroom.domain.ids import new_id
from mailroom.domain.operator import Operator
from mailroom.services.claims import Claims
from mailroom.services.desk import Desk

CITIES = ("OMAHA, NE", "DENVER, CO", "DAYTON, OH", "RENO, NV", "TULSA, OK", "BOISE, ID", "MACON, GA", "SALEM, OR")
CARRIERS = (("usps", "Ground Advantage"), ("usps", "Priority Mail"), ("ups", "Ground"), ("fedex", "Express Saver"))
Step = tuple[float, str] | tuple[float, str, str] | tuple[float, str, str, str]  # days ago, status, place, words

_PLANTS = ("JERSEY CITY, NJ", "NEWARK, NJ", "JERSEY CITY, NJ", "NEWARK, NJ")  # as one town has two of


@dataclass
class Week:
    """Puts pieces on record as of `now`; `planted` holds the (rule, shipment) that must be found."""

    desk: Desk
    who: Operator
    now: datetime
    seed: int
    planted: set[tuple[str, str]] = field(default_factory=set)
    ordinary: list[str] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self.any = random.Random(self.seed)

    def day(self, days: float) -> date:
        """The office's day so many days ago."""
        return (self.now - timedelta(days=days)).astimezone(self.desk.in_force.zone).date()

    def put(self, *steps: Step, recorded: float, plants: tuple[str, ...] = (), **more: Any) -> str:
        """A piece put on record so many days ago, with what happened to it; `plants` are the rules it must raise."""
        self.count += 1
        carrier, service = self.any.choice(CARRIERS)
        carrier, service = more.get("carrier", carrier), more.get("service", service)
        number = more.get("number") or f"94001{self.any.randrange(10**16):016d}{self.count:01d}"
        # every piece on a lane of its own, unless it is said otherwise
        code = more.get("postal_code") or f"{(self.count * 7) % 900 + 100}{self.any.randrange(100):02d}"
        fields = {"recipient": {"name": f"Recipient {self.count}"}, **more.get("fields", {})}
        at = self.now - timedelta(days=recorded)
        mills = more.get("mills", 7640)
        payload = {
            "shipment": {
                "carrier": carrier,
                "tracking_number": number,
                "check": "ok",
                "service": service,
                "service_code": "",
                "destination": {"postal_code": code, "country": more.get("country", "US")},
                "fields": fields,
            },
            "numbers": [{"number": number, "carrier": carrier, "role": "primary", "check": "ok"}],
            "readings": [] if more.get("from_file") else [self._reading(number, at)],
            "event": self._event("recorded", at),
            "repeat_event": self._event("repeated", at),
            "postage": [
                {"id": new_id(), "kind": "postage", "mills": mills, "currency": "USD", "indicium": "", "note": ""}
            ],
        }
        shipment_id = new_id()
        done = self.desk.accept(self.who, "piece_recorded", shipment_id, payload, made_at=at)
        assert done.result["outcome"] == "recorded"
        self.happen(shipment_id, *steps)
        self.planted.update((kind, shipment_id) for kind in plants)
        if not plants:
            self.ordinary.append(shipment_id)
        return shipment_id

    def happen(self, shipment_id: str, *steps: Step, **more: Any) -> None:
        """Tracking events of a shipment, so many days ago."""
        events = []
        for step in steps:
            days, status, place, words = (*step, "", "")[:4]
            at = self.now - timedelta(days=days)
            events.append(self._event("tracking", at, status=status, place=place, text=words, source="import", **more))
        if events:
            self.desk.accept(self.who, "events_added", shipment_id, {"events": events})

    def city(self) -> str:
        """Any place, without a postal code."""
        return self.any.choice(CITIES)

    def _event(self, kind: str, at: datetime, **more: Any) -> dict[str, Any]:
        happened = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        base = {"id": new_id(), "kind": kind, "happened": happened, "sort_at": utc_text(at), "source": "mailroom"}
        return base | more

    def _reading(self, raw: str, at: datetime) -> dict[str, Any]:
        return {"id": new_id(), "raw": raw, "symbology": "Code128", "source": "wedge", "read_at": utc_text(at)}


def plant(week: Week) -> None:
    """Problems of every rule, each on one to three pieces of its own, and some forty ordinary pieces between them."""
    plots = [_stalled, _late, _at_the_door, _wrong, _twice, _returned, _papers, _lane, _claims]
    for _round in range(1 + week.any.randrange(3)):
        week.any.shuffle(plots)
        for plot in plots:
            plot(week)
            _ordinary(week)


def _stalled(week: Week) -> None:
    days = week.any.choice((4.2, 5.5, 8.1))
    week.put((12, "accepted", week.city()), (days, "in_transit", week.city()), recorded=13, plants=("no_movement",))
    ahead = (-365, "in_transit", week.city())  # a year that the carrier got wrong
    says_so = [(float(day), "in_transit", "", "In Transit to Next Facility") for day in range(9, 0, -1)]
    week.put(
        (13, "accepted"), (11, "in_transit", week.city()), *says_so, recorded=13, service="", plants=("no_movement",)
    )
    week.put((9, "accepted"), (5.5, "in_transit", week.city()), ahead, recorded=9, plants=("no_movement",))
    week.put((3.4, "label_created"), recorded=3.5, plants=("not_accepted",))
    week.put((6, "label_created"), recorded=0.5, plants=("not_accepted",))  # put on record after the fact
    week.put(recorded=4.5, carrier="usps", plants=("not_accepted",))  # the carrier tells of most others
    online = {"proof_of_postage": "online"}
    for recorded in (22, 0.2):  # the other one put on record after the fact
        week.put((22, "label_created"), recorded=recorded, fields=online, plants=("label_refund", "not_accepted"))


def _late(week: Week) -> None:
    fields = {"promised_on": week.day(week.any.choice((1, 2, 5))).isoformat()}
    week.put((3, "accepted"), (1, "in_transit", week.city()), recorded=4, fields=fields, plants=("past_promise",))
    week.put((4, "accepted"), (2.1, "out_for_delivery"), recorded=5, plants=("not_delivered_after_all",))
    unread = (6, "", week.city(), "Sendungsereignis 17")
    week.put((9, "accepted"), (7, "out_for_delivery"), unread, recorded=9, plants=("not_delivered_after_all",))


def _at_the_door(week: Week) -> None:
    week.put((6, "accepted"), (4, "attempted", week.city()), recorded=7, plants=("going_back_soon",))
    week.put((14, "accepted"), (12, "available_for_pickup"), recorded=15, plants=("going_back_soon",))


def _wrong(week: Week) -> None:
    week.put((3, "accepted"), (1, "exception", week.city(), "Missent"), recorded=4, plants=("exception",))
    week.put(
        (3, "accepted"),
        (1, "delivered", "RENO, NV 89501"),
        recorded=4,
        postal_code="60622",
        plants=("delivered_elsewhere",),
    )
    week.put((2, "accepted", "DAYTON, OH"), (1.996, "delivered", "RENO, NV"), recorded=3, plants=("abrupt_change",))
    to_and_fro = [(5.0 - at, "in_transit", place) for at, place in enumerate(("Omaha", "Denver", "Omaha", "Denver"))]
    week.put((6, "accepted"), *to_and_fro, recorded=7, plants=("moving_backwards",))
    spelled = ("OMAHA, NE 68108", "DENVER, CO 80202", "OMAHA, NE", "DENVER CO")
    to_and_fro = [(5.0 - at, "in_transit", place) for at, place in enumerate(spelled)]
    week.put((6, "accepted"), *to_and_fro, recorded=7, plants=("moving_backwards",))
    back = [(3.0 - at, "in_transit", place) for at, place in enumerate(("MEMPHIS, TN", "DALLAS, TX", "MEMPHIS, TN"))]
    week.put((4, "accepted"), *back, recorded=5, postal_code="77002", plants=("moving_backwards",))
    for place in ("TORONTO, ON M5V 2T6, CA", "TORONTO, ON, CA"):
        abroad = (1, "delivered", place)
        week.put((4, "accepted"), abroad, recorded=5, postal_code="60622", plants=("delivered_elsewhere",))
    home = (1, "delivered", "NEW YORK, NY")
    week.put((4, "accepted"), home, recorded=5, country="GB", postal_code="EC1A 1BB", plants=("delivered_elsewhere",))
    coasts = ((2.0, "in_transit", "NEW YORK, NY"), (1.97, "in_transit"), (1.95, "in_transit", "LOS ANGELES, CA"))
    week.put((3, "accepted"), *coasts, recorded=4, postal_code="90001", plants=("abrupt_change",))


def _twice(week: Week) -> None:
    number = f"1Z{week.any.randrange(10**16):016d}"
    old = week.put((58, "accepted"), (56, "delivered"), recorded=60, number=number, plants=("number_twice",))
    week.put((1, "accepted", week.city()), recorded=1.5, number=number, plants=("number_twice",))
    week.happen(old, (0.5, "in_transit", week.city()))
    early = {"mailed_on": week.day(2).isoformat()}
    week.put((9, "delivered", week.city()), recorded=3, fields=early, plants=("number_twice",))
    week.put((20, "delivered", ""), (2, "accepted"), (1, "in_transit"), recorded=3, plants=("number_twice",))

    long_ago: tuple[Step, ...] = ((203, "accepted"), (200, "delivered", week.city()))
    week.put(*long_ago, recorded=0.5, plants=("number_twice",))
    week.put(*long_ago, recorded=0.5, fields={"mailed_on": week.day(203).isoformat()})
    week.put(*long_ago, recorded=0.5, from_file=True)


def _returned(week: Week) -> None:
    week.put((5, "accepted"), (2, "return_to_sender", week.city()), recorded=6, plants=("return_to_sender",))
    week.put((9, "accepted"), (3, "returned", week.city()), recorded=10, plants=("return_to_sender",))


def _papers(week: Week) -> None:
    for words in ("Held, awaiting documents", "Unterlagen fehlen: Handelsrechnung erforderlich"):
        held = (1, "customs", "KRAKOW", words)
        week.put((4, "accepted"), held, recorded=5, country="PL", postal_code="30-001", plants=("customs",))
    days = week.any.choice((95, 105, 118))
    for carrier, kept in (("usps", days), ("ups", days), ("dhl", days - 30), ("fedex", days + 610)):
        steps = ((kept + 3, "accepted"), (kept, "delivered"))
        week.put(*steps, recorded=kept + 4, carrier=carrier, service="", plants=("proof_expiring",))
    asked = {"carrier": "ups", "service": "Ground Signature Required"}
    week.put((days + 3, "accepted"), (days, "delivered"), recorded=days + 4, plants=("proof_expiring",), **asked)
    signed = {"service": "First-Class Mail, Certified Mail", "carrier": "usps"}
    week.put((712, "accepted"), (705, "delivered"), recorded=713, plants=("proof_expiring",), **signed)


def _claims(week: Week) -> None:
    usps: dict[str, Any] = {"carrier": "usps", "service": "Priority Mail"}
    silent = (11.3, "in_transit", week.city())
    week.put((12, "accepted"), silent, recorded=13, plants=("no_movement", "claim_opens"), **usps)
    week.put((21, "accepted"), (18, "lost"), recorded=22, plants=("exception", "claim_opens"), **usps)
    week.put((50, "accepted"), (30, "lost"), recorded=51, plants=("exception", "claim_closing"), **usps)
    week.put((65, "accepted"), (40, "lost"), recorded=66, plants=("exception", "claim_missed"), **usps)
    filed = week.put((50, "accepted"), (30, "lost"), recorded=51, plants=("exception",), **usps)
    denied = week.put((90, "accepted"), (80, "lost"), recorded=91, plants=("exception", "claim_appeal"), **usps)
    claims = Claims(week.desk)
    for shipment_id in (filed, denied):
        opened = claims.open(week.who, shipment_id, ClaimKind.LOSS)
        claims.move(week.who, opened.claim.id, ClaimState.FILED, on=week.day(10), reference="8841-22")
    claims.move(week.who, opened.claim.id, ClaimState.DENIED, on=week.day(5), note="Packaging")


def _lane(week: Week) -> None:
    if any(kind == "recurring_lane" for kind, _id in week.planted):
        return
    for at in range(4):
        code = f"0095{at}"
        week.put(
            (5, "accepted"),
            (2, "delayed", week.city()),
            recorded=6,
            carrier="ups",
            service="Ground",
            postal_code=code,
            plants=("recurring_lane",),
        )


def _tried_twice() -> tuple[Step, ...]:
    """From the post to the door and back, on two days."""
    post, door = "LECANTO, FL 34461", "HERNANDO, FL 34442"
    return tuple(
        step
        for day in (1.6, 0.7)  # in every zone less than three days ago
        for step in (
            (day + 0.4, "in_transit", post),
            (day + 0.1, "out_for_delivery", door),
            (day, "attempted", door),
        )
    )


def _ordinary(week: Week) -> None:
    """Any four sorts of pieces that need nobody."""
    tomorrow = {"promised_on": week.day(-1).isoformat()}
    abroad = {"country": "PL", "postal_code": "30-002"}
    home = {"postal_code": "60622"}
    sorts: list[tuple[tuple[Step, ...], float, dict[str, Any]]] = [
        ((), week.any.randrange(1, 40), {"carrier": "landmark"}),  # which never says anything about any piece
        ((), 1, {}),
        (((1, "label_created"),), 1, {}),
        (((4, "accepted", "DAYTON, OH"), (3, "in_transit", "TULSA, OK"), (2, "in_transit", "RENO, NV")), 5, {}),
        (((0.3, "out_for_delivery", week.city()),), 3, {}),
        (((1, "accepted"),), 2, {"fields": tomorrow}),
        (((12, "accepted"), (9, "delivered", "CHICAGO, IL 60622-3911")), 13, {"postal_code": "60622"}),
        (((12, "accepted"), (9, "delivered", "14500 Main St, Chicago, IL")), 13, {"postal_code": "60622"}),
        (((4, "exception", "", "Missent"), (3, "in_transit", week.city())), 5, {}),
        (((60, "accepted"), (57, "returned")), 61, {}),
        (((9, "cancelled"),), 9, {}),
        (((33, "accepted"), (30, "delivered", week.city())), 0.5, {}),  # put on record a month late
        (((100, "accepted"), (95, "delivered")), 101, {"carrier": "fedex"}),
        (((100, "accepted"), (95, "delivered")), 101, {"carrier": "dhl"}),
        (((709, "accepted"), (705, "delivered")), 710, {"carrier": "ups", "service": "Ground Signature Required"}),
        (((1.5, "attempted"),), 4, {}),
        (((20, "attempted"), (15, "in_transit", "ERIE, PA", "Forwarded"), (1.5, "attempted", "ERIE, PA")), 21, {}),
        (((9, "customs", "JFK, NY"), (3, "in_transit", "FRANKFURT"), (0.1, "customs", "WARSAW")), 10, abroad),
        (_tried_twice(), 5, {"postal_code": "34442"}),
        (((2, "customs", "KRAKOW", "Inbound into customs"),), 4, abroad),
        (((1, "customs", "KRAKOW", "Clearance information received"),), 4, abroad),
        (
            (
                (6, "customs", "KRAKOW"),
                (3, "customs", "KRAKOW", "Przesyłka zwolniona"),
            ),
            9,
            abroad,
        ),
        (((3, "accepted"), (1, "delivered", "KRAKOW, 30-002, PL")), 4, abroad),
        (
            ((2, "in_transit", "CHICAGO, IL"), (1.8, "in_transit", "MEMPHIS, TN"), (1, "in_transit", "CHICAGO, IL")),
            3,
            home,
        ),
        (((4, "accepted"), (1, "delivered", "Roma, RM")), 5, {"country": "IT", "postal_code": "00100"}),
        (((1, "customs", "KRAKOW", "No duties payable"),), 4, abroad),
        (((2, "in_transit", "BUFFALO, NY"), (1.9, "in_transit", "MISSISSAUGA, ON, CA")), 3, {"country": ""}),
        (tuple((4.0 - at, "in_transit", one) for at, one in enumerate(_PLANTS)), 5, {"postal_code": "90012"}),
        (((2, "in_transit", "KANSAS CITY, MO"), (1.99, "in_transit", "KANSAS CITY, KS")), 3, {}),
    ]
    for steps, recorded, more in week.any.sample(sorts, 4):
        week.put(*steps, recorded=recorded, **more)
