"""The sentence, the cause and the way out for every error code. One test lists all codes against this table."""

from mailroom.errors import MailroomError
from mailroom.wording import _, mark
from mailroom.wording.alert_errors import ALERTS
from mailroom.wording.claim_errors import CLAIMS
from mailroom.wording.exchange_errors import EXCHANGE
from mailroom.wording.fault_sentences import FAULTS
from mailroom.wording.mail_errors import MAIL
from mailroom.wording.paper_errors import PAPER
from mailroom.wording.piece_errors import PIECE
from mailroom.wording.record_errors import RECORD
from mailroom.wording.sentence import Sentence
from mailroom.wording.sentence import sentence as _s
from mailroom.wording.sign_in_errors import SIGN_IN
from mailroom.wording.tracking_errors import TRACKING

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
        mark("“{name}” is larger than a file may be."),
        mark("There is a limit, so that no file can fill this computer."),
        mark("Save a smaller copy: fewer pages or rows, or pictures in a lower resolution."),
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
        mark("The file opens only with its password."),
        mark("Save a copy without the password in the program that made it, and use that."),
    ),
    "file_too_costly": _s(
        mark("“{name}” takes more memory or time than a file may."),
        mark("Files from outside are opened within limits, so that none of them can stop this computer."),
        mark("Print the page to a new PDF, photograph the label, or save the table as CSV, and use that."),
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
    "symbol_not_drawn": _s(
        mark("“{payload}” cannot be drawn as a {symbology} code."),
        mark("It is too long, or has characters that this kind of code does not hold."),
        mark("Shorten the text, or choose another kind of code, such as QRCode."),
    ),
    "too_many_pages": _s(
        mark("“{name}” has {pages} pages; the most is {limit}."),
        mark("A file is read in one go up to this many pages."),
        mark("Split it into smaller files."),
    ),
    # times
    "bad_date": _s(
        mark("“{text}” is not a date that exists."),
        mark("A date is written 2026-11-20, with a time 2026-11-20 14:32, or in words."),
        mark("Correct the date and try again."),
    ),
    "date_ambiguous": _s(
        mark("“{text}” can be two dates: which number is the month is not said."),
        mark("A date with slashes puts the month first in some offices and the day first in others."),
        mark("Write the date as 2026-11-20, or say which order the file uses."),
    ),
    # who may do what, profile and settings
    "not_allowed": _s(
        mark("{operator} may not do this ({use_case})."),
        mark("The role of this operator does not include it."),
        mark("Ask a manager or an administrator."),
    ),
    "profile_unusable": _s(
        mark("The profile folder {path} cannot be used: {why}."),
        mark("It is a file, lies in a folder that is missing, is read-only, or its disk is full."),
        mark("Choose another folder with --profile, or make this one writable."),
    ),
    "settings_broken": _s(
        mark("The settings file {path} has a fault in line {line} ({why})."),
        mark("It was edited by hand, and a key, a value or the spelling does not fit."),
        mark("Correct that line, or delete it to go back to the default."),
    ),
    "setting_unknown": _s(
        mark("There is no office setting called “{name}”."),
        mark("Office settings have fixed names."),
        mark("Check the spelling."),
    ),
    "setting_bad": _s(
        mark("“{value}” does not fit the office setting {name}."),
        mark("Countries are two capital letters, currencies three, page sizes Letter or A4."),
        mark("Correct the value."),
    ),
    "zone_unknown": _s(
        mark("There is no time zone called “{name}”."),
        mark("Zones are named like America/New_York."),
        mark("Choose a zone from the list."),
    ),
    "name_empty": _s(
        mark("A name is needed."),
        mark("An entry of a list is found by its name."),
        mark("Type a name."),
    ),
    # the bench
    "not_undoable": _s(
        mark("This cannot be taken back."),
        mark("It was taken back already, or was done at another desk."),
        mark("Look at the timeline of the shipment."),
    ),
    "not_a_candidate": _s(
        mark("{number} is not among the numbers found in this reading."),
        mark("The answer belongs to another reading."),
        mark("Read the label again and answer then."),
    ),
    # the register
    "number_unknown": _s(
        mark("No shipment with the number {number} is on record."),
        mark("It was not recorded here, or the number is misspelt."),
        mark("Read its label, or search for part of the number."),
    ),
    "shipment_unknown": _s(
        mark("This shipment is not on record."),
        mark("It was taken back, or belongs to a department you do not see."),
        mark("Search for it by its number."),
    ),
    "event_empty": _s(
        mark("The event says nothing yet."),
        mark("An event needs a status, the carrier's words or a note."),
        mark("Choose a status or type what happened."),
    ),
    "event_in_future": _s(
        mark("{happened} lies in the future."),
        mark("An event is something that has happened."),
        mark("Correct date and time."),
    ),
    "text_too_long": _s(
        mark("The text has {length} characters; {limit} are the limit."),
        mark("Longer texts do not fit a timeline."),
        mark("Shorten it, or attach it as a file."),
    ),
    # papers
    "amount_not_positive": _s(
        mark("{amount} cannot be demanded."),
        mark("A claim demands an amount above zero."),
        mark("Type the amount of the loss."),
    ),
    # the window
    "print_failed": _s(
        mark("The paper could not be printed on “{printer}”."),
        mark("The printer did not take the job."),
        mark("Look at the printer and print again, or save the paper as a file; it is kept on record."),
    ),
    "print_no_pages": _s(
        mark("There are no pages {first} to {last}: the paper has {count}."),
        mark("The pages to print lie behind the last one."),
        mark("Choose pages of this paper, or all of them."),
    ),
    "open_failed": _s(
        mark("“{name}” could not be opened."),
        mark("No program of this computer is set to open such files."),
        mark("Save it to a folder and open it from there."),
    ),
    # the command line
    "output_is_folder": _s(
        mark("“{path}” is a folder, not a file."),
        mark("A paper is written to a file."),
        mark("Give a file name, such as report.pdf."),
    ),
    "output_is_no_file": _s(
        mark("“{path}” is a device or a pipe, not a file."),
        mark("A paper is put in place whole, which only a file allows."),
        mark("Give a file name, such as report.pdf."),
    ),
    "output_unwritable": _s(
        mark("“{path}” cannot be written: {why}."),
        mark("The folder is missing or closed to you, or the disk is full."),
        mark("Choose another place and repeat; nothing was left half written."),
    ),
    "status_unknown": _s(
        mark("“{text}” is not a status."),
        mark("There are fifteen: {known}."),
        mark("Choose one of {known}."),
    ),
    "symbology_unknown": _s(
        mark("“{name}” is not a kind of bar code."),
        mark("The kinds are {known}."),
        mark("Choose one of {known}."),
    ),
    "carrier_unknown": _s(
        mark("“{name}” is not a carrier."),
        mark("Carriers go by their ids: {known}."),
        mark("Choose one of {known}."),
    ),
    "bad_limit": _s(
        mark("{limit} is not a number of shipments."),
        mark("A limit is 0 for all, or larger."),
        mark("Give --limit 0 or more."),
    ),
    "no_code_found": _s(
        mark("{file}, page {page}: no bar code was found."),
        mark("The page has none, or it is blurred, cut off or too small."),
        mark("Hold the label flat and sharp, or type its number."),
    ),
    "no_display": _s(
        mark("There is no display for the window."),
        mark("Neither DISPLAY nor WAYLAND_DISPLAY is set."),
        mark("Use a command, such as mailroom record or mailroom demo; mailroom --help lists them."),
    ),
    **RECORD,
    **SIGN_IN,
    **TRACKING,
    **EXCHANGE,
    **ALERTS,
    **CLAIMS,
    **PIECE,
    **MAIL,
    **PAPER,
    **FAULTS,
}


def error_text(error: MailroomError) -> str:
    """What happened, as one sentence in the reader's language."""
    if error.code == "bad_date" and not str(error.facts["text"]).strip():
        return _("No date.")
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
