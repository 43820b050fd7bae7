"""What Alembic runs: the migrations that are missing, on the connection and inside the transaction of the caller."""

from alembic import context

from mailroom.store.columns import metadata


def run() -> None:
    """Run the missing migrations; SQLite's tables are changed by making them anew (batch mode)."""
    context.configure(
        connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
    )
    context.run_migrations()


run()
