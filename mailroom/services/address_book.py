"""The address book: found while typing, also with a misspelt name, filled from files and from pieces recorded."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mailroom.domain.contacts import Contact
from mailroom.domain.folding import fold
from mailroom.domain.ids import new_id
from mailroom.domain.operator import Operator
from mailroom.domain.piece_parts import party_json
from mailroom.domain.shipment import Party
from mailroom.errors import MailroomError
from mailroom.services.addresses import structured
from mailroom.services.attachments import clean_name
from mailroom.services.desk import Desk
from mailroom.services.exchange.table import Table, read_table
from mailroom.services.piece_checks import checked_email, checked_party
from mailroom.services.rights import demand
from mailroom.services.writing import Write, at_once, ignore_progress, never_cancelled
from mailroom.store import contacts as stored

CHUNK = 100  # entries a transaction: each stays well under 20 ms
_LEAST_TYPED = 4  # characters before a misspelt name is looked for
_LIKE_ENOUGH = 82  # of 100; `Jonson` is like `Johnson`, `Jones` is not
_COLUMNS = {
    "name": ("full name", "contact", "contact name", "recipient", "recipient name", "display name"),
    "first_name": ("first", "given name"),
    "last_name": ("last", "surname", "family name"),
    "company": ("organization", "organisation", "company name", "business"),
    "address": ("street", "street address", "address 1", "address line 1", "street 1", "line 1"),
    "address_2": ("street 2", "address line 2", "unit", "suite", "apt", "line 2"),
    "address_3": ("street 3", "address line 3", "line 3"),
    "city": ("town", "locality", "place"),
    "region": ("state", "province", "county", "state province", "state code"),
    "postal_code": ("zip", "zip code", "zipcode", "postcode", "post code", "postal", "plz"),
    "country": ("country code", "country region"),
    "email": ("e-mail", "mail", "e-mail address", "email address"),
    "contact": ("phone", "telephone", "tel", "mobile", "phone number"),
    "note": ("notes", "comment", "remarks"),
}


@dataclass(frozen=True, slots=True)
class ContactsImported:
    """What came of a file: `known` entries were in the book; `refused` pairs a line of the file with the reason."""

    file_name: str
    rows: int
    added: int
    known: int
    refused: tuple[tuple[int, MailroomError], ...]
    cancelled: bool
    ignored_columns: tuple[str, ...]


@dataclass(slots=True)
class _Names:
    """Every entry's name as it was when last looked at, for a search that forgives spelling."""

    mark: int = -1
    folded: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Use cases of the address book."""

    desk: Desk
    _names: _Names = field(default_factory=_Names, repr=False, compare=False)

    def find(self, who: Operator, typed: str, limit: int = 8) -> tuple[Contact, ...]:
        """Entries for what is typed so far, the likeliest first; the last used ones for nothing. `limit` 0: all."""
        demand(who, "address_book.find")
        with self.desk.store.read() as connection:
            found = stored.contacts_like(connection, typed, limit)
            room = limit - len(found)
            if room <= 0 or len(typed.strip()) < _LEAST_TYPED:
                return found
            known = {one.id for one in found}
            near = [id_ for id_ in self._near(connection, typed, limit) if id_ not in known]
            return found + stored.contacts_by_id(connection, tuple(near[:room]))

    def get(self, who: Operator, contact_id: str) -> Contact:
        """One entry. Raises `contact_unknown`."""
        demand(who, "address_book.get")
        with self.desk.store.read() as connection:
            return stored.contact_of(connection, contact_id)

    def add(self, who: Operator, party: Party, email: str = "", note: str = "") -> Contact:
        """Add an entry; one of the same name at the same place is given back as it stands.

        Raises `contact_empty`, `field_too_long`, `email_bad`.
        """
        demand(who, "address_book.add")
        return self._added(who, _entry(self._party(party), email, note))

    def change(self, who: Operator, contact: Contact) -> Contact:
        """Write an entry anew. Raises `contact_unknown`, `changed_meanwhile`, and what `add` raises."""
        demand(who, "address_book.change")
        entry = _entry(self._party(contact.party), contact.email, contact.note)
        payload = {"contact": {key: value for key, value in entry.items() if key != "id"}}
        self.desk.accept(who, "contact_changed", contact.id, payload, base_version=contact.version)
        return self.get(who, contact.id)

    def remove(self, who: Operator, contact_id: str) -> None:
        """Take an entry out of the book; what was sent to it stays on record. Raises `contact_unknown`."""
        demand(who, "address_book.remove")
        self.desk.accept(who, "contact_removed", contact_id, {})

    def remember(self, who: Operator, party: Party, email: str = "") -> Contact | None:
        """Keep the recipient of a piece just recorded; none where there is no address to keep."""
        demand(who, "address_book.remember")
        if not (party.name or party.company) or not (party.address or party.postal_code):
            return None
        return self._added(who, _entry(self._party(party), email, ""))

    def import_file(
        self,
        who: Operator,
        path: Path,
        *,
        progress: Callable[[int, int], None] = ignore_progress,
        cancelled: Callable[[], bool] = never_cancelled,
        write: Write = at_once,
    ) -> ContactsImported:
        """Add the entries of a table; a repeat adds nothing. A cancel keeps what was added so far and says so.

        Raises `file_missing`, `file_not_regular`, `file_empty`, `file_not_table`, `columns_missing`, `file_too_large`.
        """
        demand(who, "address_book.import_file")
        name = clean_name(path.name)
        table = read_table(path, _COLUMNS)
        if not {"name", "last_name", "company"} & set(table.columns):
            raise MailroomError("columns_missing", name=name, missing="name", found=", ".join(table.ignored)[:200])
        refused: list[tuple[int, MailroomError]] = []
        total, done, added = table.count(), 0, 0
        stopped = False
        for chunk in self._chunks(table, refused):
            if cancelled():
                stopped = True
                break
            result = write(lambda rows=chunk: self._write(who, rows))  # type: ignore[misc]
            added += int(result["added"])
            done += len(chunk)
            progress(done + len(refused), total)
        return ContactsImported(name, total, added, done - added, tuple(refused), stopped, table.ignored)

    def _near(self, connection: Any, typed: str, limit: int) -> list[str]:  # noqa: ANN401 - the store's own
        from rapidfuzz import fuzz, process  # only when a name is not found as it was typed

        mark = stored.mark(connection)
        if mark != self._names.mark:
            self._names.folded, self._names.mark = stored.names(connection), mark
        found = process.extract(
            fold(typed), self._names.folded, scorer=fuzz.partial_ratio, score_cutoff=_LIKE_ENOUGH, limit=limit
        )
        return [id_ for _name, _score, id_ in found]

    def _party(self, party: Party) -> Party:
        return structured(checked_party(party), self.desk.in_force.settings.country)

    def _added(self, who: Operator, entry: dict[str, Any]) -> Contact:
        result = self._write(who, [entry])
        return self.get(who, result["ids"][entry["id"]])

    def _write(self, who: Operator, entries: Sequence[dict[str, Any]]) -> dict[str, Any]:
        return dict(self.desk.accept(who, "contacts_added", entries[0]["id"], {"contacts": list(entries)}).result)

    def _chunks(self, table: Table, refused: list[tuple[int, MailroomError]]) -> Iterator[list[dict[str, Any]]]:
        chunk: list[dict[str, Any]] = []
        for line, values in table.rows():
            try:
                if isinstance(values, MailroomError):
                    raise values
                chunk.append(_entry(self._party(_party_of(values)), values.get("email", ""), values.get("note", "")))
            except MailroomError as reason:
                refused.append((line, reason))
            if len(chunk) >= CHUNK:
                yield chunk
                chunk = []
        if chunk:
            yield chunk


def _entry(party: Party, email: str, note: str) -> dict[str, Any]:
    if not (party.name.strip() or party.company.strip()):
        raise MailroomError("contact_empty")
    return {"id": new_id(), "party": party_json(party), "email": checked_email(email.strip()), "note": note.strip()}


def _party_of(values: dict[str, str]) -> Party:
    """One row of a file. A country that is not two letters is left to the address itself."""
    name = values.get("name") or " ".join(
        part for part in (values.get("first_name", ""), values.get("last_name", "")) if part
    )
    lines = [values.get(key, "") for key in ("address", "address_2", "address_3")]
    street = tuple(part.strip() for line in lines for part in line.splitlines() if part.strip())
    country = values.get("country", "").upper()
    party = Party(
        name=name,
        company=values.get("company", ""),
        address=street,
        city=values.get("city", ""),
        region=values.get("region", ""),
        postal_code=values.get("postal_code", ""),
        contact=values.get("contact", ""),
    )
    return dataclasses.replace(party, country=country_code(country)) if country else party


def country_code(text: str) -> str:
    """The two letters of a country written as such or by its English name. Raises `country_unknown`."""
    from mailroom.wording.countries import countries  # through Babel, which no start should wait for

    wanted = fold(text)
    for name, code in countries("en"):
        if wanted in (fold(code), fold(name)):
            return code
    found = {"usa": "US", "united states of america": "US", "uk": "GB", "great britain": "GB"}.get(wanted)
    if found is None:
        raise MailroomError("country_unknown", text=text)
    return found
