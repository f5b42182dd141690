"""A checking service that answers as a test says: late, with faults, with rubbish, with hostile words."""

from __future__ import annotations

import copy
import http.server
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

DOCUMENT = {
    "id": "d1",
    "version": 2,
    "is_latest": True,
    "title": "A release",
    "publisher": "An office",
    "document_type": "press_release",
    "url": "https://office.example/release",
    "language": "en-GB",
    "first_published": "2024-11-07T00:00:00",
    "updated": "2024-11-09T00:00:00",
    "withdrawn": "",
    "change_note": "",
    "attribution": "Contains public sector information.",
    "speaker": "",
}
PASSAGE = {"id": 7, "text": "It was £75 million. 😀", "span": {"start": 100, "end": 121}, "kind": "paragraph"}
FINDING = {
    "rule": "FIG-VALUE",
    "lane": "figure",
    "kind": "value",
    "effect": "contradicts",
    "severity": "high",
    "explanation": "The article's £57 million is £18 million (24%) less than the source's £75 million.",
    "claimed": {"text": "£57 million", "span": {"start": 7, "end": 18}, "value": "57000000"},
    "official": {"text": "£75 million", "span": {"start": 107, "end": 118}, "value": "75000000"},
    "passage_id": 7,
    "evidence": [],
    "edit": "",
}

TOTALS = {
    "claims": 1,
    "checked": 1,
    "figures": {"agree": 0, "differ": 1, "not_stated": 0},
    "findings": {"high": 1, "medium": 0, "low": 0, "info": 0},
    "found_share": 0.5,
}


def scored(**changes: Any) -> dict[str, Any]:
    """A passage found, its document's fields changed by `document_NAME`."""
    document = {**DOCUMENT, **{key[9:]: value for key, value in changes.items() if key.startswith("document_")}}
    own = {key: value for key, value in changes.items() if not key.startswith("document_")}
    return {**PASSAGE, "heading": "", "speaker": "", "also_at": [], **own, "document": document}


def answer(text: str, **claim: Any) -> dict[str, Any]:
    """An answer with one claim over the whole text."""
    only = {
        "id": "c1",
        "text": text,
        "span": {"start": 0, "end": len(text)},
        "kind": "statement",
        "speaker": "",
        "verdict": "contradicted",
        "reason": "The source speaks of the same thing and gives another figure.",
        "topic_known": True,
        "findings": [copy.deepcopy(FINDING)],
        "missing": [],
        "evidence": [scored()],
        "nearest": [],
        **claim,
    }
    return {
        "summary": {},
        "claims": [only],
        "omissions": [],
        "repairs": [],
        "notices": [],
        "versions": {"service": "0.1.0", "rules": "1", "model": "m", "corpus": "c"},
        "elapsed_ms": {},
    }


@dataclass
class Reply:
    """One answer: a status, headers, a body (bytes as they are, else JSON), and how long it takes."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0

    @staticmethod
    def problem(status: int, slug: str, **headers: str) -> Reply:
        sent = {
            "Content-Type": "application/problem+json",
            **{name.replace("_", "-"): text for name, text in headers.items()},
        }
        return Reply(
            {"type": f"/problems/{slug}", "title": slug, "status": status, "detail": "", "request_id": ""}, status, sent
        )


def lines(text: str, **claim: object) -> Reply:
    """An answer in lines, as the panel asks for it."""
    whole = answer(text, **claim)
    begin = {"event": "claims", "decided": 0, "sentences": 1, "claims": []}
    said = {"event": "claims", "decided": 1, "sentences": 1, "claims": whole.pop("claims")}
    body = "".join(json.dumps(line) + "\n" for line in (begin, said, {"event": "summary", "totals": TOTALS, **whole}))
    return Reply(body.encode(), headers={"Content-Type": "application/x-ndjson"})


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by the script of its server, and keeps what was asked."""

    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = json.loads(sent) if sent else {}
        self.server.asked.append({"path": self.path, "headers": dict(self.headers), "body": asked})
        script = self.server.script
        reply = script(asked) if callable(script) else script
        self.server.enough.wait(reply.wait)
        body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        try:
            self.send_response(reply.status)
            for name, text in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # whoever asked has gone

    def do_GET(self) -> None:
        self.do_POST()


class Server(http.server.ThreadingHTTPServer):
    """The server; `script` maps what was asked to a reply."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, Any]] = []
        self.enough = threading.Event()  # set: nobody waits any longer
        self.script: Callable[[dict[str, Any]], Reply] | Reply = lambda asked: Reply(answer(asked["text"]))
        self.thread = threading.Thread(target=self.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def reset(self) -> None:
        self.enough.set()
        time.sleep(0)
        self.asked, self.enough = [], threading.Event()
        self.script = lambda asked: Reply(answer(asked["text"]))

    def stop(self) -> None:
        self.enough.set()
        self.shutdown()
        self.server_close()
        self.thread.join()
