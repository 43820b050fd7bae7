"""The first tables."""

import sqlalchemy as sa
from alembic import op

from mailroom.store import search

revision = "mail0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make all tables, those first that others refer to, and the search index."""
    _people()
    _machines()
    _log()
    _imports()
    _shipments()
    _numbers()
    _readings()
    _events()
    _documents()
    _attachments()
    search.create(op.get_bind())


def _text(name: str, *more: sa.ForeignKey, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), *more, nullable=nullable)


def _people() -> None:
    op.create_table(
        "operator",
        _text("id"),
        _text("name"),
        _text("role"),
        _text("desk"),
        _text("departments"),
        sa.PrimaryKeyConstraint("id", name="pk_operator"),
    )
    op.create_table(
        "account",
        _text("id"),
        _text("parent_id", sa.ForeignKey("account.id", name="fk_account_parent_id_account"), nullable=True),
        _text("name"),
        _text("folded"),
        _text("code"),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
    )
    op.create_index("ix_account_folded", "account", ["folded"])
    op.create_table(
        "office_setting",
        _text("key"),
        _text("value"),
        sa.PrimaryKeyConstraint("key", name="pk_office_setting"),
    )


def _machines() -> None:
    op.create_table(
        "meter",
        _text("id"),
        _text("name"),
        _text("folded"),
        _text("serial"),
        _text("maker"),
        sa.PrimaryKeyConstraint("id", name="pk_meter"),
    )
    op.create_index("ix_meter_folded", "meter", ["folded"])
    op.create_table(
        "meter_reading",
        _text("id"),
        _text("meter_id", sa.ForeignKey("meter.id", name="fk_meter_reading_meter_id_meter")),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.Column("used_mills", BIG, nullable=False),
        sa.Column("available_mills", BIG, nullable=False),
        _text("currency"),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("command_position", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meter_reading"),
    )
    op.create_index("ix_meter_reading_meter_id", "meter_reading", ["meter_id"])
    op.create_table(
        "run",
        _text("id"),
        _text("name"),
        _text("folded"),
        _text("carrier"),
        _text("state"),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )
    op.create_index("ix_run_folded", "run", ["folded"])


def _log() -> None:
    op.create_table(
        "command",
        sa.Column("position", BIG, autoincrement=False, nullable=False),
        _text("id"),
        _text("desk"),
        sa.Column("seq", BIG, nullable=False),
        _text("kind"),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("subject"),
        sa.Column("base_version", sa.Integer(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        _text("made_by"),
        _text("payload", nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        _text("payload_digest"),
        _text("hash"),
        _text("result"),
        sa.PrimaryKeyConstraint("position", name="pk_command"),
        sa.UniqueConstraint("desk", "seq", name="uq_command_desk_seq"),
        sa.UniqueConstraint("id", name="uq_command_id"),
    )
    op.create_index("ix_command_subject", "command", ["subject"])
    op.create_table(
        "undo",
        _text("command_id"),
        _text("undone_by"),
        sa.PrimaryKeyConstraint("command_id", name="pk_undo"),
    )


def _imports() -> None:
    op.create_table(
        "import_file",
        _text("id"),
        _text("file_name"),
        _text("sha256"),
        _text("kind"),
        _text("mapping"),
        sa.Column("row_count", sa.Integer(), nullable=False),
        _text("state"),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        _text("opened_by"),
        sa.PrimaryKeyConstraint("id", name="pk_import_file"),
    )


def _shipments() -> None:
    op.create_table(
        "shipment",
        sa.Column("position", BIG, autoincrement=False, nullable=False),
        _text("id"),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("carrier"),
        _text("tracking_number"),
        _text("numbers"),
        _text("check_result"),
        _text("service"),
        _text("service_code"),
        _text("status"),
        _text("status_at"),
        sa.Column("recorded_at", MOMENT, nullable=False),
        _text("recorded_by"),
        _text("recorded_by_id"),
        _text("desk"),
        _text("postal_code"),
        _text("country"),
        _text("fields"),
        _text("department_id", sa.ForeignKey("account.id", name="fk_shipment_department_id_account"), nullable=True),
        _text("account_id", sa.ForeignKey("account.id", name="fk_shipment_account_id_account"), nullable=True),
        _text("run_id", sa.ForeignKey("run.id", name="fk_shipment_run_id_run"), nullable=True),
        _text("meter_id", sa.ForeignKey("meter.id", name="fk_shipment_meter_id_meter"), nullable=True),
        sa.Column("postage_mills", BIG, nullable=False),
        _text("postage_currency"),
        _text("promised_on"),
        _text("promise_basis"),
        _text("revised_on"),
        _text("delay_reason"),
        _text("last_event_text"),
        _text("last_event_place"),
        _text("last_event_at"),
        sa.Column("number_reused", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("event_count", sa.Integer(), nullable=False),
        sa.Column("changed_position", BIG, nullable=False),
        _text("search_text"),
        sa.PrimaryKeyConstraint("position", name="pk_shipment"),
        sa.UniqueConstraint("id", name="uq_shipment_id"),
    )
    op.create_index(
        "ix_shipment_carrier_position_withdrawn_status", "shipment", ["carrier", "position", "withdrawn", "status"]
    )
    op.create_index("ix_shipment_changed_position", "shipment", ["changed_position"])
    op.create_index(
        "ix_shipment_department_id_position_withdrawn_status_carrier",
        "shipment",
        ["department_id", "position", "withdrawn", "status", "carrier"],
    )
    op.create_index("ix_shipment_recorded_at", "shipment", ["recorded_at"])
    op.create_index("ix_shipment_run_id_position_withdrawn", "shipment", ["run_id", "position", "withdrawn"])
    op.create_index(
        "ix_shipment_status_position_withdrawn_carrier", "shipment", ["status", "position", "withdrawn", "carrier"]
    )


def _numbers() -> None:
    op.create_table(
        "shipment_count",
        _text("status"),
        _text("carrier"),
        sa.Column("number", BIG, nullable=False),
        sa.PrimaryKeyConstraint("status", "carrier", name="pk_shipment_count"),
    )
    op.create_table(
        "shipment_number",
        _text("shipment_id", sa.ForeignKey("shipment.id", name="fk_shipment_number_shipment_id_shipment")),
        sa.Column("ordinal", BIG, nullable=False),
        _text("number"),
        _text("normal"),
        _text("carrier"),
        _text("role"),
        _text("check_result"),
        sa.Column("command_position", BIG, nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("shipment_id", "ordinal", name="pk_shipment_number"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_shipment_number_normal", "shipment_number", ["normal"])
    op.create_table(
        "postage_line",
        _text("id"),
        _text("shipment_id", sa.ForeignKey("shipment.id", name="fk_postage_line_shipment_id_shipment")),
        sa.Column("ordinal", BIG, nullable=False),
        sa.Column("command_position", BIG, nullable=False),
        _text("kind"),
        sa.Column("mills", BIG, nullable=False),
        _text("currency"),
        _text("meter_id", sa.ForeignKey("meter.id", name="fk_postage_line_meter_id_meter"), nullable=True),
        _text("account_id", sa.ForeignKey("account.id", name="fk_postage_line_account_id_account"), nullable=True),
        _text("indicium"),
        _text("note"),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_postage_line"),
        sa.UniqueConstraint("shipment_id", "ordinal", name="uq_postage_line_shipment_id_ordinal"),
    )


def _readings() -> None:
    op.create_table(
        "reading",
        sa.Column("command_position", BIG, nullable=False),
        sa.Column("ordinal", BIG, nullable=False),
        _text("id"),
        _text("shipment_id", sa.ForeignKey("shipment.id", name="fk_reading_shipment_id_shipment"), nullable=True),
        _text("raw"),
        _text("symbology"),
        _text("source"),
        _text("device"),
        _text("engine"),
        sa.Column("read_at", MOMENT, nullable=False),
        _text("outcome"),
        _text("reason_code"),
        _text("reason_facts"),
        _text("number"),
        sa.PrimaryKeyConstraint("command_position", "ordinal", name="pk_reading"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_reading_read_at", "reading", ["read_at"])
    op.create_index("ix_reading_shipment_id", "reading", ["shipment_id"])


def _events() -> None:
    op.create_table(
        "event",
        _text("shipment_id", sa.ForeignKey("shipment.id", name="fk_event_shipment_id_shipment")),
        sa.Column("ordinal", BIG, nullable=False),
        _text("id"),
        sa.Column("command_position", BIG, nullable=False),
        _text("import_id", sa.ForeignKey("import_file.id", name="fk_event_import_id_import_file"), nullable=True),
        _text("kind"),
        _text("status"),
        _text("happened"),
        sa.Column("sort_at", MOMENT, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        _text("recorded_by"),
        _text("source"),
        _text("source_name"),
        _text("code"),
        _text("text"),
        _text("place"),
        _text("next_place"),
        _text("gps"),
        _text("name_given"),
        _text("reason"),
        _text("desired_resolution"),
        _text("note"),
        _text("file_name"),
        sa.Column("file_row", sa.Integer(), nullable=False),
        _text("promised_on"),
        _text("facts"),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("shipment_id", "ordinal", name="pk_event"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_command_position", "event", ["command_position"])
    op.create_index("ix_event_import_id", "event", ["import_id"])


def _documents() -> None:
    op.create_table(
        "document",
        _text("id"),
        sa.Column("command_position", BIG, nullable=False),
        _text("number"),
        _text("kind"),
        _text("sha256"),
        _text("record_sha256"),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        _text("issued_by"),
        _text("language"),
        _text("purpose"),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("number", name="uq_document_number"),
    )
    op.create_index("ix_document_record_sha256", "document", ["record_sha256"])
    op.create_index("ix_document_sha256", "document", ["sha256"])
    op.create_table(
        "document_shipment",
        _text("document_id", sa.ForeignKey("document.id", name="fk_document_shipment_document_id_document")),
        sa.Column("ordinal", BIG, nullable=False),
        _text("shipment_id", sa.ForeignKey("shipment.id", name="fk_document_shipment_shipment_id_shipment")),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name="pk_document_shipment"),
    )
    op.create_index("ix_document_shipment_shipment_id", "document_shipment", ["shipment_id"])
    op.create_table(
        "number_counter",
        _text("kind"),
        sa.Column("year", BIG, nullable=False),
        _text("desk"),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", "desk", name="pk_number_counter"),
    )
    op.create_table(
        "issued_number",
        _text("number"),
        _text("document_id"),
        sa.PrimaryKeyConstraint("number", name="pk_issued_number"),
    )


def _attachments() -> None:
    op.create_table(
        "attachment",
        _text("id"),
        _text("shipment_id", sa.ForeignKey("shipment.id", name="fk_attachment_shipment_id_shipment")),
        sa.Column("command_position", BIG, nullable=False),
        _text("sha256"),
        _text("name"),
        _text("media_type"),
        sa.Column("size", BIG, nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        _text("role"),
        _text("caption"),
        _text("source_name"),
        _text("taken_at"),
        sa.Column("added_at", MOMENT, nullable=False),
        _text("added_by"),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    )
    op.create_index("ix_attachment_shipment_id", "attachment", ["shipment_id"])
    op.create_table(
        "claim",
        _text("id"),
        sa.Column("command_position", BIG, nullable=False),
        _text("number"),
        _text("shipment_id", sa.ForeignKey("shipment.id", name="fk_claim_shipment_id_shipment")),
        _text("kind"),
        sa.Column("amount_mills", BIG, nullable=True),
        _text("currency"),
        _text("remedy"),
        _text("document_id"),
        _text("body"),
        sa.Column("prepared_at", MOMENT, nullable=False),
        _text("prepared_by"),
        sa.PrimaryKeyConstraint("id", name="pk_claim"),
    )
    op.create_index("ix_claim_shipment_id", "claim", ["shipment_id"])
