"""What people did about alerts."""

import sqlalchemy as sa
from alembic import op

revision = "mail0004"
down_revision = "mail0003"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXTS = ("kind", "act", "evidence_key", "urgency", "until", "reason", "to_id", "to_name")


def upgrade() -> None:
    """Make the table of acts."""
    shipment = sa.ForeignKey("shipment.id", name="fk_alert_act_shipment_id_shipment")
    op.create_table(
        "alert_act",
        sa.Column("command_position", BIG, autoincrement=False, nullable=False),
        sa.Column("shipment_id", sa.Text(), shipment, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("command_position", name="pk_alert_act"),
    )
    op.create_index("ix_alert_act_shipment_id", "alert_act", ["shipment_id"])
