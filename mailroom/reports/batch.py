"""A batch of reports made in steps, a large one in a child process with limits: watched, and stopped at will."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from mailroom.domain.papers import ClaimPacket, ProofBatch
from mailroom.errors import MailroomError
from mailroom.reports import RenderedPaper
from mailroom.reports.record import record_bytes
from mailroom.sandbox import Sandbox

FEW = 20  # documents that are made in the caller's own process
STEP = 10  # reports between two looks at whether to stop
MEMORY = 3 << 29  # bytes of address space: 1,000 reports with photographs
CPU_SECONDS = 60  # for one step, which is ten reports or the closing of the file
WALL_SECONDS = 300.0
_CHILD = "mailroom.reports.batch_child"

Call = Callable[..., Any]
Progress = Callable[[int, int], None]
MakePacket = Callable[[ClaimPacket, float], RenderedPaper]  # with the fineness of its pictures


def render(
    value: ProofBatch, paths: Callable[[str], str], progress: Progress, cancelled: Callable[[], bool]
) -> RenderedPaper:
    """The finished batch. Raises MailroomError `stopped`, `file_too_costly`."""
    number = value.head.number
    files = {one.sha256: paths(one.sha256) for report in value.reports for one in report.attachments}
    record = record_bytes("proof_batch", number, value)
    with child() as box:
        call = box.call if len(value.reports) > FEW and box.starts() else _here
        total = call(f"{_CHILD}:begin", record, files, name=number)
        watch(total, lambda count: call(f"{_CHILD}:step", count, name=number), number, progress, cancelled)
        return RenderedPaper(**call(f"{_CHILD}:finish", name=number))


@contextmanager
def packet_maker(paths: Callable[[str], str], count: int) -> Iterator[MakePacket]:
    """What makes so many claim packets: for a large batch in a child process, which ends with the block."""
    with child() as box:
        call = box.call if count > FEW and box.starts() else _here

        def make(value: ClaimPacket, fineness: float) -> RenderedPaper:
            number = value.head.number
            files = {one.sha256: paths(one.sha256) for one in value.attachments}
            record = record_bytes("claim_packet", number, value)
            return RenderedPaper(**call(f"{_CHILD}:packet", record, files, fineness, name=number))

        yield make


def child() -> Sandbox:
    """A child process for papers, with limits; everything else goes before it. It is started when first called."""
    return Sandbox(memory=MEMORY, cpu_seconds=CPU_SECONDS, wall_seconds=WALL_SECONDS, gives_way=True)


def watch(
    total: int, step: Callable[[int], int], number: str, progress: Progress, cancelled: Callable[[], bool]
) -> None:
    """Take steps until `total` is reached. Raises MailroomError `stopped`."""
    done = 0
    while done < total:
        progress(done, total)
        if cancelled():
            raise MailroomError("stopped", number=number)
        done = step(STEP)
    progress(total, total)
    if cancelled():
        raise MailroomError("stopped", number=number)


def _here(target: str, *args: Any, name: str = "") -> Any:  # noqa: ANN401 - as the child process takes and gives it
    from mailroom.reports import batch_child  # with all that prints, which a caller of the child does not need

    return getattr(batch_child, target.partition(":")[2])(*args)
