"""Sentences for what can go wrong with papers: made, signed, checked, scanned back."""

from mailroom.wording import mark
from mailroom.wording.sentence import Sentence
from mailroom.wording.sentence import sentence as _s

PAPER: dict[str, Sentence] = {
    "no_shipment_chosen": _s(
        mark("No shipment was chosen."),
        mark("A report is about one shipment or more."),
        mark("Choose shipments in the list, or give their numbers."),
    ),
    "too_many_shipments": _s(
        mark("{count} shipments were chosen; a paper holds at most {limit}."),
        mark("A longer file is slow to open and cannot be sent by e-mail."),
        mark("Choose fewer, and make several papers."),
    ),
    "key_not_opened": _s(
        mark("The signing key does not open."),
        mark("The passphrase does not fit, or the file is no PKCS#12 key (.p12, .pfx)."),
        mark("Give the right passphrase in MAILROOM_KEY_PASSPHRASE, or export the key again."),
    ),
    "key_not_usable": _s(
        mark("The signing key cannot be used for papers."),
        mark("The file has no certificate, or a kind of key that PDF readers do not know."),
        mark("Use an RSA or elliptic-curve key with its certificate."),
    ),
    "key_is_there": _s(
        mark("There is a signing key already: {path}."),
        mark("Papers signed with it are checked with its certificate, so it is not overwritten."),
        mark("Move that file and office-certificate.pem beside it to a safe place, then bring the new key."),
    ),
    "no_key_store": _s(
        mark("This system has no key store that may hold a passphrase."),
        mark("Secrets are kept in the system’s own key store only, never in a file."),
        mark("Give the passphrase in MAILROOM_KEY_PASSPHRASE, or unlock the key store."),
    ),
    "no_certificate": _s(
        mark("The office has no signing key yet, so there is no certificate."),
        mark("A key is made once there is a key store, or a passphrase in MAILROOM_KEY_PASSPHRASE."),
        mark("Set the passphrase, or unlock the system’s key store, and repeat."),
    ),
    "certificate_unreadable": _s(
        mark("“{name}” is not a certificate."),
        mark("A certificate is a PEM or DER file; the office that issued the paper hands it out."),
        mark("Ask the office for its certificate again."),
    ),
    "file_not_a_pdf": _s(
        mark("“{name}” is not a PDF."),
        mark("What a file is, is told by its content, not by its name. Papers issued here are PDF files."),
        mark("Choose the PDF file of the paper itself, not a picture or a copy in another format."),
    ),
    "nothing_asked_for": _s(
        mark("Nothing is asked for."),
        mark("A request to a carrier names at least one of: the time, the signature, a photograph."),
        mark("Choose what is wanted, then make the request."),
    ),
    "passphrase_short": _s(
        mark("The passphrase is too short."),
        mark("Whoever has the key’s file can try passphrases; {least} characters are the least."),
        mark("Type a longer one, such as four words."),
    ),
    "run_not_found": _s(
        mark("There is no mail run called “{name}”."),
        mark("A run is named when pieces are recorded for it."),
        mark("Look at the runs in the list, and check the spelling."),
    ),
    "run_empty": _s(
        mark("The run “{name}” has no pieces."),
        mark("Nothing was recorded for it, or it was all taken back."),
        mark("Record the pieces with this run, then print its book."),
    ),
    "no_sheet_found": _s(
        mark("No sheet of a mailing book was found in “{name}”."),
        mark("A sheet is known by the bar code in its upper right corner, which could not be read."),
        mark("Scan the sheets again at 200 dots an inch or more, flat and whole."),
    ),
    "book_what": _s(
        mark("Say which book is wanted."),
        mark("A book is made with --run and --out; signed sheets come back with --scanned."),
        mark("Give --run NAME --out FILE.pdf, or --scanned FILE."),
    ),
    "bad_count": _s(
        mark("“{text}” is not a count."),
        mark("A count is a number, or a sheet and a number."),
        mark("Write --received 8 for every sheet, or --received 3=5 for the third."),
    ),
    "output_no_folder": _s(
        mark("“{path}” is no folder."),
        mark("Files of their own need a folder that is there already."),
        mark("Make the folder, or give another one."),
    ),
    "paper_unknown": _s(
        mark("No paper with the number {number} is on record."),
        mark("It was issued elsewhere, or the number is misspelt."),
        mark("Look the number up in the shipment’s documents."),
    ),
    "paper_not_repeated": _s(
        mark("{number} cannot be issued again from its record."),
        mark("The record that it was made from is not inside its file."),
        mark("Make the paper anew."),
    ),
    "stopped": _s(
        mark("Stopped; no paper was put on record."),
        mark("Somebody asked to stop before it was finished."),
        mark("Start again when it suits."),
    ),
}
