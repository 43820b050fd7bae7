"""Sentences for the reasons of recognition: why a candidate is offered, asked about or refused."""

from mailroom.domain.recognition import Reason
from mailroom.wording import _, mark
from mailroom.wording.carriers import NAMES, carrier_name
from mailroom.wording.errors import printable

REASONS: dict[str, str] = {
    # what a carrier may object to in a claim
    "claim_no_rule": mark("No rule of this carrier is on record for this service; ask the carrier for its time limits"),
    "claim_no_cover": mark("The service pays nothing of its own by the rule on record; confirm with the carrier"),
    "claim_window_not_open": mark("The filing window opens on {day}; rule as of {as_of}, confirm with the carrier"),
    "claim_window_missed": mark("The filing window closed on {day}; rule as of {as_of}, confirm with the carrier"),
    "claim_asked_first": mark("{action} first, before a claim; rule as of {as_of}, confirm with the carrier"),
    "claim_asked_first_from": mark(
        "{action} first, before a claim, from {opens_on} on; rule as of {as_of}, confirm with the carrier"
    ),
    "claim_asked_first_days": mark(
        "{action} first, before a claim, from {opens_on} to {last_on}; rule as of {as_of}, confirm with the carrier"
    ),
    "claim_over_cover": mark("{amount} is demanded for the goods; the cover on record is {cover}"),
    "claim_sum_differs": mark("The lines add up to {sum}, which is not the amount demanded"),
    "claim_documents_missing": mark("Exhibits without a document: {letters}"),
    "claim_item_vague": mark("“{text}” is too vague to be paid: name brand, model, size, colour, serial number"),
    "claim_photos_lacking": mark("{count} photographs of the carrier’s plan are not there yet"),
    "claim_statement_undated": mark("Enter the day it was signed; before {day} it does not count"),
    "claim_statement_early": mark("Signed on {date}, before the waiting period ended on {day}: ask for a new one"),
    # what a mailing book lacks
    "book_sender_missing": mark("The sender’s name or address is not given; type it in the settings"),
    "book_handed_to_missing": mark("Where it is handed in is not given; write it in ink"),
    "book_few_lines": mark("{count} pieces only; such a book is for {fewest} or more"),
    "book_number_missing": mark("Line {line} has no article number"),
    "book_addressee_missing": mark("Line {line} ({number}) names no addressee"),
    "book_address_missing": mark("Line {line} ({number}) has no address"),
    "book_postage_missing": mark("Line {line} ({number}) has no postage on record"),
    "book_value_missing": mark("Line {line} ({number}) is registered mail without a value"),
    # what keeps a sheet that came back from proving acceptance
    "sheet_not_counted": mark("Sheet {page}: the count received is not filled in"),
    "sheet_count_differs": mark("Sheet {page}: {received} received, {listed} listed"),
    "sheet_not_signed": mark("Sheet {page}: the carrier’s employee did not sign"),
    "sheet_not_stamped": mark("Sheet {page}: no dated stamp"),
    # why a candidate is offered
    "format_fits": mark("The number fits this carrier's format"),
    "check_holds": mark("The form is this carrier's and the check digit is right"),
    "check_holds_shared_shape": mark("The length fits and the check digit is right"),
    "prefix_fits": mark("It begins with {prefix}, as only this carrier's numbers do; they have no check digit"),
    "typed_repaired": mark("The check digit is right with the letters O, I and L read as 0 and 1"),
    "rebuilt_from_message": mark("Put together from the MaxiCode, and the check digit is right"),
    "read_from_message": mark("Read from the carrier's own 2-D code, and the check digit is right"),
    # why a candidate is asked about
    "check_wrong": mark("The check digit reads {read} and the others give {expected}: one character was misread"),
    "digits_swapped": mark("The check digit is wrong: digits {first} and {second} swapped? Then it would be {number}"),
    "only_shape": mark("Only its length fits, and many other codes are as long"),
    "number_in_link": mark("Read from a link to the carrier's page: is it the number of this piece?"),
    "mailer_unusual": mark("The check digit is right, but the mailer's number does not fit the kind of label"),
    "service_unknown": mark("The check digit is right, but service {code} is not known"),
    "unusual_code": mark("The carrier does not print such numbers in this kind of bar code"),
    "unusual_places": mark("The check digit is right, but the number has more digits than the carrier uses"),
    "rare_format": mark("The check digit is right, but such numbers are rare"),
    "container_twin": mark("Every shipping container's code looks like this"),
    "product_twin": mark("The check digit is right, but it may be a product's bar code as well"),
    "routing_twin": mark("The check digit is right, but it may be the postal code of the address as well"),
    "code_letter": mark("The check digit is right if the first letter is the scanner's own"),
    "beginning_missing": mark("Keys came right before it, so its beginning may be missing: compare it with the label"),
    "codes_disagree": mark("The codes on this label name different numbers"),
    "several_carriers": mark("Numbers of several carriers look like this"),
    "several_numbers": mark("More than one tracking number was read"),
    "not_the_runs_carrier": mark("It looks like {carrier}, and the run is for another carrier"),
    "not_an_office_carrier": mark(
        "It looks like {carrier}, which is not ticked in Settings as a carrier of this office"
    ),
    # what to look at on a label, though it is recorded
    "zip_differs": mark("The label goes to {label}; {typed} was typed"),
    "country_differs": mark("The label goes to the country {label}; {typed} was typed"),
    "service_differs": mark("The label says {label}; {chosen} was chosen"),
    "carrier_differs": mark("The number is one of {carrier}, not of {given}, which was set"),
    "other_number_on_label": mark("Another number is on the label too: {number}"),
    "poor_print": mark("The bar code was hard to read; if that is the print and not the picture, label it anew"),
    "imprint_amount_differs": mark("The imprint says {read}; {given} was typed"),
    "imprint_day_differs": mark("The imprint is of {read}; {given} was typed"),
    "imprint_meter_differs": mark("The imprint is of the meter {read}; {given} was chosen"),
    "imprint_used": mark("The same imprint is on another piece: {number}"),
    # what an address lacks
    "address_lacks_name": mark("A name or a company is missing"),
    "address_lacks": mark("Missing in the address: {part}"),
    "address_country_unknown": mark("{country} is no country's code; type two letters such as US"),
    "address_region_unknown": mark("{region} is no state or province of this country"),
    "address_code_bad": mark("{code} is no postal code of this country; one looks like {example}"),
    "address_code_elsewhere": mark("The postal code {code} does not lie in {region}"),
    "address_unit_missing": mark("A building with many doors: is there a suite, floor or apartment?"),
    "address_unit_open": mark("The number of the suite or apartment is missing"),
    # what a customs form still lacks
    "customs_missing": mark("It goes to {country}: a customs form needs a line for each article"),
    "customs_line_incomplete": mark("Customs line {row} lacks {lacking}"),
    # what the record says of it
    "already_recorded": mark("This piece is on record already"),
    "number_reused": mark("An older piece had the same number; carriers use numbers again"),
    # why there is no candidate
    "not_a_tracking_number": mark("This is not a tracking number"),
    "nothing_read": mark("Nothing was read"),
    "all_zeros": mark("These are zeros only, which is never a tracking number"),
    "payload_too_long": mark("The code holds {length} characters; no more than {most} are read"),
    "binary_data": mark("This code holds data for machines, not a tracking number"),
    "unknown_message": mark("This is a carrier's message without a number that can be read"),
    "number_incomplete": mark("This code names only a part of the tracking number; scan the long bar code"),
    "postal_code": mark("This is the postal code {code} of the address; scan the tracking bar code"),
    "routing_code": mark("This code tells the carrier the way; scan the tracking bar code"),
    "container_code": mark("This is a shipping container's code; scan the tracking bar code"),
    "letter_barcode": mark("This is a letter's bar code with its postal code; scan the tracking bar code"),
    "indicium": mark("This is a meter's imprint ({format}): scan the tracking bar code, or record it without one"),
    "own_label": mark("This is one of our own labels ({number}), and no piece on this record has it"),
    "without_number": mark("It has no carrier's number and got one of our own"),
    "product_code": mark("This is a product's bar code, not a tracking number"),
    "itf_fragment": mark("This looks like a part of a longer code; scan it again"),
    "text_contact": mark("This is a contact card, not a tracking number"),
    "text_wifi": mark("This is a wireless network's access, not a tracking number"),
    "text_mail": mark("This is an e-mail address, not a tracking number"),
    "text_link": mark("This is a link, not a tracking number; it was not opened"),
    "bench_code": mark("It is a command bar code of the bench, not a tracking number"),
    "bench_code_misread": mark("It is a command bar code that was misread; read it again"),
    "text_bench_code": mark("This is a badge or command code, not a tracking number"),
    "text_words": mark("This is text, not a tracking number"),
}

# the same of a claim that an insurer answers for in the carrier's place
_OF_AN_INSURER: dict[str, str] = {
    "claim_no_rule": mark("No rule of this insurer is on record; ask it for its time limits"),
    "claim_no_cover": mark("The insurer pays nothing by the rule on record; confirm with the insurer"),
    "claim_window_not_open": mark("The filing window opens on {day}; rule as of {as_of}, confirm with the insurer"),
    "claim_window_missed": mark("The filing window closed on {day}; rule as of {as_of}, confirm with the insurer"),
}


def reason_text(reason: Reason) -> str:
    """The reason as one phrase without a full stop, in the reader's language."""
    text = _(REASONS[reason.code])
    if reason.code in _OF_AN_INSURER and dict(reason.facts).get("insurer"):
        text = _(_OF_AN_INSURER[reason.code])
    if "{" not in text:  # most of them; a batch has thousands
        return text
    return text.format(**{name: _fact(name, value) for name, value in reason.facts})


# Parts of an address and of a customs line, as sentences name them.
_PARTS = {
    "address": mark("street"),
    "city": mark("city"),
    "region": mark("state or province"),
    "postal_code": mark("postal code"),
    "value": mark("value"),
    "weight": mark("weight"),
    "hs_code": mark("tariff code"),
    "origin": mark("country of origin"),
}


def _fact(name: str, value: str) -> str:
    if name in ("carrier", "given") and value in NAMES:
        return carrier_name(value)
    if name == "action":
        from mailroom.domain.claim_clock import InquiryAction  # few reasons name one, and claims are much to load
        from mailroom.wording.claims import action_word

        if value in set(InquiryAction):
            return action_word(InquiryAction(value))
    if name in ("part", "lacking"):
        return ", ".join(_(_PARTS[one]) if one in _PARTS else printable(one) for one in value.split(", "))
    return printable(value)
