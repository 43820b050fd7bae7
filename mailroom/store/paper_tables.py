"""The tables of attached files, issued papers, claims and imports."""

from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Named, Table, Text, TypedColumns, false

from mailroom.store.columns import Big, UtcDateTime, metadata


class AttachmentColumns(TypedColumns):
    """Files kept with a shipment; their bytes are blobs named by `sha256`."""

    id = Column(Text, primary_key=True)
    shipment_id: Named[str] = Column(Text, ForeignKey("shipment.id"), index=True)
    command_position = Column(Big, nullable=False)
    sha256: Named[str] = Column(Text)
    name: Named[str] = Column(Text)
    media_type: Named[str] = Column(Text)
    size = Column(Big, nullable=False)  # bytes
    pages: Named[int] = Column(Integer)
    role: Named[str] = Column(Text)
    caption: Named[str] = Column(Text)
    source_name: Named[str] = Column(Text)
    taken_at: Named[str] = Column(Text)
    added_at: Named[datetime] = Column(UtcDateTime)
    added_by: Named[str] = Column(Text)
    withdrawn: Named[bool] = Column(Boolean)
    erased: Named[bool] = Column(Boolean, server_default=false())  # its bytes are gone, its hash stays


attachment = Table("attachment", metadata, AttachmentColumns)


class DocumentColumns(TypedColumns):
    """Papers that were issued."""

    id = Column(Text, primary_key=True)
    command_position = Column(Big, nullable=False)
    number: Named[str] = Column(Text, unique=True)
    kind: Named[str] = Column(Text)
    sha256: Named[str] = Column(Text, index=True)
    record_sha256: Named[str] = Column(Text, index=True)
    pages: Named[int] = Column(Integer)
    issued_at: Named[datetime] = Column(UtcDateTime)
    issued_by: Named[str] = Column(Text)
    language: Named[str] = Column(Text)
    purpose: Named[str] = Column(Text)


document = Table("document", metadata, DocumentColumns)


class DocumentShipmentColumns(TypedColumns):
    """Which shipments a paper is about, in its order."""

    document_id = Column(Text, ForeignKey("document.id"), primary_key=True)
    ordinal = Column(Big, primary_key=True, autoincrement=False)
    shipment_id: Named[str] = Column(Text, ForeignKey("shipment.id"), index=True)


document_shipment = Table("document_shipment", metadata, DocumentShipmentColumns)


class NumberCounterColumns(TypedColumns):
    """How many numbers a desk gave out, by kind of paper and year."""

    kind = Column(Text, primary_key=True)
    year = Column(Big, primary_key=True, autoincrement=False)
    desk = Column(Text, primary_key=True)
    last: Named[int] = Column(Integer)


number_counter = Table("number_counter", metadata, NumberCounterColumns)


class IssuedNumberColumns(TypedColumns):
    """Every number given out, so that none is given twice, also where two desks share a letter."""

    number = Column(Text, primary_key=True)
    document_id: Named[str] = Column(Text)


issued_number = Table("issued_number", metadata, IssuedNumberColumns)


class ClaimColumns(TypedColumns):
    """Claims as they were prepared; `body` is the whole of what was put together."""

    id = Column(Text, primary_key=True)
    command_position = Column(Big, nullable=False)
    number: Named[str] = Column(Text)
    shipment_id: Named[str] = Column(Text, ForeignKey("shipment.id"), index=True)
    kind: Named[str] = Column(Text)
    amount_mills: Named[int | None] = Column(Big)
    currency: Named[str] = Column(Text)
    remedy: Named[str] = Column(Text)
    document_id: Named[str] = Column(Text)
    body: Named[str] = Column(Text)  # JSON object
    prepared_at: Named[datetime] = Column(UtcDateTime)
    prepared_by: Named[str] = Column(Text)


claim = Table("claim", metadata, ClaimColumns)


class ImportColumns(TypedColumns):
    """Files that were taken in."""

    id = Column(Text, primary_key=True)
    file_name: Named[str] = Column(Text)
    sha256: Named[str] = Column(Text)
    kind: Named[str] = Column(Text)
    mapping: Named[str] = Column(Text)  # JSON
    row_count: Named[int] = Column(Integer)
    state: Named[str] = Column(Text)  # open, closed, cancelled, undone
    added: Named[int] = Column(Integer)
    known: Named[int] = Column(Integer)
    refused: Named[int] = Column(Integer)
    opened_at: Named[datetime] = Column(UtcDateTime)
    opened_by: Named[str] = Column(Text)


import_file = Table("import_file", metadata, ImportColumns)
