"""The timetable of asking carriers."""

import sqlalchemy as sa
from alembic import op

revision = "mail0008"
down_revision = "mail0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    moment = sa.DateTime(timezone=True)
    shipment = sa.ForeignKey("shipment.id", name="fk_poll_piece_shipment_id_shipment")
    op.create_table(
        "poll_piece",
        sa.Column("shipment_id", sa.Text(), shipment, nullable=False),
        sa.Column("interface", sa.Text(), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("outcome", "reason", "words")),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("final_looks", sa.Integer(), nullable=False),
        sa.Column("next_at", moment, nullable=True),
        sa.Column("lasting", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("shipment_id", "interface", name="pk_poll_piece"),
    )
    op.create_index("ix_poll_piece_next_at", "poll_piece", ["next_at"])
    op.create_table(
        "poll_carrier",
        sa.Column("interface", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("retry_at", moment, nullable=True),
        sa.Column("stopped", sa.Text(), nullable=False),
        sa.Column("asked_at", moment, nullable=True),
        sa.Column("answered_at", moment, nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("outcome", "reason", "words", "hour")),
        sa.Column("hour_calls", sa.Integer(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("day_calls", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("interface", name="pk_poll_carrier"),
    )
