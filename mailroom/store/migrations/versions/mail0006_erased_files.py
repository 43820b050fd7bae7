"""Attached files may be erased: the bytes go, the hash stays."""

import sqlalchemy as sa
from alembic import op

revision = "mail0006"
down_revision = "mail0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark of what was erased."""
    op.add_column("attachment", sa.Column("erased", sa.Boolean(), server_default=sa.false(), nullable=False))
