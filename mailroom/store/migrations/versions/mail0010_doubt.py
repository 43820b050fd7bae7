"""Shipments say where only an e-mail tells their status; `mending` brings the heads that follow other rules now."""

import sqlalchemy as sa
from alembic import op

revision = "mail0010"
down_revision = "mail0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; empty where there is no doubt."""
    op.add_column("shipment", sa.Column("status_doubt", sa.Text(), server_default="", nullable=False))
