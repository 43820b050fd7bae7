"""Sentences for what is wrong with the details of a piece, its customs lines, and the address book."""

from mailroom.wording import mark
from mailroom.wording.sentence import Sentence
from mailroom.wording.sentence import sentence as _s

PIECE: dict[str, Sentence] = {
    "field_too_long": _s(
        mark("“{field}” has {length} characters; {limit} are the limit."),
        mark("Longer texts fit no label, list or form."),
        mark("Shorten it, or attach it as a file."),
    ),
    "amount_negative": _s(
        mark("{amount} is below zero."),
        mark("What a piece cost or is worth is never less than nothing."),
        mark("Type the amount without the minus sign; a refund is a line of its own."),
    ),
    "email_bad": _s(
        mark("“{text}” is not an e-mail address."),
        mark("An address has a name, an @ and a domain, such as ana@example.org."),
        mark("Correct it, or leave it empty."),
    ),
    "hs_code_bad": _s(
        mark("“{text}” is not a tariff code."),
        mark("A tariff code (HS) has six to ten digits; points between them do not count."),
        mark("Look the article up in the tariff, such as 610910 for cotton T-shirts."),
    ),
    "customs_description_generic": _s(
        mark("“{text}” in customs line {row} does not say what it is."),
        mark("Customs and the posts refuse general words as a description."),
        mark("Say what it is, of what, and how many, such as: {example}."),
    ),
    "customs_line_bad": _s(
        mark("“{value}” does not fit {name} in customs line {row}."),
        mark("A quantity is 1 or more, a value not below zero, an origin two letters such as US."),
        mark("Correct that line."),
    ),
    "customs_too_long": _s(
        mark("The customs form has {count} lines; {limit} are the limit."),
        mark("Forms of the posts do not hold more."),
        mark("Join lines of one kind, or attach a list."),
    ),
    "contact_empty": _s(
        mark("An entry of the address book needs a name or a company."),
        mark("It is found by them."),
        mark("Type a name, a company, or both."),
    ),
    "contact_unknown": _s(
        mark("This entry is not in the address book."),
        mark("It was removed, perhaps at another desk."),
        mark("Look for it by name, or add it again."),
    ),
    "country_unknown": _s(
        mark("“{text}” is not a country."),
        mark("Countries are two letters, or their English name."),
        mark("Write it as US or Canada, or leave it empty for the office’s own country."),
    ),
    "no_own_number": _s(
        mark("{number} has no number of our own to print."),
        mark("Labels of our own are for pieces without a carrier’s number."),
        mark("Print the carrier’s label in the carrier’s program."),
    ),
    "nothing_to_print": _s(
        mark("No piece is chosen to print a label for."),
        mark("A label belongs to a piece on record."),
        mark("Choose one or more pieces."),
    ),
    "label_place_bad": _s(
        mark("The sheet has no place {place}."),
        mark("It has {places} labels; the first one is place 1, at the top left."),
        mark("Type the number of the first label that is still on the sheet."),
    ),
}
