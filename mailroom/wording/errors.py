"""The sentence, the cause and the way out for every error code. One test lists all codes against this table."""

from dataclasses import dataclass

from mailroom.errors import MailroomError
from mailroom.wording import _, mark


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a person reads of an error: what happened, why it happens, what to do. `{fact}` is filled in."""

    what: str
    cause: str
    remedy: str


def _s(what: str, cause: str, remedy: str) -> Sentence:
    return Sentence(what, cause, remedy)


SENTENCES: dict[str, Sentence] = {
    # amounts, weights, dates
    "bad_amount": _s(
        mark("“{text}” is not an amount of money."),
        mark("An amount is digits with a point and at most three decimals, such as 7.64."),
        mark("Type the amount again, without a currency sign or grouping."),
    ),
    "bad_weight": _s(
        mark("“{text}” is not a weight."),
        mark("A weight is a number with its unit: oz, lb, g or kg."),
        mark("Type it as 12 oz, 1 lb 6 oz or 350 g."),
    ),
    "currencies_differ": _s(
        mark("{first} and {second} cannot be added up."),
        mark("The amounts are in different currencies."),
        mark("Enter both in the same currency."),
    ),
}


def error_text(error: MailroomError) -> str:
    """What happened, as one sentence in the reader's language."""
    return _fill(SENTENCES[error.code].what, error)


def error_cause(error: MailroomError) -> str:
    """Why it happens, as one sentence."""
    return _fill(SENTENCES[error.code].cause, error)


def error_remedy(error: MailroomError) -> str:
    """What to do about it, as one sentence."""
    return _fill(SENTENCES[error.code].remedy, error)


def _fill(message: str, error: MailroomError) -> str:
    return _(message).format(**{name: printable(value) for name, value in error.facts.items()})


def printable(value: object) -> str:
    """Text with control characters shown as escapes, so that no payload reaches a terminal, a log or a page raw."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "backslashreplace").decode()
        for char in str(value)
    )
