"""Command bar codes and badges of the office: what each stands for, the sheets, and who sits down with a badge."""

import dataclasses
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailroom.domain.bench_codes import (
    ALONE,
    BenchCode,
    BenchKind,
    badge_code,
    badge_digest,
    office_code,
    spell_bench_code,
)
from mailroom.domain.operator import Operator, Role
from mailroom.errors import MailroomError
from mailroom.services.desk import Desk
from mailroom.services.operators import fixed_id
from mailroom.services.rights import demand
from mailroom.store import lists, runs

_KEY, _SERVICES = "bench_key", "bench_services"  # settings of the office that its form does not show
_MOST_SERVICES = 40


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a command of this office does, and with which department, service or meter."""

    kind: BenchKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class CommandCodes:
    """Use cases of command bar codes and badges."""

    desk: Desk

    def table(self, who: Operator) -> Mapping[BenchCode, Meaning]:
        """Every command of this office; empty before the first sheet was printed."""
        demand(who, "command_codes.table")
        with self.desk.store.read() as connection:
            key = runs.setting(connection, _KEY)
            printed = runs.setting(connection, _SERVICES)
            departments = [one.name for one in lists.accounts(connection) if not one.parent_id]
            meters = [one.name for one in lists.meters(connection)]
        if key is None:
            return {}
        services = json.loads(printed) if printed else []
        meanings = [Meaning(kind) for kind in ALONE]
        for kind, names in (
            (BenchKind.DEPARTMENT, departments),
            (BenchKind.SERVICE, services),
            (BenchKind.METER, meters),
        ):
            meanings += [Meaning(kind, name) for name in names]
        secret = bytes.fromhex(json.loads(key))
        return {office_code(secret, one.kind, one.name): one for one in meanings}

    def meaning(self, who: Operator, code: BenchCode) -> Meaning:
        """What one command does. Raises `bench_code_foreign` where it is not of this office, or names nothing now."""
        demand(who, "command_codes.meaning")
        found = self.table(who).get(code)
        if found is None:
            raise MailroomError("bench_code_foreign")
        return found

    def sheet(self, who: Operator) -> bytes:
        """The sheet of command bar codes (PDF): departments, services in use and meters of now; it is not kept."""
        demand(who, "command_codes.sheet")
        from mailroom.domain.bench_sheets import (  # what papers need is not loaded to read commands
            BenchSheet,
            BenchSign,
        )
        from mailroom.reports import render_bench_sheet
        from mailroom.services import issuing

        self._prepare(who)
        signs = [BenchSign(one.kind, one.name, spell_bench_code(code)) for code, one in self.table(who).items()]
        settings = self.desk.in_force.settings
        value = BenchSheet(
            issuing.office_head(self.desk),
            tuple(signs),
            issuing.today(self.desk),
            settings.page_size,
            settings.language,
        )
        return render_bench_sheet(value)

    def scanner_sheet(self, who: Operator, payloads: Sequence[str]) -> bytes:
        """The set-up sheet with the bar codes that teach Mailroom a scanner (PDF)."""
        demand(who, "command_codes.scanner_sheet")
        from mailroom.reports import render_scanner_sheet

        settings = self.desk.in_force.settings
        return render_scanner_sheet(tuple(payloads), settings.page_size, settings.language)

    def people(self, who: Operator) -> tuple[Operator, ...]:
        """Who works here, by name."""
        demand(who, "command_codes.people")
        with self.desk.store.read() as connection:
            return lists.operators(connection)

    def issue_badges(self, who: Operator, operator_ids: Sequence[str]) -> bytes:
        """New badges for these operators as cards (PDF); the ones they had are void from now on.

        A badge's code is random and printed once: the record keeps a digest. Raises `operator_unknown`.
        """
        demand(who, "command_codes.issue_badges")
        from mailroom.domain.bench_sheets import BadgeCard
        from mailroom.reports import render_badges

        named = {one.id: one for one in self.people(who)}
        cards = []
        for operator_id in operator_ids:
            holder = named.get(operator_id)
            if holder is None:
                raise MailroomError("operator_unknown")
            code = badge_code(secrets.token_bytes(8))
            self.desk.accept(who, "badge_issued", operator_id, {"digest": badge_digest(code)})
            cards.append(BadgeCard(holder.name, spell_bench_code(code)))
        settings = self.desk.in_force.settings
        return render_badges(tuple(cards), settings.name, settings.page_size, settings.language)

    def sit_down(self, who: Operator, badge: BenchCode) -> Operator:
        """Who takes over this desk with a badge. Raises `badge_unknown`.

        A badge alone never gives more than a clerk's rights: who finds or copies a card must not become a manager.
        Whoever sits there already keeps what they have.
        """
        demand(who, "command_codes.sit_down")
        with self.desk.store.read() as connection:
            holder_id = runs.badge_holder(connection, badge_digest(badge))
        holder = next((one for one in self.people(who) if one.id == holder_id), None)
        if holder is None:
            raise MailroomError("badge_unknown")
        if holder.id == who.id:
            return who
        self.desk.accept(who, "operator_seated", holder.id, {})
        role = Role.CLERK if holder.role in (Role.MANAGER, Role.ADMIN) else holder.role
        return dataclasses.replace(holder, role=role, desk=who.desk, desk_letter=who.desk_letter)

    def _prepare(self, who: Operator) -> None:
        """The office's secret key, made once; and the services that the sheet names from now on."""
        with self.desk.store.read() as connection:
            key, printed = runs.setting(connection, _KEY), runs.setting(connection, _SERVICES)
            used = runs.recent_services(connection)
        if key is None:
            # One id for all desks: of two that print their first sheet at once, the second makes no other key.
            changes = {"changes": {_KEY: secrets.token_hex(32)}}
            self.desk.accept(who, "office_changed", "office", changes, command_id=fixed_id("office", _KEY))
        known = json.loads(printed) if printed else []
        services = known + [one for one in used if one not in known]
        if services != known:
            self.desk.accept(who, "office_changed", "office", {"changes": {_SERVICES: services[-_MOST_SERVICES:]}})
