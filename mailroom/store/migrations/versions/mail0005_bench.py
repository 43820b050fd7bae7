"""Hand-overs of mail runs, and badges."""

import sqlalchemy as sa
from alembic import op

revision = "mail0005"
down_revision = "mail0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXTS = ("signed", "signature", "note", "recorded_by")


def upgrade() -> None:
    """Make both tables."""
    run = sa.ForeignKey("run.id", name="fk_hand_over_run_id_run")
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), run, nullable=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("driver", sa.Text(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("command_position", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hand_over"),
    )
    op.create_index("ix_hand_over_run_id", "hand_over", ["run_id"])
    operator = sa.ForeignKey("operator.id", name="fk_badge_operator_id_operator")
    op.create_table(
        "badge",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("operator_id", sa.Text(), operator, nullable=False),
        sa.Column("command_position", BIG, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_badge"),
    )
    op.create_index("ix_badge_operator_id", "badge", ["operator_id"])
