"""`read`: the bar codes of label images and PDFs, one line a page."""

import argparse
from typing import TYPE_CHECKING, Any

from mailroom.cli.wiring import Call, Exit, Recognise
from mailroom.errors import MailroomError
from mailroom.wording import _, plural

if TYPE_CHECKING:
    from mailroom.capture.files import AcceptPage, PageReading

Json = dict[str, Any]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The label files."""
    parser.add_argument("files", metavar="FILE", nargs="+", help=_("PNG, JPEG, TIFF, HEIC or PDF"))


def run(call: Call) -> int:
    """Decode every page in order. 1 when a page has no code or a file failed among others, 2 when all files failed."""
    from mailroom.capture.files import file_sandbox, read_pages

    recognise = call.wiring.recogniser()
    blank = failed = pages = 0
    with file_sandbox() as sandbox:
        for name in call.options.files:
            try:
                for page in read_pages(name, accept_page=accepts(recognise), sandbox=sandbox):
                    pages += 1
                    if not page.barcodes:
                        blank += 1
                        call.output.trouble(MailroomError("no_code_found", file=name, page=page.page))
                    call.output.result(page_object(name, page, recognise), _lines)
            except MailroomError as error:
                failed += 1
                call.output.trouble(error)
    if failed and not pages:
        return Exit.REFUSED
    return Exit.SOME_FAILED if failed or blank else Exit.DONE


def accepts(recognise: Recognise) -> "AcceptPage":
    """Whether a page's readings hold a sound tracking number; until they do the decoder tries harder."""
    return lambda readings: bool(readings) and recognise(readings).best is not None


def page_object(name: str, page: "PageReading", recognise: Recognise) -> Json:
    """A page as JSON: its codes as decoded, and what they mean together."""
    from mailroom.recognition.as_json import identify_object
    from mailroom.wording.reasons import reason_text

    return {
        "file": name,
        "page": page.page,
        "barcodes": [
            {"symbology": one.symbology.value, "payload": one.payload, "engine": one.engine}
            | ({"poor": True} if one.poor else {})
            for one in page.barcodes
        ],
        "best": identify_object(recognise(page.readings), reason_text) if page.readings else None,
        "ms": page.ms,
    }


def _lines(record: Json) -> list[str]:
    from mailroom.cli.identify import describe

    codes = record["barcodes"]
    head = plural("{n} code", "{n} codes", len(codes))
    lines = [_("{file}, page {page}: {head}, {ms} ms").format(**record, head=head)]
    lines += [f"  {one['symbology']:<11}{one['payload']}" for one in codes]
    if record["best"] is not None:
        lines += [f"  = {line}" for line in describe(record["best"])]
    return lines
