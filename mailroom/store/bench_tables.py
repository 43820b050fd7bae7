"""The tables of the bench: hand-overs of mail runs, and badges."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, Named, Table, Text, TypedColumns

from mailroom.store.columns import Big, UtcDateTime, metadata


class HandOverColumns(TypedColumns):
    """What was handed to a carrier out of a run: when, to whom, how many pieces, and what was signed."""

    id = Column(Text, primary_key=True)
    run_id: Named[str] = Column(Text, ForeignKey("run.id"), index=True)
    carrier: Named[str] = Column(Text)
    driver: Named[str] = Column(Text)
    pieces: Named[int] = Column(Integer)
    handed_at: Named[datetime] = Column(UtcDateTime)
    signed: Named[str] = Column(Text)  # drawn, paper, or empty
    signature: Named[str] = Column(Text)  # SHA-256 of the picture or the scanned paper
    note: Named[str] = Column(Text)
    recorded_by: Named[str] = Column(Text)
    command_position = Column(Big, nullable=False)


hand_over = Table("hand_over", metadata, HandOverColumns)


class BadgeColumns(TypedColumns):
    """Badges by the digest of their code; an operator's newest one holds, the earlier ones are void."""

    digest = Column(Text, primary_key=True)
    operator_id: Named[str] = Column(Text, ForeignKey("operator.id"), index=True)
    command_position = Column(Big, nullable=False)


badge = Table("badge", metadata, BadgeColumns)
