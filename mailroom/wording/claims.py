"""The words of claims: states, steps, documents, remedies, shots of a photo plan, and examples of good descriptions."""

from mailroom.domain.claim_clock import ClockState, InquiryAction
from mailroom.domain.claim_life import ClaimState, Remedy
from mailroom.domain.claims import ClaimKind, RuleDocument
from mailroom.domain.photo_plan import Shot
from mailroom.wording import _, mark

_STATES = {
    ClaimState.PREPARING: mark("Preparing"),
    ClaimState.READY: mark("Ready"),
    ClaimState.FILED: mark("Filed"),
    ClaimState.DOCUMENTS_ASKED: mark("Documents asked"),
    ClaimState.APPROVED: mark("Approved"),
    ClaimState.PART: mark("Approved in part"),
    ClaimState.DENIED: mark("Denied"),
    ClaimState.APPEAL_1: mark("First appeal"),
    ClaimState.APPEAL_2: mark("Second appeal"),
    ClaimState.PAID: mark("Paid"),
    ClaimState.CLOSED: mark("Closed"),
}
_ACTS = {
    ClaimState.PREPARING: mark("Prepare again"),
    ClaimState.READY: mark("Mark as ready"),
    ClaimState.FILED: mark("Mark as filed"),
    ClaimState.DOCUMENTS_ASKED: mark("Documents were asked for"),
    ClaimState.APPROVED: mark("Approved"),
    ClaimState.PART: mark("Approved in part"),
    ClaimState.DENIED: mark("Denied"),
    ClaimState.APPEAL_1: mark("Appeal"),
    ClaimState.APPEAL_2: mark("Appeal again"),
    ClaimState.PAID: mark("Paid"),
    ClaimState.CLOSED: mark("Close"),
}
_STEPS = (
    mark("Preparing"),
    mark("Ready"),
    mark("Filed"),
    mark("Documents asked"),
    mark("Decision"),
    mark("Appeal"),
    mark("Paid"),
)
_KINDS = {
    ClaimKind.LOSS: mark("Loss"),
    ClaimKind.DAMAGE: mark("Damage"),
    ClaimKind.MISSING: mark("Missing contents"),
}
_REMEDIES = {
    Remedy.PAY: mark("Payment of the amount"),
    Remedy.REFUND: mark("Refund of the postage"),
    Remedy.RESHIP: mark("Shipping the goods again"),
}
_DOCUMENTS = {
    RuleDocument.CLAIM_FORM: mark("Claim form"),
    RuleDocument.PROOF_OF_MAILING: mark("Proof of mailing"),
    RuleDocument.PROOF_OF_INSURANCE: mark("Proof of insurance"),
    RuleDocument.PROOF_OF_VALUE: mark("Proof of value"),
    RuleDocument.TRACKING_HISTORY: mark("Tracking history"),
    RuleDocument.PHOTOGRAPHS: mark("Photographs"),
    RuleDocument.REPAIR_ESTIMATE: mark("Repair estimate"),
    RuleDocument.CONTACT_LOG: mark("Inquiry and contact log"),
    RuleDocument.RECIPIENT_STATEMENT: mark("Recipient’s statement"),
    RuleDocument.CUSTOMS_PAPERS: mark("Customs papers"),
    RuleDocument.GOODS_DESCRIPTION: mark("Description of the goods"),
    RuleDocument.SERIAL_NUMBERS: mark("Serial numbers"),
    RuleDocument.KEEP_GOODS: mark("Goods and packing kept"),
}
_SHOTS = {
    Shot.ITEM: mark("The damaged item"),
    Shot.IN_BOX: mark("The item in its box with the original cushioning"),
    Shot.PACKING: mark("The packing material"),
    Shot.LABEL: mark("The shipping label close up, its number readable"),
    Shot.CERTIFICATE: mark("The box maker’s certificate on the box"),
    Shot.TOP: mark("The box from above with two of its sides"),
    Shot.BOTTOM: mark("The box from below with the other two sides"),
}
_EXAMPLES = {
    "electronics": mark("Harlow K2 keyboard, US layout, grey, serial 4K2-88120"),
    "clothes": mark("Brindle wool coat, women’s size M, navy"),
    "papers": mark("Deed of sale, original, 12 pages, notarised"),
    "parts": mark("Set screw kit M4, 40 pieces, steel"),
    "goods": mark("Bellweather desk lamp, model L3, brass, 1 piece"),
}
_CLOCKS = {
    ClockState.NO_RULE: mark("No rule on record"),
    ClockState.NO_DAYS: mark("No fixed days"),
    ClockState.NOT_YET: mark("Not yet"),
    ClockState.OPEN: mark("Open"),
    ClockState.CLOSING: mark("Closing"),
    ClockState.MISSED: mark("Closed"),
    ClockState.FILED: mark("Filed"),
}
_ACTIONS = {
    InquiryAction.HELP_REQUEST: mark("Help request"),
    InquiryAction.MISSING_MAIL: mark("Missing Mail search"),
    InquiryAction.INQUIRY: mark("International inquiry"),
    InquiryAction.TRACE: mark("Trace"),
    InquiryAction.REFUND: mark("Refund"),
    InquiryAction.PROOF_REQUEST: mark("Request for proof of delivery"),
}


def state_word(state: ClaimState) -> str:
    """Where a claim stands, in a word or two."""
    return _(_STATES[state])


def act_word(state: ClaimState) -> str:
    """What a button says that takes a claim into a state."""
    return _(_ACTS[state])


def step_words() -> tuple[str, ...]:
    """The steps of a claim as its page shows them."""
    return tuple(_(one) for one in _STEPS)


def kind_title(kind: ClaimKind) -> str:
    """`Loss`, `Damage`, `Missing contents`."""
    return _(_KINDS[kind])


def remedy_words(remedy: Remedy) -> str:
    """What is asked for."""
    return _(_REMEDIES[remedy])


def document_word(document: RuleDocument) -> str:
    """The name of a document on the checklist."""
    return _(_DOCUMENTS[document])


def shot_caption(shot: Shot) -> str:
    """What a photograph of the plan shows."""
    return _(_SHOTS[shot])


def example_of(group: str) -> str:
    """A description of goods that says enough."""
    return _(_EXAMPLES.get(group, _EXAMPLES["goods"]))


def clock_word(state: ClockState) -> str:
    """Where a clock stands, in a word or two."""
    return _(_CLOCKS[state])


def action_word(action: InquiryAction) -> str:
    """What a carrier wants asked."""
    return _(_ACTIONS[action])
