"""How a piece wants to be handled, in words that a form offers; any other text is kept as typed."""

from mailroom.wording import _, mark

_HANDLING = (
    mark("fragile"),
    mark("perishable"),
    mark("documents"),
    mark("valuable"),
    mark("medical"),
    mark("live animals"),
    mark("batteries"),
    mark("hazardous"),
    mark("keep upright"),
    mark("keep cool"),
)


def handling_words() -> tuple[str, ...]:
    """The words in the reader's language, the most frequent first."""
    return tuple(_(one) for one in _HANDLING)
