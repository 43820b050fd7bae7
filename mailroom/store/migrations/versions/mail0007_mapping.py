"""Events say with which version of the code table their status was derived."""

import sqlalchemy as sa
from alembic import op

revision = "mail0007"
down_revision = "mail0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the version; empty for a status that the source itself states, as all had until now."""
    op.add_column("event", sa.Column("mapping", sa.Text(), server_default="", nullable=False))
