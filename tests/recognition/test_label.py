"""All codes of one label: the tracking code is chosen, the others help or object."""

from collections.abc import Callable

from mailroom.domain.reading import Symbology
from mailroom.domain.recognition import Destination, PayloadKind, Recognition, Verdict
from mailroom.recognition.decision import decide

Read = Callable[..., Recognition]
PIC = "9400111206206406260787"
CARD = "9590940200000000000008"
MAXICODE = "[)>\x1e01\x1d96841706672\x1d840\x1d001\x1d1Z00004951\x1dUPSN\x1d06X610\x1d159\x1e\x04"
PDF417 = "[)>\x1e01\x1d0238017\x1d840\x1d019\x1d9865787888550201\x1dFDE\x1d1234567\x1e\x04"


def test_the_tracking_code_is_chosen_and_the_routing_code_gives_the_zip(read: Read) -> None:
    label = read("42084170", "https://www.ups.com", "036000291452", "1Z06X6100100004951")
    assert label.kind is PayloadKind.TRACKING
    assert label.best is not None
    assert (label.best.tracking_number, label.best.reading_index) == ("1Z06X6100100004951", 3)
    assert label.best.destination == label.destination == Destination("84170", "US")
    assert label.text == "1Z06X6100100004951"


def test_the_maxicode_of_the_same_parcel_confirms_and_completes(read: Read) -> None:
    label = read("1Z06X6100100004951", (MAXICODE, Symbology.MAXICODE), "42084170")
    assert len(label.candidates) == 1
    assert label.candidates[0].destination == Destination("841706672", "US")
    assert decide(label, enabled=()).verdict is Verdict.RECORD


def test_the_maxicode_of_another_parcel_makes_it_a_question(read: Read) -> None:
    label = read("1Z879E930346834440", (MAXICODE, Symbology.MAXICODE))
    decision = decide(label, enabled=("ups",))
    assert (decision.verdict, decision.reason.code) == (Verdict.ASK, "several_numbers")


def test_a_maxicode_without_proof_still_objects(read: Read) -> None:
    unproven = MAXICODE.replace("06X610", "06X611")
    assert decide(read("1Z06X6100100004951", unproven), enabled=()).verdict is Verdict.RECORD
    decision = decide(read("1Z879E930346834440", unproven), enabled=(), run_carrier="ups")
    assert (decision.verdict, decision.reason.code) == (Verdict.ASK, "codes_disagree")


def test_the_pdf417_of_fedex_joins_the_long_linear_code(read: Read) -> None:
    label = read((PDF417, Symbology.PDF417), "1001921334250001000300986578788855")
    assert [(one.carrier, one.tracking_number, one.service_code) for one in label.candidates] == [
        ("fedex", "986578788855", "019")
    ]
    assert label.best is not None
    assert label.best.service == "Express"


def test_a_certified_piece_with_its_green_card_is_one_piece(read: Read) -> None:
    label = read(CARD, PIC)
    assert [(one.tracking_number, one.role) for one in label.candidates] == [(PIC, "primary"), (CARD, "return_receipt")]
    decision = decide(label, enabled=())
    assert decision.verdict is Verdict.RECORD
    assert decision.candidate is not None
    assert decision.candidate.tracking_number == PIC


def test_both_numbers_of_a_surepost_label_are_one_piece(read: Read) -> None:
    label = read(f"42078745{PIC}", "1ZXX3150YW44070023")
    decision = decide(label, enabled=("usps",))
    assert decision.verdict is Verdict.RECORD
    assert decision.candidate is not None
    assert (decision.candidate.carrier, decision.candidate.service) == ("ups", "SurePost")
    assert [(one.carrier, one.role) for one in label.candidates] == [("ups", "primary"), ("usps", "partner")]


def test_two_tracking_numbers_are_a_question(read: Read) -> None:
    for enabled in ((), ("usps",), ("usps", "ups")):
        decision = decide(read(PIC, "1Z879E930346834440"), enabled=enabled, run_carrier="usps")
        assert (decision.verdict, decision.reason.code, len(decision.choices)) == (Verdict.ASK, "several_numbers", 2)


def test_the_same_number_twice_is_one(read: Read) -> None:
    label = read(PIC, f"42078745{PIC}", f"]C142078745\x1d{PIC}")
    assert len(label.candidates) == 1
    assert label.candidates[0].destination == Destination("78745", "US")


def test_a_misread_second_code_does_not_stop_a_sound_one(read: Read) -> None:
    label = read("9400111206206406260788", PIC)
    assert label.best is not None
    assert label.best.tracking_number == PIC
    assert decide(label, enabled=()).verdict is Verdict.RECORD


def test_a_label_without_tracking_code_is_what_its_most_telling_code_is(read: Read) -> None:
    label = read("036000291452", "42078745", "https://example.org")
    assert (label.kind, label.destination) == (PayloadKind.ROUTING, Destination("78745", "US"))
    assert read("zzz", "036000291452").kind is PayloadKind.PRODUCT


def test_no_reading_at_all_is_answered_too(read: Read) -> None:
    nothing = read()
    assert (nothing.kind, nothing.reason.code, nothing.candidates) == (PayloadKind.UNKNOWN, "nothing_read", ())


def test_the_postal_service_delivers_for_dhl_ecommerce(read: Read) -> None:
    label = read("GM2951173225174494", f"42078745{PIC}")
    assert [(one.carrier, one.role) for one in label.candidates] == [("dhl", "primary"), ("usps", "partner")]
    assert label.destination == Destination("78745", "US")


def test_a_carriers_own_code_settles_digits_that_two_carriers_share(read: Read) -> None:
    number = "287809468872"
    assert len({one.piece for one in read(number).candidates if one.good}) == 2
    label = read(number, f"[)>\x1e01\x1d0238017\x1d840\x1d019\x1d{number}0201\x1dFDE\x1d1\x1e\x04")
    assert [one.carrier for one in label.candidates] == ["fedex"]
