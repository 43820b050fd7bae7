"""`verify` and `certificate`: is a paper what the office issued, and what others check it with."""

import argparse
from typing import TYPE_CHECKING, Any

from mailroom.cli.files import target
from mailroom.cli.wiring import Call, Exit, opened
from mailroom.errors import MailroomError
from mailroom.wording import _

if TYPE_CHECKING:
    from mailroom.services.papers import PaperVerdict

Json = dict[str, Any]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The paper to check, and what to check it with."""
    parser.add_argument("file", metavar="FILE.pdf", help=_("paper to check"))
    parser.add_argument(
        "--certificate", metavar="FILE", help=_("the office's certificate: checks without any record of this computer")
    )


def run(call: Call) -> int:
    """Is this file what was issued? 0 it is, 1 it is not, 2 it cannot be read."""
    from pathlib import Path

    from mailroom.services.attachments import read_regular_file

    name = Path(call.options.file).name
    data = read_regular_file(Path(call.options.file))
    if call.options.certificate:
        from mailroom.services.checking import check_with_certificate

        verdict = check_with_certificate(data, read_regular_file(Path(call.options.certificate)), name)
    else:
        with opened(call) as office:
            verdict = office.papers.verify(office.operator, data, name)
    record = _object(call.options.file, verdict)
    if not verdict.holds:
        call.output.say(_lines(record)[0])
    call.output.result(record, _lines)
    return Exit.DONE if verdict.holds else Exit.SOME_FAILED


def certificate_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the certificate goes, or which key to sign with from now on."""
    parser.add_argument("--out", metavar="FILE.pem", help=_("file to write"))
    parser.add_argument(
        "--key",
        metavar="FILE.p12",
        help=_("sign with this key from now on; its passphrase is read from MAILROOM_KEY_PASSPHRASE"),
    )


def run_certificate(call: Call) -> int:
    """Write the office's certificate to a file; with a key, take that one first."""
    import os
    from contextlib import nullcontext
    from pathlib import Path

    from mailroom.services.attachments import read_regular_file

    with target(call.options.out) if call.options.out else nullcontext() as place, opened(call) as office:
        if call.options.key:
            p12 = read_regular_file(Path(call.options.key))
            office.papers.bring_key(office.operator, p12, os.environ.get("MAILROOM_KEY_PASSPHRASE", ""))
        pem = office.papers.certificate(office.operator)
        if not pem:
            raise MailroomError("no_certificate")
        if place is not None:
            place.write(pem)
    record: Json = {"file": call.options.out, "sha256": fingerprint(pem)}
    call.output.result(record, lambda one: [f"SHA-256 {one['sha256']}  {one['file'] or ''}".rstrip()])
    return Exit.DONE


def fingerprint(pem: bytes) -> str:
    """SHA-256 of a certificate in PEM."""
    import hashlib
    import ssl

    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem.decode("ascii"))).hexdigest()


def _object(file: str, verdict: "PaperVerdict") -> Json:
    from mailroom.cli.shapes import document_object

    signature = verdict.signature
    return {
        "file": file,
        "state": verdict.state.value,
        "sha256": verdict.sha256,
        "document": None if verdict.document is None else document_object(verdict.document),
        "number": verdict.number or None,
        "record_sha256": verdict.record_sha256 or None,
        "signature": None
        if signature is None
        else {
            "by": signature.by,
            "certificate_sha256": signature.fingerprint,
            "signed_at": signature.signed_at or None,
            "intact": signature.intact,
            "whole": signature.whole,
            "trusted": signature.trusted,
        },
    }


def _lines(record: Json) -> list[str]:
    from mailroom.wording.verdicts import verdict_text

    document, signature = record["document"], record["signature"]
    return [
        verdict_text(
            record["state"],
            file=record["file"],
            number=(document or record)["number"] or "",
            by=document["issued_by"] if document else signature["by"] if signature else "",
            when=document["issued_at"] if document else (signature or {}).get("signed_at") or "",
        )
    ]
