"""A batch of reports in a process of its own: opened, printed in steps so that it can be watched and stopped, closed.

The process holds one batch. It is given the batch's record, which is all that is printed, and where its files lie.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mailroom.domain.papers import ClaimPacket, ProofBatch
from mailroom.errors import MailroomError
from mailroom.reports import RenderedPaper, claim_packet
from mailroom.reports.proof_batch import BatchPress
from mailroom.reports.values import value_of

_under_way: list[BatchPress] = []


def begin(record: bytes, paths: dict[str, str]) -> int:
    """Open a batch from its record and print its contents; how many reports there are to print.

    `paths` says where the file of each SHA-256 lies.
    """
    value = value_of(ProofBatch, json.loads(record)["paper"])
    _under_way[:] = [BatchPress(value, record, _reader(paths))]
    return _under_way[0].to_print


def step(count: int) -> int:
    """Print up to `count` more reports; how many are printed by then."""
    return _under_way[0].print_next(count)


def finish() -> dict[str, Any]:
    """`{"pdf", "sha256", "record_sha256", "pages"}` of the finished paper."""
    return _plain(_under_way.pop().finish())


def packet(record: bytes, paths: dict[str, str], fineness: float) -> dict[str, Any]:
    """A claim packet from its record, as `finish` gives a batch."""
    value = value_of(ClaimPacket, json.loads(record)["paper"])
    return _plain(claim_packet.render(value, _reader(paths), fineness))


def _reader(paths: dict[str, str]) -> Callable[[str], bytes]:
    def read(sha256: str) -> bytes:
        try:
            return Path(paths[sha256]).read_bytes()
        except (OSError, KeyError) as missing:
            raise MailroomError("blob_missing", sha256=sha256) from missing

    return read


def _plain(paper: RenderedPaper) -> dict[str, Any]:
    return {"pdf": paper.pdf, "sha256": paper.sha256, "record_sha256": paper.record_sha256, "pages": paper.pages}
