"""The database: the only room that imports SQLAlchemy and Alembic. Commands go in, frozen values come out."""
