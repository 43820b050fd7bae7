"""The database: the only room that imports SQLAlchemy and Alembic. Commands go in, frozen values come out."""

from mailroom.store.database import Accepted, Store, open_store

__all__ = ["Accepted", "Store", "open_store"]
