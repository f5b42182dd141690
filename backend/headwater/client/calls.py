"""The methods that both clients have: each is described once, here, by what it asks and how its answer is read.

Those that go on over several requests - pages of a list, checks that are watched - are in `blocking` and `awaiting`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, Unpack
from urllib.parse import quote

from headwater.client import answers
from headwater.client.given import Article, CheckOptions, File, Official, Particulars, known_of, plain, words_of
from headwater.client.protocol import (
    EVENTS,
    LINKED,
    NDJSON,
    Ask,
    Call,
    read_bytes,
    read_mapping,
    read_nothing,
    reads,
    require_good,
)

ReportForm = Literal["html", "markdown", "json", "csv", "linked"]


def match(
    text: str, *, published: date | None = None, title: str = "", limit: int | None = None
) -> Call[answers.Check]:
    """Check a text against the official documents of the corpus.

    Args:
        text: A passage or an article.
        published: Its day, so that "last year" can be read.
        title: Its headline.
        limit: Passages shown per claim.
    """
    return Call(
        Ask("POST", "/v1/match", _text(text, published=published, title=title, limit=limit)), reads(answers.Check)
    )


def compare(text: str, source: str, *, published: date | None = None) -> Call[answers.Check]:
    """Check a text against one given official text.

    Args:
        text: A passage or an article.
        source: The official text.
        published: Day of the text, so that "last year" can be read.
    """
    body = {"source": source, **_text(text, published=published)}
    return Call(Ask("POST", "/v1/compare", body), reads(answers.Check))


def match_many(texts: Sequence[str], *, limit: int | None = None) -> Call[answers.Batch]:
    """Check up to a hundred texts; each has an answer or a problem.

    Args:
        texts: Passages or articles.
        limit: Passages shown per claim.
    """
    body = {"items": [{"text": text} for text in texts], **plain({"limit": limit})}
    return Call(Ask("POST", "/v1/match/batch", body), reads(answers.Batch))


def linked(text: str, *, url: str = "", published: date | None = None, title: str = "") -> Call[dict[str, Any]]:
    """Return linked data (JSON-LD, schema.org) of a match, for the article's page.

    Args:
        text: The article.
        url: Its address.
        published: Its day.
        title: Its headline.
    """
    body = _text(text, published=published, title=title, url=url)
    return Call(Ask("POST", "/v1/match", body, headers={"Accept": LINKED}), read_mapping)


def document(document_id: str, version: int | None = None) -> Call[answers.Document]:
    """Return a stored document with its text.

    Args:
        document_id: As an answer names it.
        version: Its number; the latest unless given.
    """
    return Call(Ask("GET", _document(document_id), query=_version(version)), reads(answers.Document))


def document_tag(document_id: str, version: int | None = None) -> Call[str]:
    """Return the tag of a document: it changes with the words, and with anything else that is said of it.

    Args:
        document_id: As an answer names it.
        version: Its number; the latest unless given.
    """

    def read(response: Any) -> str:
        require_good(response)
        return str(response.headers.get("etag", ""))

    return Call(Ask("HEAD", _document(document_id), query=_version(version)), read)


def add_document(
    words: str | File | None = None,
    *,
    html: str | None = None,
    idempotency_key: str = "",
    **particulars: Unpack[Particulars],
) -> Call[answers.IngestedDocument]:
    """Take an official document into the corpus; needs a key of the scope `ingest`.

    Args:
        words: Its text or its file; None for a page, and for a document that is fetched from its `url`.
        html: The markup of its page.
        idempotency_key: Made anew unless given: however often the request is sent, it is done once.
        **particulars: What is known of the document; see `Particulars`.
    """
    body = words_of(words) | plain({"html": html, **particulars})
    return Call(Ask("POST", "/v1/documents", body, headers=_once(idempotency_key)), reads(answers.IngestedDocument))


def delete_document(document_id: str, *, idempotency_key: str = "") -> Call[None]:
    """Take a document with all its versions out of the corpus; needs a key of the scope `ingest`.

    Args:
        document_id: As an answer names it.
        idempotency_key: Made anew unless given.
    """
    return Call(Ask("DELETE", _document(document_id), headers=_once(idempotency_key)), read_nothing)


def coverage() -> Call[answers.Coverage]:
    """Return what the corpus holds, and when its sources were last brought up to date."""
    return Call(Ask("GET", "/v1/coverage"), reads(answers.Coverage))


def start_check(
    article: str | File | Article,
    source: str | File | Official | None = None,
    *,
    idempotency_key: str = "",
    **options: Unpack[CheckOptions],
) -> Call[answers.Job]:
    """Begin a check as a job: of an article against an official text, or against the corpus.

    Args:
        article: The text in hand.
        source: The official text; None for the corpus.
        idempotency_key: Made anew unless given: however often the request is sent, one check is made.
        **options: How it is to be made; see `CheckOptions`.
    """
    given = article if isinstance(article, Article) else Article(article)
    official = Official(source) if isinstance(source, str | File) else source
    body: dict[str, Any] = {"article": known_of(given), **plain(options)}
    if official is not None:
        body["source"] = known_of(official)
    return Call(Ask("POST", "/v1/checks", body, headers=_once(idempotency_key)), reads(answers.Job))


def check(check_id: str) -> Call[answers.Job]:
    """Return how far a check is, and its report once it is done.

    Args:
        check_id: As `start_check` returned it.
    """
    return Call(Ask("GET", _check(check_id)), reads(answers.Job))


def report(check_id: str, form: ReportForm = "html") -> Call[bytes]:
    """Return the report of a check that is done, as a file.

    Args:
        check_id: As `start_check` returned it.
        form: A page, Markdown, JSON, its figures as CSV, or linked data.
    """
    return Call(Ask("GET", f"{_check(check_id)}/report", query={"form": form}, headers={"Accept": "*/*"}), read_bytes)


def cancel_check(check_id: str) -> Call[answers.Job]:
    """End a check; what was decided stays.

    Args:
        check_id: As `start_check` returned it.
    """
    return Call(Ask("POST", f"{_check(check_id)}/cancel", headers=_once("")), reads(answers.Job))


def keep_check(check_id: str) -> Call[answers.Job]:
    """Keep a check, with its texts, until it is deleted or expires.

    Args:
        check_id: As `start_check` returned it.
    """
    return Call(Ask("POST", f"{_check(check_id)}/keep", headers=_once("")), reads(answers.Job))


def delete_check(check_id: str) -> Call[None]:
    """End a check and forget all of it.

    Args:
        check_id: As `start_check` returned it.
    """
    return Call(Ask("DELETE", _check(check_id), headers=_once("")), read_nothing)


def decide(
    check_id: str, claim: str, decision: Literal["accept", "dismiss", ""], finding: int | None = None, **why: str
) -> Call[answers.Decisions]:
    """Accept or dismiss a finding, or a claim as a whole; return all decisions that count.

    Args:
        check_id: As `start_check` returned it.
        claim: Identifier of the claim.
        decision: "" takes back what was decided before.
        finding: Place of the finding in the claim's list, from 0; None for the claim as a whole.
        **why: `reason`, which must be given to dismiss, and `who` decided.
    """
    body = {"claim": claim, "decision": decision, **plain({"finding": finding, **why})}
    return Call(Ask("POST", f"{_check(check_id)}/decisions", body, headers=_once("")), reads(answers.Decisions))


def version() -> Call[answers.ServiceVersions]:
    """Return which service, rules, model and corpus answer."""
    return Call(Ask("GET", "/version"), reads(answers.ServiceVersions))


def readiness() -> Call[answers.Readiness]:
    """Return whether a check could be made now; an error if none could."""
    return Call(Ask("GET", "/readyz"), reads(answers.Readiness))


def document_page(cursor: str, filters: Mapping[str, object]) -> Call[answers.DocumentPage]:
    """Return a page of the list of documents, as `documents` goes through them."""
    named = {name.rstrip("_"): value for name, value in filters.items()}
    query = {name: str(value) for name, value in {**named, "cursor": cursor}.items() if value not in {None, ""}}
    return Call(Ask("GET", "/v1/documents", query=query), reads(answers.DocumentPage))


def lines_of_match(text: str, **known: Any) -> Ask:
    """Return the request for a check whose claims come line by line; arguments as for `match`."""
    return Ask("POST", "/v1/match", _text(text, **known), headers={"Accept": NDJSON})


def events_of_check(check_id: str, last_id: str) -> Ask:
    """Return the request for the events of a check that come after one."""
    after = {"Last-Event-ID": last_id} if last_id else {}
    return Ask("GET", f"{_check(check_id)}/events", headers={"Accept": EVENTS, **after})


def _text(text: str, *, limit: int | None = None, **context: Any) -> dict[str, Any]:
    return {"text": text, **plain({"limit": limit, "context": plain(context) or None})}


def _once(idempotency_key: str) -> dict[str, str]:
    return {"Idempotency-Key": idempotency_key or uuid.uuid4().hex}


def _document(document_id: str) -> str:
    return f"/v1/documents/{quote(document_id, safe='')}"


def _check(check_id: str) -> str:
    return f"/v1/checks/{quote(check_id, safe='')}"


def _version(version: int | None) -> dict[str, str]:
    return {"version": str(version)} if version is not None else {}
