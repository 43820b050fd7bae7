"""Claims on record: opened with a number, changed until filed, moved on by allowed steps; the rules' own history."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect

from mailroom.domain.claim_life import ClaimFilter, ClaimItem, ClaimState, ClaimTerms
from mailroom.domain.claim_payloads import rule_json, terms_json
from mailroom.domain.claim_rules import parse_rules
from mailroom.domain.claims import ClaimKind
from mailroom.domain.money import Money
from mailroom.errors import MailroomError
from mailroom.store import Accepted, Store, open_store, rebuild, schema, sqlite
from mailroom.store.claims import claim, claims, counts, moves, rule_changes
from mailroom.store.columns import metadata

TERMS = ClaimTerms(ClaimKind.LOSS, (ClaimItem("Harlow HB-40 mount, black", 2, Money(100_000)),), postage=Money(18_350))


def opened(make: Any, claim_id: str, shipment_id: str, terms: ClaimTerms = TERMS) -> Any:
    payload = {"shipment_id": shipment_id, "year": 2026, "letter": "A", "terms": terms_json(terms)}
    return make.command("claim_opened", claim_id, payload | {"event": make.event("claim", facts={"act": "opened"})})


def moved(make: Any, claim_id: str, before: str, state: str, **more: Any) -> Any:
    payload = {"before": before, "state": state, "on": "2026-11-20", "event": make.event("claim")} | more
    return make.command("claim_moved", claim_id, payload)


def test_a_claim_gets_a_number_and_its_demand_is_added_up(store: Store, make: Any, recorded: Accepted) -> None:
    accepted = store.accept(opened(make, "c1", recorded.command.subject))

    assert accepted.result["number"] == "CLM-2026-A0001"
    with store.read() as connection:
        row = claim(connection, "c1")
        assert (row.claim.state, row.claim.version) == (ClaimState.PREPARING, 1)
        assert row.claim.terms == TERMS
        assert row.claim.demanded == row.claim.expected == Money(218_350)
        assert (row.carrier, row.tracking_number) == ("usps", "9400100000000000000001")


def test_a_claim_goes_from_filing_to_payment(store: Store, make: Any, recorded: Accepted) -> None:
    store.accept(opened(make, "c1", recorded.command.subject))
    store.accept(moved(make, "c1", "preparing", "filed", reference="R-77"))
    store.accept(moved(make, "c1", "filed", "denied", note="Value not proven", on="2026-11-22"))
    store.accept(moved(make, "c1", "denied", "appeal_1"))
    store.accept(moved(make, "c1", "appeal_1", "part", money={"mills": 100_000, "currency": "USD"}))
    store.accept(moved(make, "c1", "part", "paid"))

    with store.read() as connection:
        found = claim(connection, "c1").claim
        assert (found.state, found.reference, found.appeals) == (ClaimState.PAID, "R-77", 1)
        assert (str(found.filed_on), str(found.decided_on)) == ("2026-11-20", "2026-11-20")
        assert found.expected == found.received == Money(100_000)
        assert [one.state.value for one in moves(connection, "c1")] == ["filed", "denied", "appeal_1", "part", "paid"]
        assert moves(connection, "c1")[1].note == "Value not proven"
        assert counts(connection, ClaimFilter()) == {ClaimState.PAID: 1}


@pytest.mark.parametrize(
    ("before", "state", "code"),
    [
        ("preparing", "paid", "claim_move_not_possible"),
        ("preparing", "appeal_1", "claim_move_not_possible"),
        ("filed", "denied", "claim_moved_meanwhile"),
    ],
)
def test_a_step_that_does_not_follow_is_refused(
    store: Store, make: Any, recorded: Accepted, before: str, state: str, code: str
) -> None:
    store.accept(opened(make, "c1", recorded.command.subject))
    with pytest.raises(MailroomError) as caught:
        store.accept(moved(make, "c1", before, state))
    assert caught.value.code == code


def test_a_claim_is_appealed_at_most_twice(store: Store, make: Any, recorded: Accepted) -> None:
    store.accept(opened(make, "c1", recorded.command.subject))
    steps = ("filed", "denied", "appeal_1", "denied", "appeal_2", "denied")
    before = "preparing"
    for state in steps:
        store.accept(moved(make, "c1", before, state, reference="R-1"))
        before = state
    with pytest.raises(MailroomError) as caught:
        store.accept(moved(make, "c1", "denied", "appeal_1"))
    assert caught.value.code == "claim_move_not_possible"


def test_a_filed_claim_is_not_changed(store: Store, make: Any, recorded: Accepted) -> None:
    store.accept(opened(make, "c1", recorded.command.subject))
    change = {"terms": terms_json(ClaimTerms(ClaimKind.DAMAGE)), "event": make.event("claim")}
    store.accept(make.command("claim_changed", "c1", change, base_version=1))
    with pytest.raises(MailroomError) as stale:
        store.accept(make.command("claim_changed", "c1", change, base_version=1))
    store.accept(moved(make, "c1", "preparing", "filed", reference="R-1"))
    with pytest.raises(MailroomError) as filed:
        store.accept(make.command("claim_changed", "c1", change, base_version=3))

    assert (stale.value.code, filed.value.code) == ("claim_changed_meanwhile", "claim_filed_already")


def test_claims_are_found_by_what_is_known_of_them(store: Store, make: Any, recorded: Accepted) -> None:
    other = store.accept(make.piece("1Z2", carrier="ups", fields={"recipient": {"name": "Zoë Brandt"}}))
    store.accept(opened(make, "c1", recorded.command.subject))
    store.accept(opened(make, "c2", other.command.subject))
    with store.read() as connection:

        def numbers(**wanted: Any) -> list[str]:
            return [one.claim.number for one in claims(connection, ClaimFilter(**wanted), 0)]

        assert numbers() == ["CLM-2026-A0002", "CLM-2026-A0001"]
        assert numbers(text="zoe br") == numbers(carriers=("ups",)) == ["CLM-2026-A0002"]
        assert numbers(text="clm2026a0001") == numbers(shipment_id=recorded.command.subject) == ["CLM-2026-A0001"]
        assert numbers(states=(ClaimState.PAID,)) == []


def test_own_versions_of_a_rule_are_kept_all(store: Store, make: Any) -> None:
    header = "id,carrier,title,services,without,kind,clock,earliest_day,latest_day,appeal_days,cover_mills,currency"
    row = "x,ups,UPS,,,loss,mailing,1,60,,100000,USD,proof_of_value,a page,,high,2026-03-01,,2026-02-01"
    (rule,) = parse_rules(
        f"{header},documents,source,appeal_source,confidence,effective_from,effective_to,checked_on\n{row}"
    )
    store.accept(make.command("rule_changed", "x", {"rule": rule_json(rule), "note": "new tariff"}))
    store.accept(make.command("rule_changed", "x", {"rule": None, "note": ""}))
    with store.read() as connection:
        kept = rule_changes(connection, "x")

    assert [one.rule for one in kept] == [rule, None]
    assert kept[0].note == "new tariff"


def prepared(make: Any, shipment_id: str) -> Any:
    value = {
        "number": "CLM-2026-A0001",
        "shipment_id": shipment_id,
        "kind": "loss",
        "amount": {"mills": 120_000, "currency": "USD"},
        "contents": "Field camera, model K2",
        "missing": [["A", "the counter was closed"]],
        "carrier_case_number": "R-9",
    }
    return make.command("claim_prepared", "c1", {"claim": value, "event": make.event("claim")})


def test_a_claim_prepared_in_one_go_is_a_claim_on_record(store: Store, make: Any, recorded: Accepted) -> None:
    store.accept(prepared(make, recorded.command.subject))
    with store.read() as connection:
        found = claim(connection, "c1").claim

    assert (found.number, found.state, found.reference) == ("CLM-2026-A0001", ClaimState.PREPARING, "R-9")
    assert found.demanded == Money(120_000)
    assert found.terms.items[0].description == "Field camera, model K2"
    assert found.terms.answers[0].because == "the counter was closed"


def as_of(revision: str, new: Path, old: Path) -> None:
    """A file as an earlier version kept it: the tables of that time, with the rows that stand in a file of today."""
    from alembic import command
    from alembic.config import Config

    sqlite.make_file(old)
    engine = sqlite.writer(old, exclusive=False)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(schema.__file__).with_name("migrations")))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        names = inspect(connection).get_table_names()
        columns = {name: [one["name"] for one in inspect(connection).get_columns(name)] for name in names}
    engine.dispose()
    raw = sqlite.driver().connect(str(old))  # foreign keys are not watched here: the tables come in any order
    raw.execute("ATTACH ? AS today", (str(new),))
    for name, found in columns.items():
        if name in metadata.tables:
            listed = ", ".join(found)
            raw.execute(f"INSERT INTO main.{name} ({listed}) SELECT {listed} FROM today.{name}")
    raw.execute(f"PRAGMA application_id = {sqlite.APPLICATION_ID}")
    raw.execute(f"PRAGMA user_version = {int(revision.removeprefix(schema.PREFIX))}")
    raw.commit()
    raw.close()


def test_claims_of_an_older_database_are_taken_over(tmp_path: Path, make: Any) -> None:
    # GIVEN a file as it was before claims stood on record, with one that was prepared
    store = open_store("", profile=tmp_path / "today")
    piece = store.accept(make.piece())
    store.accept(prepared(make, piece.command.subject))
    with store.read() as connection:
        wanted = claim(connection, "c1")
    store.close()
    old = tmp_path / "old" / "mailroom.sqlite"
    old.parent.mkdir()
    as_of("mail0002", tmp_path / "today" / "mailroom.sqlite", old)
    # WHEN it is opened
    store = open_store("", profile=tmp_path / "old")
    # THEN the claim is there, as a record made from the commands would have it
    with store.read() as connection:
        assert claim(connection, "c1") == wanted
        again = open_store("", profile=tmp_path / "again")
        rebuild.replay(connection, again)
        with again.read() as other:
            assert list(rebuild.differences(connection, other)) == []
        again.close()
    assert sqlite.version_of(old) == schema.VERSION
    store.close()
