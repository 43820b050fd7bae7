"""The mails to those who had something mailed, as they ship; an office may write its own."""

from mailroom.wording import _, mark

TEMPLATES: dict[str, str] = {
    "delivered": mark(
        "Delivered: {recipient}\n\nThe piece for {recipient} ({carrier} {number}) is delivered.\n"
        "When: {when}\nWhere: {place}\nThe carrier’s words: {words}"
    ),
    "exception": mark(
        "Trouble with the piece for {recipient}\n\nThe piece for {recipient} ({carrier} {number}) cannot go on.\n"
        "Status: {status}, {when}\nThe carrier’s words: {words}\n"
        "The mailroom looks into it. If the address needs to be corrected, please answer this mail."
    ),
    "pickup": mark(
        "Waiting to be picked up: {recipient}\n\nThe piece for {recipient} ({carrier} {number}) lies ready.\n"
        "Since: {when}\nWhere: {place}\n"
        "Please tell the recipient to fetch it: after some days it goes back to us."
    ),
    "return": mark(
        "Coming back: {recipient}\n\nThe piece for {recipient} ({carrier} {number}) was not delivered.\n"
        "Status: {status}, {when}\nThe carrier’s words: {words}\n"
        "Please tell us whether it is to be sent again, and to which address."
    ),
}
KIND_WORDS: dict[str, str] = {
    "delivered": mark("Delivered"),
    "exception": mark("Exception, lost"),
    "pickup": mark("Waiting for pick-up"),
    "return": mark("Coming back, returned"),
}


def shipped_template(kind: str) -> str:
    """The text that ships for a kind, in the reader's language: subject, blank line, text."""
    return _(TEMPLATES[kind])


def kind_word(kind: str) -> str:
    """What such a mail is about."""
    return _(KIND_WORDS[kind])


def several_subject(count: int) -> str:
    """The subject of a mail about several pieces."""
    return _("News of {count} pieces that you had mailed").format(count=count)
