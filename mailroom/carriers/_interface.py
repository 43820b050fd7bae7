"""What a carrier's tracking interface is: how it is asked, how its answer is read, how often it may be asked."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from mailroom.domain.status import Status
from mailroom.domain.tracking import Outcome, ProofFile, TrackAnswer

Keys = Mapping[str, str]  # by the names in `Interface.key_names`


@dataclass(frozen=True, slots=True)
class Request:
    """One call, without the address of the host: path, query, headers, body, and the numbers that it asks about."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How often the carrier wants to be asked at most; 0 is no limit."""

    per_hour: int = 0
    per_day: int = 0
    per_piece_day: int = 0
    gap: float = 1.0  # seconds between two calls
    quiet_zone: str = ""  # IANA zone of the hours in which it is not asked
    quiet_from: int = 0  # hour of the day
    quiet_until: int = 0
    kept_days: int = 0  # how long the carrier keeps a piece's events; 0: unknown


@dataclass(frozen=True, slots=True)
class AnswerExample:
    """A body with its HTTP status, and what must come of it for its first number."""

    name: str
    body: bytes
    outcome: Outcome
    http_status: int = 200
    number: str = ""
    status: Status = Status.UNKNOWN
    events: int = 0
    happened: tuple[str, ...] = ()  # newest first, as they are shown
    headers: tuple[tuple[str, str], ...] = ()


def basic(keys: Keys, user: str, secret: str = "") -> str:
    """The value of an `Authorization` header by the keys that hold name and password."""
    pair = f"{keys.get(user, '')}:{keys.get(secret, '')}"
    return "Basic " + base64.b64encode(pair.encode()).decode()


def _no_token(_keys: Keys) -> Request | None:
    return None


def _no_headers(_keys: Keys) -> tuple[tuple[str, str], ...]:
    return ()


def _no_next(_body: bytes, _request: Request) -> Request | None:
    return None


def _no_proof(_number: str, _keys: Keys) -> Request | None:
    return None


def _no_proof_file(_body: bytes) -> tuple[ProofFile, ...]:
    return ()


@dataclass(frozen=True, slots=True, eq=False)
class Interface:
    """One carrier's (or aggregator's) tracking interface; pure, it never opens a connection."""

    id: str
    name: str
    serves: frozenset[str]  # ids of the carriers whose numbers it knows; empty: any
    address: str  # the host's address, with the path that all calls share
    key_names: tuple[str, ...]  # the last one is the secret one
    build_requests: Callable[[Sequence[str], Keys], tuple[Request, ...]]
    parse: Callable[[bytes, int, Mapping[str, str]], tuple[TrackAnswer, ...]]
    numbers_a_call: int = 1
    batch_size: int = 0  # numbers in one call where the office chose batches; 0: it has no choice
    limits: Limits = field(default_factory=Limits)
    build_token_request: Callable[[Keys], Request | None] = _no_token
    own_headers: Callable[[Keys], tuple[tuple[str, str], ...]] = _no_headers  # where a key goes into a header
    next_request: Callable[[bytes, Request], Request | None] = _no_next
    build_proof_request: Callable[[str, Keys], Request | None] = _no_proof
    parse_proof: Callable[[bytes], tuple[ProofFile, ...]] = _no_proof_file
    token_scope: str = ""  # what the token's scope must name
    proof_hosts: tuple[str, ...] = ()  # ends of the hosts that proof may be fetched from
    optional_keys: tuple[str, ...] = ()
    third_party: bool = False  # somebody else than the carrier learns the numbers: never on by default
    order: int = 0  # of several that serve a carrier the lowest is asked first
    examples: tuple[AnswerExample, ...] = ()
