"""A batch of reports made in steps, a large one in a child process with limits: watched, and stopped at will."""

from collections.abc import Callable
from typing import Any

from mailroom.domain.papers import ProofBatch
from mailroom.errors import MailroomError
from mailroom.reports import RenderedPaper, batch_child
from mailroom.reports.record import record_bytes
from mailroom.sandbox import Sandbox

FEW = 20  # documents that are made in the caller's own process
STEP = 10  # reports between two looks at whether to stop
MEMORY = 3 << 29  # bytes of address space: 1,000 reports with photographs
CPU_SECONDS = 60  # for one step, which is ten reports or the closing of the file
WALL_SECONDS = 300.0
_CHILD = "mailroom.reports.batch_child"

Call = Callable[..., Any]


def render(
    value: ProofBatch,
    paths: Callable[[str], str],
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> RenderedPaper:
    """The finished batch. Raises MailroomError `stopped`, `file_too_costly`."""
    files = {one.sha256: paths(one.sha256) for report in value.reports for one in report.attachments}
    record = record_bytes("proof_batch", value.head.number, value)
    if len(value.reports) <= FEW:
        return _steps(_here, value.head.number, record, files, progress, cancelled)
    with Sandbox(memory=MEMORY, cpu_seconds=CPU_SECONDS, wall_seconds=WALL_SECONDS) as box:
        return _steps(box.call, value.head.number, record, files, progress, cancelled)


def _here(target: str, *args: Any, name: str = "") -> Any:  # noqa: ANN401 - as the child process takes and gives it
    return getattr(batch_child, target.partition(":")[2])(*args)


def _steps(
    call: Call,
    number: str,
    record: bytes,
    files: dict[str, str],
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> RenderedPaper:
    total = call(f"{_CHILD}:begin", record, files, name=number)
    done = 0
    while done < total:
        progress(done, total)
        if cancelled():
            raise MailroomError("stopped", number=number)
        done = call(f"{_CHILD}:step", STEP, name=number)
    progress(total, total)
    if cancelled():
        raise MailroomError("stopped", number=number)
    return RenderedPaper(**call(f"{_CHILD}:finish", name=number))
