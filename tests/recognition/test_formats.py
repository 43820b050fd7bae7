"""Every form of number, every thing that is none: a table of payloads and what they are."""

from collections.abc import Callable

import pytest

from mailroom.domain.reading import MAX_PAYLOAD, ReadingSource, Symbology
from mailroom.domain.recognition import Check, Destination, PayloadKind, Recognition, Verdict
from mailroom.recognition.decision import decide

Read = Callable[..., Recognition]
PIC = "9400111206206406260787"
MAXICODE = (
    "[)>\x1e01\x1d96841706672\x1d840\x1d001\x1d1Z00004951\x1dUPSN\x1d06X610\x1d159\x1d1234567\x1d1/1\x1d\x1dY"
    "\x1d1 MAIN ST\x1dSALT LAKE CITY\x1dUT\x1e\x04"
)


@pytest.mark.parametrize(
    "payload",
    [
        PIC,
        f"42078745{PIC}",
        f"420787451234{PIC}",
        f"]C142078745{PIC}",
        f"42078745\x1d{PIC}",
        f"]C142078745\x1d{PIC}",
        f"420787451234\x1d{PIC}",
        f"42078745<GS>{PIC}",
        f"42078745|{PIC}",
        f"\x1d42078745\x1d{PIC}\r\n",
        "(420)78745(94)00111206206406260787",
        f"K42078745{PIC}",  # a scanner's one-letter identifiers
        f"D{PIC}",
        f"I{PIC}",
        f"\x1d42078745{PIC}\x1d21ABC",  # more data behind the number
        f"4207\x1d8745{PIC}",  # a separator where none belongs
    ],
)
def test_a_usps_package_number_is_found_in_every_wrapping(read: Read, payload: str) -> None:
    best = read(payload).best
    assert best is not None
    assert (best.carrier, best.tracking_number, best.service, best.check) == ("usps", PIC, "Ground Advantage", Check.OK)


@pytest.mark.parametrize(
    ("payload", "number", "postal_code"),
    [
        ("4201028200009261290113185417468510", "9261290113185417468510", "102820000"),
        ("420102820000\x1d9261290113185417468510", "9261290113185417468510", "102820000"),
        ("4201002392001903060085300042901077", "92001903060085300042901077", "10023"),
        ("42010023\x1d92001903060085300042901077", "92001903060085300042901077", "10023"),
        ("42010023000092001903060085300042901077", "92001903060085300042901077", "100230000"),
        ("420221539101026837331000039521", "9101026837331000039521", "22153"),
        ("4202215312349101026837331000039521", "9101026837331000039521", "221531234"),
    ],
)
def test_the_zip_before_a_usps_number_has_five_or_nine_digits(
    read: Read, payload: str, number: str, postal_code: str
) -> None:
    recognition = read(payload)
    best = recognition.best
    assert best is not None
    assert [one.tracking_number for one in recognition.candidates if one.good] == [number]
    assert best.destination == recognition.destination == Destination(postal_code, "US")


def test_two_ways_to_part_zip_and_number_are_asked_about_unless_a_separator_tells(read: Read) -> None:
    # GIVEN 34 digits that hold as ZIP + 26 digits and as ZIP+4 + 22 digits, with mailers that fit both
    from mailroom.recognition.check_digits import gs1

    short = "940011120620640626078"
    assert gs1("9430" + short) == gs1(short)
    both = "42078745" + "9430" + short + gs1(short)
    # WHEN it is read THEN the clerk is asked, and a separator settles it
    decision = decide(read(both), enabled=("usps",), run_carrier="usps")
    assert (decision.verdict, decision.reason.code) == (Verdict.ASK, "several_numbers")
    for payload, length in ((both[:8] + "\x1d" + both[8:], 26), (both[:12] + "\x1d" + both[12:], 22)):
        best = read(payload).best
        assert best is not None
        assert len(best.tracking_number) == length
        assert decide(read(payload), enabled=()).verdict is Verdict.RECORD


def test_a_package_number_beats_a_fedex_code_of_the_same_length(read: Read) -> None:
    # GIVEN a USPS code of 34 digits whose last twelve also hold by FedEx's rule, with 00 before them
    from mailroom.recognition.check_digits import fedex_express, gs1

    both = []
    for serial in range(2000):
        tail = f"{serial:011d}"
        body = "94001" + "1120620"[:3] + "00" + tail
        if fedex_express(tail) == gs1(body):
            both.append("420787451234" + body + gs1(body))
    assert both
    # WHEN it is read THEN only the Postal Service is named, and with a wrong digit nobody is
    for payload in both:
        assert {one.carrier for one in read(payload).candidates} == {"usps"}
        wrong = payload[:-5] + str((int(payload[-5]) + 1) % 10) + payload[-4:]
        assert read(wrong).best is None


@pytest.mark.parametrize(
    ("payload", "carriers", "number"),
    [
        ("61299998820821171811", ["fedex", "usps"], "61299998820821171811"),
        ("61292701078443410536", ["fedex", "usps"], "61292701078443410536"),
        ("9261299998820821171811", ["fedex", "usps"], "61299998820821171811"),
        ("420112139261299998820821171811", ["fedex", "usps"], "61299998820821171811"),
        ("9261292700768711948021", ["usps", "fedex"], "9261292700768711948021"),
        ("92748931507708513018050063", ["ups", "usps"], "92748931507708513018050063"),
        ("RB123456785US", ["usps", "s10"], "RB123456785US"),
        ("RB123456785DE", ["s10"], "RB123456785DE"),
    ],
)
def test_two_carriers_of_one_piece_count_as_one(read: Read, payload: str, carriers: list[str], number: str) -> None:
    good = [one for one in read(payload).candidates if one.good]
    assert [one.carrier for one in good] == carriers
    assert len({one.piece for one in good}) == 1
    assert good[0].tracking_number == number


def test_the_number_of_the_partner_is_the_whole_package_number(read: Read) -> None:
    usps = read("61299998820821171811").candidates[1]
    assert (usps.carrier, usps.tracking_number) == ("usps", "9261299998820821171811")


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ("9400111899560415226044", "7"),
        ("1Z999AA10123456783", "4"),
        ("986578788854", "5"),
        ("RB123456786US", "5"),
        ("041441760228965", "4"),
    ],
)
def test_a_wrong_check_digit_is_offered_and_never_good(read: Read, payload: str, expected: str) -> None:
    recognition = read(payload)
    assert recognition.kind is PayloadKind.TRACKING
    assert recognition.best is None
    first = recognition.candidates[0]
    assert (first.check, first.expected_check) == (Check.BAD, expected)
    assert dict(first.why.facts) == {
        "read": payload[10] if payload[-1].isalpha() else payload[-1],
        "expected": expected,
    }


def test_an_old_label_names_both_digits_that_would_hold(read: Read) -> None:
    first = read("03071790000523483742").candidates[0]
    assert (first.check, first.expected_check) == (Check.BAD, "13")


def test_an_old_label_of_an_unknown_service_is_weak(read: Read) -> None:
    first = read("99071790000523483748").candidates[0]
    assert (first.check, first.weak, first.why.code) == (Check.OK, True, "service_unknown")


def test_a_mailer_that_does_not_fit_the_label_makes_a_number_weak(read: Read) -> None:
    from mailroom.recognition.check_digits import gs1

    for body in ("920011206206406260781", "930019206206406260781"):
        first = read(body + gs1(body)).candidates[0]
        assert (first.check, first.weak, first.why.code) == (Check.OK, True, "mailer_unusual")


def test_a_fedex_code_with_more_digits_than_fedex_uses_is_weak(read: Read) -> None:
    from mailroom.recognition.check_digits import fedex_express, fedex_express_long

    body = "1277901797269"
    assert fedex_express(body[2:]) != fedex_express_long(body)
    for digit in (fedex_express_long(body), fedex_express(body[2:])):
        for head in ("10019213342500010003", "96220015600012345671"):
            first = read(f"{head}{body}{digit}").candidates[0]
            assert first.carrier == "fedex"
            right = digit == fedex_express_long(body)
            assert (first.check, first.weak) == ((Check.OK, True) if right else (Check.BAD, False))
            assert not right or first.why.code == "unusual_places"


def test_twelve_digits_in_a_square_code_are_weak(read: Read) -> None:
    first = read(("986578788855", Symbology.QR)).candidates[0]
    assert (first.weak, first.why.code) == (True, "unusual_code")
    assert read(("986578788855", Symbology.CODE128)).best is not None


@pytest.mark.parametrize("payload", ["0" * n for n in (1, 5, 10, 12, 14, 15, 18, 20, 22, 26, 30, 34)])
def test_zeros_are_never_a_number(read: Read, payload: str) -> None:
    recognition = read(payload)
    assert recognition.candidates == ()
    assert recognition.reason.code == "all_zeros"


@pytest.mark.parametrize("payload", ["1Z0000000000000000", "RR000000005US", "0001921334250001000300000000000000"])
def test_nor_are_zeros_in_a_form(read: Read, payload: str) -> None:
    assert read(payload).candidates == ()


@pytest.mark.parametrize(
    ("payload", "destination", "reason"),
    [
        ("42078745", Destination("78745", "US"), "postal_code"),
        ("]C142078745", Destination("78745", "US"), "postal_code"),
        ("420787451234", Destination("787451234", "US"), "postal_code"),
        ("]C1420787451234", Destination("787451234", "US"), "postal_code"),
        ("(420)78745", Destination("78745", "US"), "postal_code"),
        ("420K1A0B1", Destination("K1A0B1", "CA"), "postal_code"),
        ("421124K1A0B1", Destination("K1A0B1", "CA"), "postal_code"),
        ("42184078745", Destination("78745", "US"), "postal_code"),
        ("00000123450000000027", Destination(), "container_code"),
        ("2LUS10001+48000001", Destination("10001", "US"), "routing_code"),
        ("2LCZ14900+72000002", Destination("14900", "CZ"), "routing_code"),
        ("[)>\x1e01\x1d96841706672\x1d840\x1d001\x1d1Z00004952\x1dUPSN\x1d06X610\x1e\x04", None, "number_incomplete"),
        ("ATDF" * 16 + "A", Destination(), "letter_barcode"),
    ],
)
def test_codes_that_only_tell_the_way(read: Read, payload: str, destination: Destination | None, reason: str) -> None:
    recognition = read(payload)
    assert recognition.kind is PayloadKind.ROUTING
    assert recognition.best is None
    assert recognition.destination == (destination or Destination("841706672", "US"))
    assert recognition.reason.code == reason


def test_a_container_with_its_postal_code_in_one_square_code(read: Read) -> None:
    recognition = read(("0010614141234567890842078745", Symbology.DATA_MATRIX))
    assert (recognition.kind, recognition.reason.code) == (PayloadKind.ROUTING, "container_code")
    assert (recognition.destination, recognition.candidates) == (Destination("78745", "US"), ())


def test_a_number_of_sixteen_digits_is_no_product_for_a_look_of_one(read: Read) -> None:
    # GIVEN a Canada Post number that begins with 01, and one misread digit that makes a product's number of it
    from mailroom.recognition.check_digits import gs1

    body = "01040063813339"
    sound = next(f"{body}{one}{gs1(body + str(one))}" for one in range(10))
    assert read((sound, Symbology.CODE128)).candidates[0].carrier == "canada_post"
    # THEN it stays a number whose check digit is wrong, where nothing says that it is a GS1 code
    assert read("0104006381333931").candidates[0].check is Check.BAD


def test_a_letters_bar_code_gives_its_zip(read: Read) -> None:
    recognition = read(("01234567094987654321012345678", Symbology.IMB))
    assert (recognition.kind, recognition.destination) == (PayloadKind.ROUTING, Destination("012345678", "US"))


def test_a_postal_code_that_could_be_fedex_is_weak_unless_marked_as_gs1(read: Read) -> None:
    from mailroom.recognition.check_digits import fedex_express

    body = "42078745123"
    payload = body + fedex_express(body)
    first = read(payload).candidates[0]
    assert (first.carrier, first.weak, first.why.code) == ("fedex", True, "routing_twin")
    assert read("]C1" + payload).candidates == ()


@pytest.mark.parametrize(
    "code",
    [
        "036000291452",
        "4006381333931",
        "96385074",
        "10012345678902",
        "ISBN 978-3-16-148410-0",
        "080442957X",
        "]C10110012345678902",
        "(01)10012345678902(21)ABC",
        "https://id.gs1.org/01/09506000134352",
        "https://example.org/01/09506000134352/10/ABC?x=1",
        ("036000291452", Symbology.UPCA),
        ("0036000291452", Symbology.EAN13),
        ("986578788855", Symbology.UPCA),  # FedEx's check digit would hold
        ("96385074", Symbology.EAN8),
        ("10012345678902", Symbology.ITF),
        "0-306-40615-2",
        ("0104006381333931", Symbology.CODE128),  # the decoder tells no FNC1
        ("010400638133393110LOT7", Symbology.DATA_MATRIX),
        ("010400638133393117261231\x1d21EVIL", Symbology.QR),
    ],
)
def test_products(read: Read, code: str | tuple[str, Symbology]) -> None:
    recognition = read(code)
    assert recognition.kind is PayloadKind.PRODUCT
    assert not [one for one in recognition.candidates if one.check is not Check.NONE]
    assert decide(recognition, enabled=("fedex", "dhl")).verdict is Verdict.REFUSE


def test_a_run_for_the_carrier_takes_a_product_number_of_the_carriers_length(read: Read) -> None:
    recognition = read("10012345678902")
    assert [one.carrier for one in recognition.candidates] == ["dhl"]
    assert decide(recognition, enabled=(), run_carrier="dhl").verdict is Verdict.RECORD


def test_twelve_digits_that_hold_as_a_product_too_are_asked_about_unless_typed(read: Read) -> None:
    from mailroom.recognition.check_digits import fedex_express, gs1

    payload = next(
        body + gs1(body) for body in map("9865787{:04d}".format, range(10_000)) if gs1(body) == fedex_express(body)
    )
    scanned, typed = read(payload), read(payload, source=ReadingSource.TYPED)
    assert (scanned.best, scanned.candidates[0].why.code) == (None, "product_twin")
    assert typed.best is not None
    assert read((payload, Symbology.CODE128)).best is not None


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ("https://evil.test/login", "text_link"),
        ("HTTP://WWW.EXAMPLE.ORG/9400111206206406260787", "text_link"),
        ("www.example.org", "text_link"),
        ("BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nEND:VCARD", "text_contact"),
        ("begin:vcard", "text_contact"),
        ("MECARD:N:Ana;;", "text_contact"),
        ("WIFI:T:WPA;S:net;P:secret;;", "text_wifi"),
        ("mailto:a@example.org", "text_mail"),
        ("a.b@example.org", "text_mail"),
        ("MR:OP:1", "text_bench_code"),
        ("MR:CMD:DELETE", "text_bench_code"),
        ("Attention: loading dock", "text_words"),
        ("Please leave at the desk", "text_words"),
    ],
)
def test_texts(read: Read, payload: str, reason: str) -> None:
    recognition = read(payload)
    assert (recognition.kind, recognition.reason.code) == (PayloadKind.TEXT, reason)
    assert recognition.candidates == ()


@pytest.mark.parametrize(
    ("code", "kind", "reason"),
    [
        ("", PayloadKind.UNKNOWN, "nothing_read"),
        (" \t\r\n", PayloadKind.UNKNOWN, "nothing_read"),
        ("\x1d", PayloadKind.UNKNOWN, "nothing_read"),
        ("]C1", PayloadKind.UNKNOWN, "nothing_read"),
        ("AB\x00CD", PayloadKind.UNKNOWN, "not_a_tracking_number"),
        ("\ud800", PayloadKind.UNKNOWN, "not_a_tracking_number"),
        ("\ud8001Z879E930346834440", PayloadKind.UNKNOWN, "not_a_tracking_number"),
        ("١٢٣٤٥٦٧٨٩٠١٢", PayloadKind.UNKNOWN, "not_a_tracking_number"),
        ("ORD-77", PayloadKind.UNKNOWN, "not_a_tracking_number"),
        ("\x01\x07\x7f\x90", PayloadKind.UNKNOWN, "binary_data"),
        ("[)>\x1e06\x1dP123\x1e\x04", PayloadKind.UNKNOWN, "unknown_message"),
        ("9" * (MAX_PAYLOAD + 1), PayloadKind.UNKNOWN, "payload_too_long"),
        ("9" * MAX_PAYLOAD, PayloadKind.UNKNOWN, "not_a_tracking_number"),
        ("9" * 1_000_000, PayloadKind.UNKNOWN, "payload_too_long"),
        (("1234567890", Symbology.ITF), PayloadKind.UNKNOWN, "itf_fragment"),
        (("986578788855", Symbology.ITF), PayloadKind.UNKNOWN, "itf_fragment"),
        (f"{PIC}\n{PIC}", PayloadKind.UNKNOWN, "not_a_tracking_number"),
    ],
)
def test_what_is_nothing_at_all(read: Read, code: str, kind: PayloadKind, reason: str) -> None:
    recognition = read(code)
    assert (recognition.kind, recognition.reason.code, recognition.candidates) == (kind, reason, ())
