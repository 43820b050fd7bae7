"""The sentence, the cause and the way out for what goes wrong with alerts."""

from mailroom.wording import mark
from mailroom.wording.sentence import Sentence
from mailroom.wording.sentence import sentence as _s

ALERTS: dict[str, Sentence] = {
    "snooze_day_bad": _s(
        mark("An alert cannot be put off until {day}."),
        mark("The day is not after today, or more than {limit} days away."),
        mark("Choose a later day; for longer, say that it is dealt with."),
    ),
    "reason_missing": _s(
        mark("Say why."),
        mark("Whoever opens the shipment later sees the reason on its timeline."),
        mark("Write a few words, such as: recipient is away until Monday."),
    ),
    "operator_unknown": _s(
        mark("There is nobody of this name here."),
        mark("The person was never at a desk of this office."),
        mark("Choose somebody from the list."),
    ),
    "alert_kind_unknown": _s(
        mark("There is no rule “{text}”."),
        mark("The rules are: {known}."),
        mark("Check the name and try again."),
    ),
    "urgency_unknown": _s(
        mark("“{text}” is not an urgency."),
        mark("There are: {known}."),
        mark("Check the word and try again."),
    ),
    "threshold_bad": _s(
        mark("“{name}” cannot be {value}."),
        mark("A threshold is one of the known ones, and from 0 to {limit}."),
        mark("Correct the number, or leave it empty for the usual one."),
    ),
}
