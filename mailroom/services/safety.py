"""Is everything still there and as it was written?"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mailroom.domain.operator import Operator
from mailroom.domain.register import Fault
from mailroom.services.desk import Desk
from mailroom.services.rights import demand
from mailroom.services.writing import ignore_progress, never_cancelled
from mailroom.store import audit, backup, integrity
from mailroom.store.backup import BackupFacts as BackupFacts


@dataclass(frozen=True, slots=True)
class Safety:
    """Use cases of safety."""

    desk: Desk

    def check(self, who: Operator) -> tuple[Fault, ...]:
        """Database, chain, heads, counters and blobs; no fault means all holds. Raises `database_damaged`."""
        demand(who, "safety.check")
        return tuple(integrity.check(self.desk.store))

    def verify_chain(self, who: Operator) -> tuple[Fault, ...]:
        """The hash chain of every desk; the first bad command of each is named."""
        demand(who, "safety.verify_chain")
        with self.desk.store.read() as connection:
            return tuple(audit.verify_chain(connection))

    def back_up(
        self,
        who: Operator,
        target: Path,
        *,
        progress: Callable[[int, int], None] = ignore_progress,
        cancelled: Callable[[], bool] = never_cancelled,
    ) -> BackupFacts | None:
        """Write the whole record to one file, read back before it takes its place; none where it was cancelled.

        Raises `backup_server`, `output_is_folder`, `output_is_no_file`, `output_unwritable`, `backup_unsound`.
        """
        demand(who, "safety.back_up")
        try:
            return backup.write_backup(self.desk.store, target, self.desk.clock(), progress, cancelled)
        except backup.Stopped:
            return None


def restore_profile(
    source: Path,
    folder: Path,
    *,
    progress: Callable[[int, int], None] = ignore_progress,
    cancelled: Callable[[], bool] = never_cancelled,
) -> BackupFacts | None:
    """Put a backup into a profile folder that has no record yet; none where it was cancelled.

    No office is open there, so nobody is asked who it is. Raises `profile_not_empty`, `file_missing`,
    `backup_foreign`, `backup_damaged`, `backup_newer`, `profile_unusable`.
    """
    try:
        return backup.restore(source, folder, progress, cancelled)
    except backup.Stopped:
        return None
