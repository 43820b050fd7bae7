"""Claims on record with their steps, and the office's own versions of the carriers' rules."""

import json

import sqlalchemy as sa
from alembic import op

from mailroom.domain.claim_payloads import prepared_terms, terms_text

revision = "mail0003"
down_revision = "mail0002"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, and a claim on record of each one that was prepared in one go."""
    _cases()
    _moves()
    _rules()
    _take_over()


def _text(name: str, *more: sa.ForeignKey) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), *more, nullable=False)


def _cases() -> None:
    op.create_table(
        "claim_case",
        _text("id"),
        sa.Column("opened_position", BIG, nullable=False),
        sa.Column("changed_position", BIG, nullable=False),
        _text("number"),
        _text("shipment_id", sa.ForeignKey("shipment.id", name="fk_claim_case_shipment_id_shipment")),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("state"),
        _text("kind"),
        _text("terms"),
        _text("currency"),
        sa.Column("demanded_mills", BIG, nullable=True),
        sa.Column("granted_mills", BIG, nullable=True),
        sa.Column("received_mills", BIG, nullable=True),
        _text("reference"),
        _text("filed_on"),
        _text("decided_on"),
        sa.Column("appeals", sa.Integer(), nullable=False),
        _text("reason"),
        sa.Column("opened_at", MOMENT, nullable=False),
        _text("opened_by"),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_claim_case"),
        sa.UniqueConstraint("number", name="uq_claim_case_number"),
    )
    op.create_index("ix_claim_case_opened_position", "claim_case", ["opened_position"])
    op.create_index("ix_claim_case_shipment_id", "claim_case", ["shipment_id"])
    op.create_index("ix_claim_case_state_opened_position", "claim_case", ["state", "opened_position"])


def _moves() -> None:
    op.create_table(
        "claim_move",
        _text("claim_id", sa.ForeignKey("claim_case.id", name="fk_claim_move_claim_id_claim_case")),
        sa.Column("ordinal", BIG, nullable=False),
        sa.Column("command_position", BIG, nullable=False),
        _text("state"),
        _text("before"),
        _text("happened_on"),
        _text("reference"),
        _text("note"),
        sa.Column("mills", BIG, nullable=True),
        _text("currency"),
        sa.Column("made_at", MOMENT, nullable=False),
        _text("made_by"),
        sa.PrimaryKeyConstraint("claim_id", "ordinal", name="pk_claim_move"),
    )


def _rules() -> None:
    op.create_table(
        "claim_rule_change",
        sa.Column("command_position", BIG, autoincrement=False, nullable=False),
        _text("rule_id"),
        _text("body"),
        _text("note"),
        sa.Column("changed_at", MOMENT, nullable=False),
        _text("changed_by"),
        sa.PrimaryKeyConstraint("command_position", name="pk_claim_rule_change"),
    )
    op.create_index("ix_claim_rule_change_rule_id", "claim_rule_change", ["rule_id"])


def _take_over() -> None:
    connection = op.get_bind()
    names = "id, command_position, number, shipment_id, kind, body, amount_mills, currency, prepared_at, prepared_by"
    rows = connection.execute(sa.text(f"SELECT {names} FROM claim ORDER BY command_position")).all()  # noqa: S608
    for row in rows:
        connection.execute(
            sa.text(
                "INSERT INTO claim_case (id, opened_position, changed_position, number, shipment_id, version, state,"
                " kind, terms, currency, demanded_mills, granted_mills, received_mills, reference, filed_on,"
                " decided_on, appeals, reason, opened_at, opened_by, changed_at) VALUES (:id, :position, :position,"
                " :number, :shipment_id, 1, 'preparing', :kind, :terms, :currency, :mills, NULL, NULL, :reference,"
                " '', '', 0, '', :at, :by, :at)"
            ),
            {
                "id": row.id,
                "position": row.command_position,
                "number": row.number,
                "shipment_id": row.shipment_id,
                "kind": row.kind,
                "terms": terms_text(prepared_terms(json.loads(row.body))),
                "currency": row.currency,
                "mills": row.amount_mills,
                "reference": json.loads(row.body).get("carrier_case_number", ""),
                "at": row.prepared_at,
                "by": row.prepared_by,
            },
        )
