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
    # files that a person hands in
    "file_missing": _s(
        mark("There is no file “{name}”."),
        mark("It was moved, renamed or deleted, or the name has a typing error."),
        mark("Check the name and the folder, and try again."),
    ),
    "file_not_regular": _s(
        mark("“{name}” is not an ordinary file."),
        mark("It is a folder, a pipe, a device, or a link that leads out of its folder."),
        mark("Name the file itself."),
    ),
    "file_not_readable": _s(
        mark("“{name}” cannot be opened."),
        mark("The file may not be read by you, or the disk it is on does not answer."),
        mark("Copy the file to a folder of your own, and try again."),
    ),
    "file_empty": _s(
        mark("“{name}” is empty."),
        mark("The file has no content; a copy or a download was cut off before it began."),
        mark("Save or fetch the file again."),
    ),
    "file_too_large": _s(
        mark("“{name}” is larger than {limit} MB."),
        mark("Files above this size are not opened."),
        mark("Save a smaller copy: fewer pages, or pictures in a lower resolution."),
    ),
    "file_not_a_picture": _s(
        mark("“{name}” is neither a picture nor a PDF."),
        mark("What a file is, is told by its content, not by its name."),
        mark("Save it as PNG, JPEG, TIFF, HEIC or PDF."),
    ),
    "file_damaged": _s(
        mark("“{name}” is damaged."),
        mark("Part of the file is missing or was changed; a copy or a download may have been cut off."),
        mark("Fetch or save the file again, or photograph the label once more."),
    ),
    "file_encrypted": _s(
        mark("“{name}” is protected by a password."),
        mark("The PDF opens only with its password."),
        mark("Save a copy without the password in your PDF program, and use that."),
    ),
    "file_too_costly": _s(
        mark("“{name}” takes more memory or time than a file may."),
        mark("Files from outside are opened within limits, so that none of them can stop this computer."),
        mark("Print the page to a new PDF, or photograph the label, and use that."),
    ),
    "file_unreadable": _s(
        mark("“{name}” cannot be read."),
        mark("The program that opens such files gave up on this one."),
        mark("Save it in another format, such as PNG, or photograph the label."),
    ),
    "image_too_large": _s(
        mark("“{name}” has {megapixels} megapixels; the most is {limit}."),
        mark("Pictures above this size are not decoded, since they fill the memory."),
        mark("Scan at 300 dots an inch, or save a smaller copy."),
    ),
    "too_many_pages": _s(
        mark("“{name}” has {pages} pages; the most is {limit}."),
        mark("A file is read in one go up to this many pages."),
        mark("Split it into smaller files."),
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
