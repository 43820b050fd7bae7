"""PINs of operators, who still works here, and how often in a row a PIN was tried."""

import sqlalchemy as sa
from alembic import op

revision = "mail0009"
down_revision = "mail0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; nobody has a PIN, and everybody is active."""
    operator = sa.ForeignKey("operator.id", name="fk_sign_in_operator_id_operator")
    op.create_table(
        "sign_in",
        sa.Column("operator_id", sa.Text(), operator, nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("operator_id", name="pk_sign_in"),
    )
