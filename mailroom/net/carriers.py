"""The way to a carrier's interface: one connection with its limits, the token, the pages, and what went wrong.

Nothing here raises for what a carrier or a network does: that is an answer, too. Certificates are always checked, and
no key ever stands in an address, in a log or in what is given back.
"""

import functools
import logging
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx

from mailroom.carriers._answers import loaded, mapping, newer, text
from mailroom.carriers._interface import Interface, Request
from mailroom.domain.folding import fold_number
from mailroom.domain.tracking import Outcome, ProofFile, ProofLink, TrackAnswer
from mailroom.errors import MailroomError

LARGEST_BODY = 2 * 1024 * 1024  # bytes
_DEADLINE = 3  # times the time-out: the longest that a whole answer may take
_LONGEST_CONNECT = 5.0  # seconds
_EARLY = timedelta(seconds=60)  # a token is fetched anew this long before it ends
_TOKEN_LIFE = 3000  # seconds, where the carrier does not say
_LONGEST_TOKEN_LIFE = 24 * 3600  # seconds
_OWN_MACHINE = ("127.0.0.1", "localhost", "::1")
_HIDDEN = "•••"
_TALKATIVE = ("httpx", "httpcore")  # they would log addresses with whole numbers, and headers
_SHORTEST_SECRET = 4


@dataclass(frozen=True, slots=True)
class Line:
    """How a carrier is reached: address, seconds until a silent carrier is given up, proxy, seconds between calls."""

    address: str
    timeout: float = 20.0
    proxy: str = ""
    gap: float = 1.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of asking about one number. `whole`: it says something about the carrier, not about the number."""

    number: str
    answer: TrackAnswer
    body: bytes = b""
    http_status: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Raw:
    status: int
    headers: Mapping[str, str]
    body: bytes
    reason: str = ""  # why there is no answer


class Transport:
    """Asks one carrier. For one thread at a time; `stop` may come from any."""

    def __init__(
        self, interface: Interface, line: Line, keys: Mapping[str, str], clock: Callable[[], datetime]
    ) -> None:
        """Raises `carrier_address_bad` for an address that is none, or that would send keys unsealed."""
        checked_address(line.address)
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        self._interface, self._line, self._keys, self._clock = interface, line, dict(keys), clock
        self._secrets = [one for one in keys.values() if len(one) >= _SHORTEST_SECRET]
        self._token, self._token_until = "", clock()
        self._sockets: set[Any] = set()
        self._stopped = threading.Event()
        self._last_call = 0.0
        self._calls = 0
        try:
            limit = httpx.Timeout(line.timeout, connect=min(line.timeout, _LONGEST_CONNECT))
            self._client = httpx.Client(
                timeout=limit, proxy=line.proxy or None, follow_redirects=False, trust_env=False, verify=_trusted()
            )
        except (ValueError, httpx.InvalidURL):
            raise MailroomError("carrier_address_bad", address=line.proxy) from None

    def ask(self, numbers: Sequence[str]) -> tuple[Reply, ...]:
        """One reply for each number, in their order; calls are as far apart as the carrier wants."""
        replies: dict[str, Reply] = {}
        for request in self._interface.build_requests(list(numbers), self._keys):
            asked = request.numbers
            for reply in self._ask(request):
                replies.setdefault(reply.number, reply)
            if any(replies[one].whole for one in asked if one in replies):
                break  # the next call would hear the same
        stopped = next((one for one in replies.values() if one.whole), None)
        missing = stopped.answer if stopped else TrackAnswer(Outcome.UNAVAILABLE, reason="not_answered")
        return tuple(
            replies.get(one, Reply(one, replace(missing, tracking_number=""), whole=stopped is not None))
            for one in numbers
        )

    def proof(self, number: str, answer: TrackAnswer) -> tuple[ProofFile, ...]:
        """The proof of delivery that an answer brings, names or announces; what cannot be had is left out."""
        found = [one for one in answer.proofs if isinstance(one, ProofFile)]
        if answer.proof_on_request:
            request = self._interface.build_proof_request(number, self._keys)
            raw = None if request is None else self._call(request)
            if raw is not None and raw.status == 200:
                found += self._interface.parse_proof(raw.body)
        for link in answer.proofs:
            if isinstance(link, ProofLink) and self._may_fetch(link.url):
                raw = self._send("GET", link.url, (), b"")
                if raw.status == 200 and raw.body.startswith(
                    (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0")
                ):
                    found.append(ProofFile(link.kind, raw.body))
        return tuple(found)

    def take_calls(self) -> int:
        """How many calls went out since this was last asked: tokens, repeats, pages and proof among them."""
        calls, self._calls = self._calls, 0
        return calls

    def stop(self) -> None:
        """Let a call that is under way end now: the program closes."""
        self._stopped.set()
        for one in tuple(self._sockets):
            with suppress(OSError):
                one.shutdown(2)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def clean(self, words: str) -> str:
        """Text of the carrier without the office's keys, which some carriers repeat."""
        for secret in (*self._secrets, *filter(None, (self._token,))):
            words = words.replace(secret, _HIDDEN)
        return words

    # within

    def _ask(self, request: Request) -> list[Reply]:
        found: list[tuple[TrackAnswer, _Raw]] = []
        page: Request | None = request
        while page is not None:
            raw = self._call(page)
            found += [(self._timed(one), raw) for one in self._answers(raw)]
            page = self._interface.next_request(raw.body, page) if raw.status == 200 else None
        return _matched(request.numbers, found, self._clean_body)

    def _answers(self, raw: _Raw) -> tuple[TrackAnswer, ...]:
        if raw.reason:
            outcome = Outcome.NO_ACCESS if raw.reason == "scope_missing" else Outcome.UNAVAILABLE
            return (TrackAnswer(outcome, reason=raw.reason),)
        return tuple(
            replace(one, words=self.clean(one.words))
            for one in self._interface.parse(raw.body, raw.status, raw.headers)
        )

    def _timed(self, answer: TrackAnswer) -> TrackAnswer:
        if answer.retry_at is None and answer.retry_after is not None:
            return replace(answer, retry_at=self._clock() + timedelta(seconds=answer.retry_after))
        return answer

    def _clean_body(self, body: bytes) -> bytes:
        for secret in (*self._secrets, *filter(None, (self._token,))):
            body = body.replace(secret.encode(), _HIDDEN.encode())
        return body

    def _call(self, request: Request) -> _Raw:
        """One call with the token; a token that is not taken any more is fetched anew, once."""
        for again in (True, False):
            refused = self._fetch_token()
            if refused is not None:
                return refused
            headers = [*request.headers, *self._interface.own_headers(self._keys)]
            if self._token:
                headers.append(("Authorization", f"Bearer {self._token}"))
            raw = self._send(request.method, self._url(request.path), headers, request.body, request.query)
            if raw.status != 401 or not self._token or not again:
                return raw
            self._token = ""
        return raw

    def _fetch_token(self) -> _Raw | None:
        """A token that holds, fetched where there is none; the answer where it was refused."""
        if self._token and self._clock() < self._token_until:
            return None
        self._token = ""
        request = self._interface.build_token_request(self._keys)
        if request is None:
            return None
        raw = self._send(request.method, self._url(request.path), request.headers, request.body)
        if raw.reason:
            return raw
        given = mapping(loaded(raw.body))
        token = text(given.get("access_token"))
        if raw.status != 200 or not token:
            refused = raw.status in (400, 403)  # at this door both mean: not with these keys
            return (
                replace(raw, status=401) if refused else replace(raw, reason="" if raw.status != 200 else "token_bad")
            )
        wanted = self._interface.token_scope
        scope = text(given.get("scope"))
        if wanted and scope and wanted not in scope.split():
            return replace(raw, body=b"", reason="scope_missing")
        self._token = token
        self._token_until = self._clock() + timedelta(seconds=_life_of(text(given.get("expires_in")))) - _EARLY
        return None

    def _url(self, path: str) -> str:
        parts = urlsplit(self._line.address)
        if path.startswith("/../"):
            return f"{parts.scheme}://{parts.netloc}{path[3:]}"
        return self._line.address.rstrip("/") + path

    def _may_fetch(self, url: str) -> bool:
        """Only from the carrier's own hosts, sealed; or from where the office said the carrier is."""
        parts, own = urlsplit(url), urlsplit(self._line.address)
        if (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
            return True
        host = parts.hostname or ""
        return parts.scheme == "https" and any(
            host == one or host.endswith(f".{one}") for one in self._interface.proof_hosts
        )

    def _send(
        self,
        method: str,
        url: str,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        query: Sequence[tuple[str, str]] = (),
    ) -> _Raw:
        self._keep_apart()
        if self._stopped.is_set():
            return _Raw(0, {}, b"", "stopped")
        self._calls += 1
        sent = [("User-Agent", "Mailroom"), ("Accept-Encoding", "identity"), *headers]
        try:
            with self._client.stream(
                method,
                url,
                headers=sent,
                content=body or None,
                params=list(query) or None,
                extensions={"trace": self._on_trace},
            ) as answer:
                whole, reason = self._read(answer)
                return _Raw(answer.status_code, dict(answer.headers), whole, reason)
        except httpx.HTTPError as trouble:
            return _Raw(0, {}, b"", "stopped" if self._stopped.is_set() else _reason(trouble))
        except (ValueError, OSError, httpx.InvalidURL):
            return _Raw(0, {}, b"", "connection_failed")
        finally:
            self._last_call = time.monotonic()

    def _read(self, answer: httpx.Response) -> tuple[bytes, str]:
        """The body up to its limit, and why it is not whole."""
        length = answer.headers.get("content-length", "")
        if length.isascii() and length.isdecimal() and len(length) < 20 and int(length) > LARGEST_BODY:
            return b"", "answer_too_large"
        until = time.monotonic() + _DEADLINE * self._line.timeout
        packed = answer.headers.get("content-encoding", "").lower() in ("gzip", "deflate", "x-gzip")
        opened = zlib.decompressobj(47) if packed else None  # 47: gzip or zlib, by its head
        whole = bytearray()
        for part in answer.iter_raw():
            try:
                whole += part if opened is None else opened.decompress(part, LARGEST_BODY + 1)
            except zlib.error:
                return b"", "answer_unreadable"
            if len(whole) > LARGEST_BODY:
                return b"", "answer_too_large"
            if time.monotonic() > until:
                return b"", "timed_out"
        return bytes(whole), ""

    def _keep_apart(self) -> None:
        wait = self._last_call + self._line.gap - time.monotonic()
        if self._last_call and wait > 0:
            self._stopped.wait(wait)

    def _on_trace(self, name: str, info: Mapping[str, Any]) -> None:
        """Remember the sockets, so that `stop` can end a call that waits."""
        if name.endswith(("connect_tcp.complete", "start_tls.complete")):
            socket = info["return_value"].get_extra_info("socket")
            self._sockets = {one for one in self._sockets if one.fileno() >= 0} | {socket}


def checked_address(address: str) -> str:
    """An address with https; http is taken on this machine only. Raises `carrier_address_bad`."""
    try:
        parts = urlsplit(address)
        sealed = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _OWN_MACHINE)
        sound = bool(parts.hostname) and (parts.port is None or parts.port > 0) and not parts.username
    except ValueError:
        sealed = sound = False
    if not (sealed and sound) or parts.query or parts.fragment:
        raise MailroomError("carrier_address_bad", address=address)
    return address.rstrip("/")


@functools.cache
def _trusted() -> ssl.SSLContext:
    """The certificates that a carrier's is checked against; reading them takes 40 ms."""
    return httpx.create_ssl_context(trust_env=False)


def _life_of(given: str) -> int:
    """Seconds that a token holds, at most a day: whatever else a carrier says, it is no number to count on."""
    if not given.isascii() or not given.isdecimal() or len(given) > 18:
        return _TOKEN_LIFE
    return min(int(given), _LONGEST_TOKEN_LIFE)


def _reason(trouble: httpx.HTTPError) -> str:
    if isinstance(trouble, httpx.TimeoutException):
        return "timed_out"
    if "CERTIFICATE" in str(trouble).upper() or "SSL" in str(trouble).upper():
        return "certificate_bad"
    if isinstance(trouble, httpx.RemoteProtocolError | httpx.ReadError):
        return "connection_cut"
    return "connection_failed"


_WHOLE = (Outcome.BAD_CREDENTIALS, Outcome.RATE_LIMITED, Outcome.UNAVAILABLE)


def _matched(
    asked: tuple[str, ...], found: list[tuple[TrackAnswer, _Raw]], clean: Callable[[bytes], bytes]
) -> list[Reply]:
    """Answers to the numbers that were asked about; what speaks of another number is no answer to ours."""
    replies: dict[str, Reply] = {}
    named = {id(raw) for answer, raw in found if answer.tracking_number}
    for answer, raw in found:
        whole = not answer.tracking_number and (answer.outcome in _WHOLE or answer.reason == "scope_missing")
        owners = [one for one in asked if same_number(one, answer.tracking_number)]
        # what names no number speaks of all that were asked about, unless the same body names some of them
        refused = answer.outcome is not Outcome.FOUND and id(raw) not in named
        if not answer.tracking_number and (len(asked) == 1 or whole or refused):
            owners = list(asked)
        for one in owners:
            before = replies.get(one)
            if before is None or (before.answer.outcome is not Outcome.FOUND and answer.outcome is Outcome.FOUND):
                replies[one] = Reply(one, answer, clean(raw.body), raw.status, whole)
            elif before.answer.outcome is answer.outcome is Outcome.FOUND:
                both = newer(before.answer, answer)  # of several pages, too, the piece with the latest event
                if both.events is before.answer.events:
                    replies[one] = replace(before, answer=both)
                else:
                    replies[one] = Reply(one, both, clean(raw.body), raw.status, whole)
    for one in asked:
        if one not in replies and found:
            other = any(answer.tracking_number for answer, _raw in found) and len(asked) == 1
            reason = "other_number" if other else "not_answered"
            last = found[-1][1]
            replies[one] = Reply(one, TrackAnswer(Outcome.UNAVAILABLE, reason=reason), clean(last.body), last.status)
    return list(replies.values())


def same_number(asked: str, given: str) -> bool:
    """Whether a carrier's number is the one asked about; a routing code may stand before either."""
    first, second = fold_number(asked), fold_number(given)
    if not second or len(first) < 8 or len(second) < 8:
        return bool(second) and first == second
    return first == second or first.endswith(second) or second.endswith(first)
