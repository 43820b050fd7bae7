"""The tables of the record, the same on SQLite and PostgreSQL.

Ids are text made by the client. `position` columns count what this database took in, from 1, without a clock:
`command.position` over all desks, `shipment.position` over the shipments ("newest first" is this, backwards).
Times of a carrier and dates are ISO 8601 text as `str(CarrierTime)` and `date.isoformat` give it; money is mills.
"""

from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Named,
    Table,
    Text,
    TypedColumns,
    UniqueConstraint,
)

from mailroom.store.columns import Big, UtcDateTime, metadata


class CommandColumns(TypedColumns):
    """Every change as it was accepted: the audit log. Payload and salt are null once erased; the digest stays."""

    position = Column(Big, primary_key=True, autoincrement=False)
    id: Named[str] = Column(Text, unique=True)
    desk: Named[str] = Column(Text)
    seq = Column(Big, nullable=False)  # gapless per desk, from 1
    kind: Named[str] = Column(Text)
    version: Named[int] = Column(Integer)
    subject: Named[str] = Column(Text)
    base_version: Named[int | None] = Column(Integer)
    made_at: Named[datetime] = Column(UtcDateTime)
    made_by: Named[str] = Column(Text)  # the operator's id
    payload: Named[str | None] = Column(Text)  # canonical JSON
    salt: Named[bytes | None] = Column(LargeBinary)
    payload_digest: Named[str] = Column(Text)  # SHA-256, hexadecimal
    hash: Named[str] = Column(Text)  # of the previous one of this desk and this one, hexadecimal
    result: Named[str] = Column(Text)  # JSON: what was answered


command = Table(
    "command",
    metadata,
    CommandColumns,
    UniqueConstraint("desk", "seq"),
    Index(None, "subject"),
)


class UndoColumns(TypedColumns):
    """Which commands were taken back, and by which."""

    command_id = Column(Text, primary_key=True)
    undone_by: Named[str] = Column(Text)  # id of the undoing command


undo = Table("undo", metadata, UndoColumns)


class ShipmentColumns(TypedColumns):
    """The head of a shipment as it stands: what lists show and filters ask. It can be rebuilt from the commands."""

    position = Column(Big, primary_key=True, autoincrement=False)
    id: Named[str] = Column(Text, unique=True)
    version: Named[int] = Column(Integer)
    carrier: Named[str] = Column(Text)
    tracking_number: Named[str] = Column(Text)
    numbers: Named[str] = Column(Text)  # JSON list: all of `shipment_number` that are not withdrawn, for lists
    check_result: Named[str] = Column(Text)
    service: Named[str] = Column(Text)
    service_code: Named[str] = Column(Text)
    status: Named[str] = Column(Text)
    status_at: Named[str] = Column(Text)
    recorded_at: Named[datetime] = Column(UtcDateTime, index=True)
    recorded_by: Named[str] = Column(Text)
    recorded_by_id: Named[str] = Column(Text)
    desk: Named[str] = Column(Text)
    postal_code: Named[str] = Column(Text)
    country: Named[str] = Column(Text)
    fields: Named[str] = Column(Text)  # JSON of PieceFields
    department_id: Named[str | None] = Column(Text, ForeignKey("account.id"))
    account_id: Named[str | None] = Column(Text, ForeignKey("account.id"))
    run_id: Named[str | None] = Column(Text, ForeignKey("run.id"))
    meter_id: Named[str | None] = Column(Text, ForeignKey("meter.id"))
    postage_mills = Column(Big, nullable=False)
    postage_currency: Named[str] = Column(Text)
    promised_on: Named[str] = Column(Text)
    promise_basis: Named[str] = Column(Text)
    revised_on: Named[str] = Column(Text)
    delay_reason: Named[str] = Column(Text)
    last_event_text: Named[str] = Column(Text)
    last_event_place: Named[str] = Column(Text)
    last_event_at: Named[str] = Column(Text)
    number_reused: Named[bool] = Column(Boolean)
    withdrawn: Named[bool] = Column(Boolean)
    event_count: Named[int] = Column(Integer)
    changed_position = Column(Big, nullable=False, index=True)  # of the last command that changed it
    search_text: Named[str] = Column(Text)  # folded words, see search.py
    status_doubt: Named[str] = Column(Text, server_default="")  # `notice` where only an e-mail tells the status


shipment = Table(
    "shipment",
    metadata,
    ShipmentColumns,
    # `position` gives the newest first; what comes behind it is compared without a look at the row
    Index(None, "status", "position", "withdrawn", "carrier"),
    Index(None, "carrier", "position", "withdrawn", "status"),
    Index(None, "department_id", "position", "withdrawn", "status", "carrier"),
    Index(None, "run_id", "position", "withdrawn"),
)


class ShipmentCountColumns(TypedColumns):
    """How many shipments are not withdrawn, kept as they change: counting a million takes too long for a list."""

    status = Column(Text, primary_key=True)
    carrier = Column(Text, primary_key=True)
    number = Column(Big, nullable=False)


shipment_count = Table("shipment_count", metadata, ShipmentCountColumns)


class ShipmentNumberColumns(TypedColumns):
    """The numbers of a shipment, in the order they came."""

    shipment_id = Column(Text, ForeignKey("shipment.id"), primary_key=True)
    ordinal = Column(Big, primary_key=True, autoincrement=False)
    number: Named[str] = Column(Text)
    normal: Named[str] = Column(Text, index=True)  # upper-case without blanks and dashes, as it is compared
    carrier: Named[str] = Column(Text)
    role: Named[str] = Column(Text)
    check_result: Named[str] = Column(Text)
    command_position = Column(Big, nullable=False)
    withdrawn: Named[bool] = Column(Boolean)


shipment_number = Table("shipment_number", metadata, ShipmentNumberColumns, sqlite_with_rowid=False)


class ReadingColumns(TypedColumns):
    """What devices gave, with what became of it; those of one command belong to one label."""

    command_position = Column(Big, primary_key=True, autoincrement=False)
    ordinal = Column(Big, primary_key=True, autoincrement=False)  # 0: the one shown for the label
    id: Named[str] = Column(Text)
    shipment_id: Named[str | None] = Column(Text, ForeignKey("shipment.id"), index=True)
    raw: Named[str] = Column(Text)
    symbology: Named[str] = Column(Text)
    source: Named[str] = Column(Text)
    device: Named[str] = Column(Text)
    engine: Named[str] = Column(Text)
    read_at: Named[datetime] = Column(UtcDateTime, index=True)
    outcome: Named[str] = Column(Text)  # recorded, repeated, asked, dropped, refused, added, undone
    reason_code: Named[str] = Column(Text)
    reason_facts: Named[str] = Column(Text)  # JSON object
    number: Named[str] = Column(Text)  # the best guess of one that was asked about or refused


reading = Table("reading", metadata, ReadingColumns, sqlite_with_rowid=False)


class EventColumns(TypedColumns):
    """What happened to shipments. Only `withdrawn` ever changes, and a status derived from code and words anew."""

    shipment_id = Column(Text, ForeignKey("shipment.id"), primary_key=True)
    ordinal = Column(Big, primary_key=True, autoincrement=False)  # the order of recording, from 1
    id: Named[str] = Column(Text)
    command_position = Column(Big, nullable=False, index=True)
    import_id: Named[str | None] = Column(Text, ForeignKey("import_file.id"), index=True)
    kind: Named[str] = Column(Text)
    status: Named[str] = Column(Text)
    happened: Named[str] = Column(Text)
    sort_at: Named[datetime] = Column(UtcDateTime)
    recorded_at: Named[datetime] = Column(UtcDateTime)
    recorded_by: Named[str] = Column(Text)
    source: Named[str] = Column(Text)
    source_name: Named[str] = Column(Text)
    code: Named[str] = Column(Text)
    text: Named[str] = Column(Text)
    place: Named[str] = Column(Text)
    next_place: Named[str] = Column(Text)
    gps: Named[str] = Column(Text)
    name_given: Named[str] = Column(Text)
    reason: Named[str] = Column(Text)
    desired_resolution: Named[str] = Column(Text)
    note: Named[str] = Column(Text)
    file_name: Named[str] = Column(Text)
    file_row: Named[int] = Column(Integer)
    promised_on: Named[str] = Column(Text)
    facts: Named[str] = Column(Text)  # JSON object
    withdrawn: Named[bool] = Column(Boolean)
    mapping: Named[str] = Column(Text, server_default="")  # version of the table its status was derived with


event = Table("event", metadata, EventColumns, sqlite_with_rowid=False)


class PostageLineColumns(TypedColumns):
    """Lines of money; a correction is a line too."""

    id = Column(Text, primary_key=True)
    shipment_id: Named[str] = Column(Text, ForeignKey("shipment.id"))
    ordinal = Column(Big, nullable=False)
    command_position = Column(Big, nullable=False)
    kind: Named[str] = Column(Text)
    mills = Column(Big, nullable=False)
    currency: Named[str] = Column(Text)
    meter_id: Named[str | None] = Column(Text, ForeignKey("meter.id"))
    account_id: Named[str | None] = Column(Text, ForeignKey("account.id"))
    indicium: Named[str] = Column(Text)
    note: Named[str] = Column(Text)
    recorded_at: Named[datetime] = Column(UtcDateTime)


postage_line = Table("postage_line", metadata, PostageLineColumns, UniqueConstraint("shipment_id", "ordinal"))
