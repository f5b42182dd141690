"""A server on this machine that answers as publishers do, from the payloads in `fixtures/publishers`.

An address `https://host/path?query` is served at `/host/path?query`. It checks parameters as strictly as the publisher
does, pages, validates (ETag, 304), redirects (301, 303), tells what is gone (404, 410), asks callers to slow down (429
with Retry-After), and is slow, cut off or broken where a test asks it to be.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx

from headwater.sources.fetching.contract import Fetched
from headwater.sources.fetching.errors import SourceUnavailableError, Trouble
from headwater.sources.publishers.moments import find_moment

PAYLOADS = Path(__file__).parent.parent / "fixtures" / "publishers"
KEPT = frozenset({200, 303, 304, 404, 410, 422})  # statuses that a fetcher hands on
MOST_REDIRECTS = 5


def payload(name: str) -> bytes:
    """Return a recorded payload, uncompressed."""
    path = PAYLOADS / name
    return lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()


@cache
def govuk_items() -> dict[str, dict[str, Any]]:
    """Return the recorded items of GOV.UK's Content API, by the name of their file."""
    lines = payload("govuk/items.jsonl.xz").decode().splitlines()
    return {line["file"]: line["body"] for line in map(json.loads, lines)}


@dataclass(slots=True)
class Answer:
    """What the server says."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    fault: str = ""  # "slow", "cut"


def as_json(value: object, status: int = 200, **headers: str) -> Answer:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(status, body, {"Content-Type": "application/json; charset=utf-8", **headers})


Handler = Callable[[str, dict[str, list[str]]], Answer]


class PublisherServer:
    """The publishers. Tests change what it says by `pages`, `items`, `faults` and `busy`."""

    def __init__(self) -> None:
        self.items = {item["base_path"]: item for item in govuk_items().values() if item.get("base_path")}
        self.pages: dict[str, Answer] = {}  # address to answer, before anything else
        self.parts: dict[str, str] = {}  # path of a part on GOV.UK to that of the whole
        self.deleted: set[str] = set()  # paths on GOV.UK
        self.faults: dict[str, str] = {}  # address to "slow", "cut", "broken", "500"
        self.busy: Counter[str] = Counter()  # host to how many answers will be 429
        self.requests: list[str] = []
        self.hosts: dict[str, Handler] = {
            "www.gov.uk": self._govuk,
            "questions-statements-api.parliament.uk": self._written,
            "hansard-api.parliament.uk": self._hansard,
            "members-api.parliament.uk": self._members,
            "api.beta.ons.gov.uk": self._ons_search,
            "www.ons.gov.uk": self._ons,
            "www.federalregister.gov": self._federal_register,
            "api.govinfo.gov": self._govinfo,
        }
        self.questions = written_questions()
        self.statements = [
            result["value"] for result in json.loads(payload("parliament/statements.json.xz"))["results"]
        ]
        self.debates = {"A1B2C3D4-0001": json.loads(payload("parliament/debate.json.xz"))}
        self.ons_pages = ons_pages()
        self.register = json.loads(payload("federal_register/documents.json.xz"))
        self.packages: dict[str, Any] = {}

    def answer(self, url: str, conditions: Mapping[str, str]) -> Answer:
        """Return what the publisher says to a request."""
        self.requests.append(url)
        parts = urlsplit(url)
        host = parts.hostname or ""
        if self.busy[host]:
            self.busy[host] -= 1
            return Answer(429, b"Too many requests", {"Retry-After": "1"})
        fault = self.faults.get(url, "")
        if fault == "500":
            return Answer(500, b"<h1>Sorry</h1>", {"Content-Type": "text/html"})
        query: dict[str, list[str]] = {}
        for name, value in parse_qsl(parts.query, keep_blank_values=True):
            query.setdefault(name.removesuffix("[]"), []).append(value)
        given = self.pages.get(url) or self.hosts.get(host, lambda *_: Answer(404))(parts.path, query)
        answer = Answer(given.status, given.body, dict(given.headers), fault)
        if fault == "broken":
            answer.body = answer.body[: len(answer.body) // 2]
        if answer.status == 200:
            digest = hashlib.md5(answer.body, usedforsecurity=False).hexdigest()
            answer.headers.setdefault("ETag", f'W/"{digest}"')
            if conditions.get("if-none-match") == answer.headers["ETag"]:
                return Answer(304, b"", {"ETag": answer.headers["ETag"]})
        return answer

    # GOV.UK

    def _govuk(self, path: str, query: dict[str, list[str]]) -> Answer:
        if path == "/api/search.json":
            return self._search(query)
        page = path.removeprefix("/api/content")
        if page in self.deleted:
            return as_json({"errors": {"status": "410"}}, 410)
        if page in self.parts:
            return Answer(303, b"", {"Location": f"/api/content{self.parts[page]}"})
        if page not in self.items:
            return as_json({"errors": {"status": "404"}}, 404)
        return as_json(self.items[page], **{"Cache-Control": "max-age=300, public"})

    def _search(self, query: dict[str, list[str]]) -> Answer:
        known = re.compile(r"q|count|start|order|fields|(?:filter|reject|filter_any|filter_all|aggregate)_\w+")
        unknown = [name for name in query if not known.fullmatch(name)]
        count, start = int(query.get("count", ["10"])[0]), int(query.get("start", ["0"])[0])
        order = query.get("order", [""])[0]
        wrong = count > 1500 or order.removeprefix("-") not in {"", "public_timestamp", "title", "popularity"}
        if unknown or wrong:
            return as_json({"error": f"Unexpected parameters: {', '.join(unknown) or 'count, order'}"}, 422)
        recorded = json.loads(payload("govuk/search.json.xz"))["body"]
        results = [dict(result) for result in recorded["results"]]
        bounds = dict(part.split(":", 1) for part in query.get("filter_public_timestamp", [""])[0].split(",") if part)
        results = [result for result in results if self._day(result) >= bounds.get("from", "")]
        results = [result for result in results if self._day(result) <= bounds.get("to", "9999")]
        results.sort(key=self._moment, reverse=order.startswith("-"))
        fields = {
            *query.get("fields", ["title", "link"]),
            "index",
            "es_score",
            "_id",
            "elasticsearch_type",
            "document_type",
        }
        shown = [{name: one[name] for name in fields if name in one} for one in results[start : start + count]]
        return as_json(recorded | {"results": shown, "total": len(results), "start": start})

    def _moment(self, result: Mapping[str, Any]) -> float:
        moment = find_moment(result.get("public_timestamp"))
        return moment.timestamp() if moment else 0.0

    def _day(self, result: Mapping[str, Any]) -> str:
        return time.strftime("%Y-%m-%d", time.gmtime(self._moment(result)))

    # UK Parliament

    def _written(self, path: str, query: dict[str, list[str]]) -> Answer:
        kind, _, identifier = path.removeprefix("/api/").partition("/")
        held = self.questions if kind == "writtenquestions" else self.statements
        name, _, number = identifier.partition("/")
        if name not in {"questions", "statements"}:
            return Answer(404)
        if number:
            day, _, uin = number.partition("/")  # by the day and the number that its page is named by
            days = {"questions": "dateTabled", "statements": "dateMade"}[name]
            found = [value for value in held if str(value["id"]) == number]
            found += [one for one in held if uin and str(one[days])[:10] == day and str(one["uin"]) == uin]
            return as_json({"value": found[0], "links": []}) if found else Answer(404)
        chosen = [value for value in held if self._is_asked(value, query)]
        skip, take = int(query.get("skip", ["0"])[0]), int(query.get("take", ["20"])[0])
        shown = [{"value": cut(value), "links": []} for value in chosen[skip : skip + take]]
        return as_json({"totalResults": len(chosen), "results": shown})

    def _is_asked(self, value: Mapping[str, Any], query: dict[str, list[str]]) -> bool:
        dates = {"answered": "dateAnswered", "corrected": "dateAnswerCorrected", "made": "dateMade"}
        for name, bounds in query.items():
            found = re.fullmatch(r"(answered|corrected|made)When(From|To)", name)
            stated = str(value.get(dates[found[1]]) or "")[:10] if found else ""
            if found and (not stated or (stated < bounds[0] if found[2] == "From" else stated > bounds[0])):
                return False
        return "house" not in query or value["house"] == query["house"][0]

    def _hansard(self, path: str, query: dict[str, list[str]]) -> Answer:
        day, house = query.get("date", [""])[0], query.get("house", [""])[0]
        sitting = {debate["Overview"]["ExtId"]: debate["Overview"] for debate in self.debates.values()}
        today = [about for about in sitting.values() if about["Date"].startswith(day) and about["House"] == house]
        if path == "/overview/sectionsforday.json":
            return as_json(["Debate"] if today else [])
        if path == "/overview/sectiontrees.json":
            nodes = [
                {"Id": 1, "Title": about["Title"], "ExternalId": about["ExtId"], "SectionTreeItems": []}
                for about in today
            ]
            return as_json([{"SectionTreeItems": nodes}])
        found = self.debates.get(path.rpartition("/")[2].removesuffix(".json"))
        return as_json(found) if found else Answer(404)

    def _members(self, path: str, _: dict[str, list[str]]) -> Answer:
        if path == "/api/Members/172":
            return as_json(
                {"value": {"id": 172, "nameListAs": "Brown, Gordon", "nameDisplayAs": "Gordon Brown"}, "links": []}
            )
        return Answer(404)

    # Office for National Statistics

    def _ons_search(self, path: str, query: dict[str, list[str]]) -> Answer:
        if path != "/v1/search":
            return Answer(404)
        offset, limit = int(query.get("offset", ["0"])[0]), int(query.get("limit", ["10"])[0])
        current = [
            (uri, page)
            for uri, page in self.ons_pages.items()
            if "/previous/" not in uri and page["type"] == "bulletin"
        ]
        current.sort(key=lambda one: one[1]["description"]["releaseDate"], reverse=True)
        items = [
            {"uri": uri, "type": page["type"], "release_date": page["description"]["releaseDate"]}
            for uri, page in current
        ]
        return as_json({"count": len(items), "items": items[offset : offset + limit]})

    def _ons(self, path: str, _: dict[str, list[str]]) -> Answer:
        uri = path.removesuffix("/data")
        if uri.endswith("/latest"):
            editions = sorted(one for one in self.ons_pages if one.startswith(uri.removesuffix("latest")))
            return Answer(302, b"", {"Location": f"https://www.ons.gov.uk{editions[-1]}/data"})
        page = self.ons_pages.get(uri)
        return as_json(page) if page and path.endswith("/data") else Answer(404)

    # United States

    def _federal_register(self, path: str, query: dict[str, list[str]]) -> Answer:
        metas = [document["meta"] for document in self.register]
        if path == "/api/v1/documents.json":
            low, high = query["conditions[publication_date][gte]"][0], query["conditions[publication_date][lte]"][0]
            chosen = [meta for meta in metas if low <= meta["publication_date"] <= high]
            size, page = min(int(query.get("per_page", ["20"])[0]), 1000), int(query.get("page", ["1"])[0])
            fields = query.get("fields", [])
            shown = [{name: meta[name] for name in fields} for meta in chosen[(page - 1) * size : page * size]]
            return as_json({"count": len(chosen), "total_pages": -(-len(chosen) // size), "results": shown})
        for document in self.register:
            meta = document["meta"]
            if path == f"/api/v1/documents/{meta['document_number']}.json":
                return as_json(meta)
            if path == urlsplit(meta["body_html_url"]).path:
                return Answer(200, document["html"].encode(), {"Content-Type": "text/html; charset=utf-8"})
            if path == urlsplit(meta["raw_text_url"]).path:
                return Answer(200, raw_register(document["text"]), {"Content-Type": "text/html"})
        return Answer(404)

    def _govinfo(self, path: str, query: dict[str, list[str]]) -> Answer:
        if not query.get("api_key"):
            return as_json({"error": {"code": "API_KEY_MISSING"}}, 403)
        if path in self.packages:
            held = self.packages[path]
            return Answer(200, held, {"Content-Type": "text/html"}) if isinstance(held, bytes) else as_json(held)
        return Answer(404)


def cut(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry as the lists give it: without marks, cut after 255 characters."""
    shown = dict(value)
    for name in ("answerText", "text"):
        words = re.sub(r"<[^<>]*>", "", shown.get(name) or "")
        shown[name] = words if len(words) <= 255 else words[:252] + "..."
    shown["originalAnswerText"] = ""
    return shown


def written_questions() -> list[dict[str, Any]]:
    """Return the recorded questions; the full answers, which no list gives, are theirs with a sentence added."""
    values = [result["value"] for result in json.loads(payload("parliament/written_questions_list.json.xz"))["results"]]
    for value in values:
        words = value["answerText"].removesuffix("...")
        ends = "" if words == value["answerText"] else "… The full answer ends here, with 4,321 cases.</p>"
        value["answerText"] = f"<p>{words}{ends}" + ("" if ends else "</p>")
        value["answeringMember"] = {"id": value["answeringMemberId"], "name": f"Member {value['answeringMemberId']}"}
        value["askingMember"] = {"id": value["askingMemberId"], "name": f"Member {value['askingMemberId']}"}
        if value["answerIsCorrection"]:
            value["originalAnswerText"] = value["answerText"].replace("4,321", "1,234")
    return values


def ons_pages() -> dict[str, dict[str, Any]]:
    """Return the recorded pages of the ONS by their path; one of them is made a corrected edition."""
    pages = {}
    for path in sorted((PAYLOADS / "ons").glob("*.json.xz")):
        page = json.loads(lzma.decompress(path.read_bytes()))
        pages[page["uri"] if page["uri"].startswith("/") else f"/{page['uri']}"] = page
    corrected = next(uri for uri in pages if uri.endswith("2015-06-16"))
    before = json.loads(json.dumps(pages[corrected]).replace("stood at 0.1%", "stood at 0.3%"))
    pages[f"{corrected}/previous/v1"] = before
    notice = "An error in the 12-month rate for May 2015 was found and put right."
    pages[corrected]["versions"] = [
        {"uri": f"{corrected}/previous/v1", "updateDate": "2015-06-18T09:30:00.000Z", "correctionNotice": notice}
    ]
    pages[corrected]["alerts"] = [
        {"date": "2015-06-18T09:30:00.000Z", "type": "correction", "markdown": f"**{notice}**"}
    ]
    return pages


def raw_register(text: str) -> bytes:
    """Return a text as the Federal Register sets it for a printer."""
    lines = []
    for paragraph in text.split("\n\n"):
        words, line = paragraph.split(), "    "
        for word in words:
            if len(line) + len(word) > 71 and line.strip():
                lines.append(line.rstrip())
                line = ""
            line += word + " "
        lines += [line.rstrip()]
    middle = len(lines) // 2
    lines[middle:middle] = ["", "[[Page 22224]]", ""]
    body = "\n".join(lines).replace("&", "&amp;").replace("<", "&lt;")
    return f"<html><body><pre>\n[Federal Register Volume 81, Number 73]\n{body}\n</pre></body></html>".encode()


@contextmanager
def serving(publishers: PublisherServer) -> Iterator[str]:
    """Serve the publishers on a free port of this machine, and yield the address."""

    class Requests(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            url = "https:/" + self.path
            answer = publishers.answer(url, {name.lower(): value for name, value in self.headers.items()})
            if answer.fault == "slow":
                time.sleep(1.0)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body) + (100 if answer.fault == "cut" else 0)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(answer.body)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class LocalFetcher:
    """Fetches from the server what readers ask of publishers, and keeps the fetcher's contract."""

    def __init__(self, base: str, *, timeout: float = 5.0) -> None:
        self._base, self._client = base, httpx.Client(timeout=timeout, trust_env=False)
        self.waited: list[float] = []

    def close(self) -> None:
        self._client.close()

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        headers = {
            name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value
        }
        for _ in range(MOST_REDIRECTS):
            try:
                answer = self._client.get(url.replace("https:/", self._base, 1), headers=headers)
            except httpx.HTTPError as error:
                raise SourceUnavailableError(url, Trouble.BROKEN, "no whole answer") from error
            if answer.status_code == 429:
                self.waited.append(float(answer.headers["retry-after"]))
                continue
            if answer.status_code in {301, 302, 307, 308}:
                url = urljoin(url, answer.headers["location"])
                continue
            if answer.status_code not in KEPT:
                raise SourceUnavailableError(url, Trouble.STATUS, "unexpected", status=answer.status_code)
            found = {name.lower(): value for name, value in answer.headers.items()}
            return Fetched(
                url, answer.status_code, found, answer.content, found.get("etag", ""), found.get("last-modified", "")
            )
        raise SourceUnavailableError(url, Trouble.BUSY, "still busy")
