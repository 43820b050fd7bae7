"""Names of services: from the table of USPS codes, and from the other carriers' own."""

import csv
import subprocess
import sys

import pytest

from mailroom import resources
from mailroom.carriers import usps


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("001", "Ground Advantage"),
        ("346", "Ground Advantage"),
        ("055", "Priority Mail"),
        ("701", "Priority Mail Express"),
        ("817", "Priority Mail Express, Signature Requested"),
        ("071", "First-Class Mail, Certified Mail"),
        ("147", "First-Class Mail, Certified Mail, Return Receipt"),
        ("148", "First-Class Mail, Certified Mail, Electronic Return Receipt"),
        ("149", "First-Class Mail, Certified Mail Restricted Delivery"),
        ("522", "First-Class Mail, Registered Mail, Return Receipt"),
        ("061", "Priority Mail, Insured over $500"),
        ("108", "Priority Mail, Signature Confirmation"),
        ("019", "Priority Mail Return"),
        ("612", "Parcel Select"),
        ("909", "Return Receipt Card"),
        ("000", ""),
        ("", ""),
    ],
)
def test_usps_services(code: str, name: str) -> None:
    assert usps.service_name(code) == name


def test_the_table_is_whole() -> None:
    with resources.file("rules/usps_service_codes.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 342
    assert list(rows[0]) == ["code", "product", "variant", "services", "as_of", "source"]
    assert len({row["code"] for row in rows}) == len(rows)
    assert all(len(row["code"]) == 3 and row["code"].isdigit() and row["product"] for row in rows)
    assert {row["as_of"] for row in rows} == {"2026-06-24"}
    assert not [row for row in rows if "USPS" in row["product"]]


def test_the_table_is_not_read_before_a_usps_code_needs_a_name() -> None:
    script = (
        "import sys\n"
        "from mailroom.carriers import all_carriers\n"
        "from mailroom.recognition import as_json, decision, recogniser\n"
        "all_carriers()\n"
        "print('csv' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "False"
