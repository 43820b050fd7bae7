"""The tables of asking carriers: when each piece was asked about and is next, and how things stand with a carrier.

They are a timetable and no record: no command makes them, and a record made again from its commands asks anew.
"""

from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Named, Table, Text, TypedColumns

from mailroom.store.columns import UtcDateTime, metadata

ASIDE = {"aside": True}  # mark of tables that do not follow from commands


class PollPieceColumns(TypedColumns):
    """One piece at one interface."""

    shipment_id = Column(Text, ForeignKey("shipment.id"), primary_key=True)
    interface = Column(Text, primary_key=True)
    asked_at: Named[datetime] = Column(UtcDateTime)
    outcome: Named[str] = Column(Text)
    reason: Named[str] = Column(Text)
    words: Named[str] = Column(Text)
    changed_at: Named[datetime] = Column(UtcDateTime)
    final_looks: Named[int] = Column(Integer)
    next_at: Named[datetime | None] = Column(UtcDateTime, index=True)
    lasting: Named[bool] = Column(Boolean)  # never asked again by itself


poll_piece = Table("poll_piece", metadata, PollPieceColumns, info=ASIDE)


class PollCarrierColumns(TypedColumns):
    """One interface: back-off, budget, the last contact."""

    interface = Column(Text, primary_key=True)
    failures: Named[int] = Column(Integer)
    retry_at: Named[datetime | None] = Column(UtcDateTime)
    stopped: Named[str] = Column(Text)
    asked_at: Named[datetime | None] = Column(UtcDateTime)
    answered_at: Named[datetime | None] = Column(UtcDateTime)
    outcome: Named[str] = Column(Text)
    reason: Named[str] = Column(Text)
    words: Named[str] = Column(Text)
    hour: Named[str] = Column(Text)
    hour_calls: Named[int] = Column(Integer)
    day: Named[str] = Column(Text)
    day_calls: Named[int] = Column(Integer)


poll_carrier = Table("poll_carrier", metadata, PollCarrierColumns, info=ASIDE)
