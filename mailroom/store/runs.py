"""Questions about mail runs, about readings that nobody has decided yet, and about badges."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from mailroom.domain.office import HandOver, MailRun, RunState, Signed
from mailroom.store.bench_tables import badge, hand_over
from mailroom.store.office_tables import account, office_setting, run
from mailroom.store.tables import command, reading, shipment

_RECENT = 5000  # shipments: the services of these are in use
_WAIT = timedelta(hours=1)  # more than a reading ever waits
Pairs = tuple[tuple[str, int], ...]


def get_run(connection: Connection, run_id: str) -> MailRun | None:
    """One run, or none."""
    row = connection.execute(select(run).where(run.c.id == run_id)).one_or_none()
    if row is None:
        return None
    return MailRun(row.id, row.name, RunState(row.state), row.opened_at, row.carrier, row.closed_at)


def counts(connection: Connection, run_id: str) -> tuple[int, Pairs, Pairs, Pairs]:
    """How many pieces a run has, and how many by carrier, service and department; the most first."""
    query = (
        select(shipment.c.carrier, shipment.c.service, account.c.name, func.count())
        .outerjoin(account, account.c.id == shipment.c.department_id)
        .where(shipment.c.run_id == run_id, shipment.c.withdrawn.is_(False))
        .group_by(shipment.c.carrier, shipment.c.service, account.c.name)
    )
    groups: tuple[dict[str, int], dict[str, int], dict[str, int]] = ({}, {}, {})
    total = 0
    for carrier, service, department, number in connection.execute(query):
        total += number
        for group, name in zip(groups, (carrier, service, department or ""), strict=True):
            group[name] = group.get(name, 0) + number
    return total, _ranked(groups[0]), _ranked(groups[1]), _ranked(groups[2])


def hand_overs(connection: Connection, run_ids: Collection[str]) -> dict[str, tuple[HandOver, ...]]:
    """The hand-overs of runs, first to last."""
    query = select(hand_over).where(hand_over.c.run_id.in_(run_ids)).order_by(hand_over.c.command_position)
    found: dict[str, list[HandOver]] = {}
    for row in connection.execute(query):
        found.setdefault(row.run_id, []).append(
            HandOver(
                row.id,
                row.handed_at,
                row.pieces,
                row.carrier,
                row.driver,
                Signed(row.signed),
                row.signature,
                row.note,
                row.recorded_by,
            )
        )
    return {run_id: tuple(some) for run_id, some in found.items()}


def still_asked(connection: Connection, since: datetime) -> tuple[str, ...]:
    """What was read since a moment (aware UTC) and is still to decide; the same payload counts once."""
    # The command's time: a reading waits for its turn, so it may be older than the run it was read for.
    early = since - _WAIT
    done = select(reading.c.raw).where(reading.c.read_at >= early, reading.c.outcome.in_(("recorded", "repeated")))
    query = (
        select(reading.c.raw)
        .join(command, command.c.position == reading.c.command_position)
        .where(
            reading.c.read_at >= early,
            command.c.made_at >= since,
            reading.c.ordinal == 0,
            reading.c.outcome == "asked",
            reading.c.raw.not_in(done),
        )
        .distinct()
    )
    return tuple(sorted(connection.scalars(query)))


def recent_services(connection: Connection) -> tuple[str, ...]:
    """The services of the newest shipments, by name."""
    newest = select(shipment.c.service).order_by(shipment.c.position.desc()).limit(_RECENT).subquery()
    found = connection.scalars(select(newest.c.service).where(newest.c.service != "").distinct())
    return tuple(sorted(found, key=str.casefold))


def setting(connection: Connection, key: str) -> str | None:
    """One setting of the office as JSON text, also one that `OfficeSettings` does not hold; none where it is unset."""
    return connection.scalar(select(office_setting.c.value).where(office_setting.c.key == key))


def badge_holder(connection: Connection, digest: str) -> str | None:
    """The id of the operator with this badge; none for an unknown or void one."""
    return connection.scalar(select(badge.c.operator_id).where(badge.c.digest == digest))


def _ranked(group: dict[str, int]) -> Pairs:
    return tuple(sorted(group.items(), key=lambda one: (-one[1], one[0].casefold())))
