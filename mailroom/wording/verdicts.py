"""What is said of a file that was checked: issued here, signed, changed, appended to, or not known."""

from mailroom.wording import _, mark

_TEXTS = {
    "issued": mark("{file} is {number}, as it was issued here by {by} ({when}). Nothing was changed since."),
    "signed": mark("{file} is {number}, signed by {by} ({when}). Nothing was changed or added since."),
    "appended": mark(
        "{file} is {number} by {by}, but something was added to it afterwards: trust the first part only."
    ),
    "changed": mark("{file} says it is {number}, but it is not what was issued: it was changed."),
    "unsigned": mark("{file} says it is {number}, but it is not signed: the certificate tells nothing about it."),
    "unknown": mark("{file} is not known: it was not issued here, nor signed with a certificate that is trusted."),
}


def verdict_text(state: str, **facts: str) -> str:
    """One sentence for the state of a checked file; facts are `file`, `number`, `by`, `when`."""
    return _(_TEXTS[state]).format(**facts)
