"""What the office set about carriers' interfaces, as it stands."""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from mailroom.store.office_tables import office_setting

PREFIX = "interface."  # before the id, as the key of an office's setting


def stored_interfaces(connection: Connection) -> dict[str, dict[str, Any]]:
    """Settings by the interface's id; nothing for one that was never set."""
    found = connection.execute(select(office_setting).where(office_setting.c.key.like(f"{PREFIX}%")))
    return {row.key.removeprefix(PREFIX): dict(json.loads(row.value)) for row in found}
