"""A server on this machine that plays the carriers: tokens, pages, refusals, web pages, cuts, silence, floods."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]


@dataclass
class Says:
    """One answer: status, body, headers; or a way to misbehave (`cut`, `silent`, `flood`, `reset`)."""

    status: int = 200
    body: bytes | Json | list[Any] = b""
    headers: dict[str, str] = field(default_factory=dict)
    how: str = ""

    @property
    def raw(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass
class Seen:
    """One request as it came."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes


class PlayedCarriers:
    """Answers by number: a list of what is said in turn, the last one again and again."""

    def __init__(self) -> None:
        self.script: dict[str, list[Says]] = {}
        self.seen: list[Seen] = []
        self.tokens = 0
        self.token_says: Says | None = None
        self.valid: set[str] = set()
        self.released = threading.Event()
        self.flooded = 0
        self.respond: Callable[[Seen], Says | None] = lambda _seen: None
        played = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                played._take(self)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_parts: object) -> None:
                return None

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def revoke(self) -> None:
        """No token given out so far is taken any more."""
        self.valid.clear()

    @property
    def calls(self) -> list[Seen]:
        """What was asked, without the calls for tokens."""
        return [one for one in self.seen if "token" not in one.path]

    def _take(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        length = int(handler.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in handler.headers.items()}
        seen = Seen(handler.command, parts.path, parse_qs(parts.query), headers, handler.rfile.read(length))
        self.seen.append(seen)
        says = self.respond(seen) or self._says(seen)
        if says.how == "reset":
            handler.close_connection = True
            handler.connection.close()
        elif says.how == "silent":
            self.released.wait()
            handler.close_connection = True
        elif says.how == "flood":
            self._flood(handler)
        else:
            self._send(handler, says)

    def _send(self, handler: BaseHTTPRequestHandler, says: Says) -> None:
        handler.send_response(says.status)
        for name, value in says.headers.items():
            handler.send_header(name, value)
        body = says.raw
        handler.send_header("Content-Length", str(len(body) + (100 if says.how == "cut" else 0)))
        handler.end_headers()
        handler.wfile.write(body)
        if says.how == "cut":
            handler.close_connection = True

    def _flood(self, handler: BaseHTTPRequestHandler) -> None:
        """500 MB without a length, as far as anybody takes them."""
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.close_connection = True
        part = b" " * 65536
        try:
            for _turn in range(500 * 16):
                handler.wfile.write(part)
                self.flooded += len(part)
        except OSError:
            return

    def _says(self, seen: Seen) -> Says:
        if "token" in seen.path:
            if self.token_says is not None:
                return self.token_says
            self.tokens += 1
            token = f"token-{self.tokens}"
            self.valid.add(token)
            return Says(body={"access_token": token, "expires_in": "28799", "scope": "addresses tracking"})
        bearer = seen.headers.get("authorization", "")
        if bearer.startswith("Bearer ") and bearer.removeprefix("Bearer ") not in self.valid:
            return Says(401, {"error": {"code": "401", "message": "Token expired"}})
        numbers = _numbers(seen)
        if seen.path.endswith("/trackingnumbers"):
            return self._batch(numbers)
        return self._next(numbers[0] if numbers else "")

    def _next(self, number: str) -> Says:
        turns = self.script.get(number) or self.script.get("*") or [Says(404, {"title": "No result found"})]
        return turns.pop(0) if len(turns) > 1 else turns[0]

    def _batch(self, numbers: list[str]) -> Says:
        """FedEx: the results of several numbers in one answer; a refusal of one is that of all."""
        results = []
        for one in numbers:
            says = self._next(one)
            if says.how or says.status != 200:
                return says
            results.append(says.body)
        return Says(body={"output": {"completeTrackResults": results}})


def _numbers(seen: Seen) -> list[str]:
    if "trackingNumber" in seen.query:
        return seen.query["trackingNumber"]
    if seen.method == "GET":
        return [seen.path.rpartition("/")[2]]
    body = json.loads(seen.body or b"{}")
    if isinstance(body, list):
        return [one["trackingNumber"] for one in body]
    if "tracker" in body:
        return [body["tracker"]["tracking_code"]]
    some = body.get("trackingInfo") or body.get("trackDocumentSpecification") or []
    return [one["trackingNumberInfo"]["trackingNumber"] for one in some]
