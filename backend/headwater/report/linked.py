"""A match as linked data (JSON-LD, schema.org), for a publisher to put into the page of the article.

It says where words come from, and nothing about whether they are right: no `ClaimReview`, no `Rating`, no verdict. Of
the claims only those are named that official words bear out, wholly or with a shift; each is based on the official
passage, which is part of the official document that the article cites.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

Json = dict[str, Any]
MEDIA_TYPE: Final = "application/ld+json"
CONTEXT: Final = "https://schema.org"
BORNE_OUT = frozenset({"supported", "shifted"})
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
LICENCES: Final[Mapping[str, str]] = tomllib.loads(Path(__file__).with_name("linked.toml").read_text(encoding="utf-8"))[
    "licences"
]


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """What is known of the article; each "" where it is not.

    Args:
        url: Where it stands.
        title: Its headline.
        published: Its day as YYYY-MM-DD.
    """

    url: str = ""
    title: str = ""
    published: str = ""


def report_to_linked(report: Json, article: LinkedArticle) -> Json:
    """Return the linked data of a report.

    Args:
        report: As `report_to_json` returns it.
        article: That was checked.

    Returns:
        A document of JSON-LD with one graph: the article, the official documents and passages.
    """
    claims = [claim for claim in report["claims"] if claim["verdict"] in BORNE_OUT and claim["evidence"]]
    used = [claim["evidence"][0] for claim in claims]
    documents = {_key(passage["document"]): passage["document"] for passage in used}
    names: dict[tuple[str, int], str] = {}
    for number, (key, document) in enumerate(documents.items(), 1):
        address = _address(document["url"])
        is_free = address and address not in names.values()  # two versions of a document have one address
        names[key] = address if is_free else f"_:document{number}"
    passages = {passage["id"]: passage for passage in used}
    places = {identifier: _place(passage, number) for number, (identifier, passage) in enumerate(passages.items(), 1)}
    return {
        "@context": CONTEXT,
        "@graph": [
            _article(article, list(names.values()), [_part(claim, places) for claim in claims]),
            *(_document(document, names[key]) for key, document in documents.items()),
            *(_passage(one, places[identifier], names) for identifier, one in passages.items()),
        ],
    }


def linked_of_check(report: Json) -> str:
    """Return the linked data of a check that was made as a job, as a file.

    Args:
        report: As `assemble` and the job return it: with what is known of the article.
    """
    known = report.get("article") or {}
    article = LinkedArticle(known.get("url") or "", known.get("title") or "", known.get("published") or "")
    return write_linked(report, article) + "\n"


def write_linked(report: Json, article: LinkedArticle) -> str:
    """Return the linked data as text that may stand inside a `script` element: no `<` is left in it."""
    written = json.dumps(report_to_linked(report, article), ensure_ascii=False, indent=1)
    return written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _article(article: LinkedArticle, cited: list[str], parts: list[Json]) -> Json:
    address = _address(article.url)
    return _stated(
        {
            "@type": "Article",
            "@id": address or "_:article",
            "url": address,
            "headline": article.title,
            "datePublished": article.published,
            "citation": _references(cited),
            "hasPart": parts,
        }
    )


def _part(claim: Json, places: Mapping[int, str]) -> Json:
    is_quotation = claim["kind"] == "quotation"
    return _stated(
        {
            "@type": "Quotation" if is_quotation else "CreativeWork",
            "text": claim["text"],
            "spokenByCharacter": {"@type": "Person", "name": claim["speaker"]}
            if is_quotation and claim["speaker"]
            else None,
            "isBasedOn": {"@id": places[claim["evidence"][0]["id"]]},
        }
    )


def _document(document: Json, name: str) -> Json:
    return _stated(
        {
            "@type": "CreativeWork",
            "@id": name,
            "url": _address(document["url"]),
            "name": document["title"],
            "genre": document["document_type"],
            "publisher": {"@type": "Organization", "name": document["publisher"]} if document["publisher"] else None,
            "datePublished": document["first_published"],
            "dateModified": document["updated"],
            "inLanguage": document["language"],
            "version": str(document["version"]),
            "license": _licence(document["licence"]),
            "creditText": document["attribution"],
        }
    )


def _passage(passage: Json, name: str, names: Mapping[tuple[str, int], str]) -> Json:
    return _stated(
        {
            "@type": "Quotation",
            "@id": name,
            "url": "" if name.startswith("_:") else name,
            "text": passage["text"],
            "spokenByCharacter": {"@type": "Person", "name": passage["speaker"]} if passage["speaker"] else None,
            "isPartOf": {"@id": names[_key(passage["document"])]},
        }
    )


def _licence(licence: str) -> str | Json:
    """Return the address of a licence, or a work of its name: schema.org takes no bare words here."""
    return LICENCES.get(licence) or ({"@type": "CreativeWork", "name": licence} if licence else "")


def _address(written: str) -> str:
    return written if ADDRESS.fullmatch(written) else ""


def _key(document: Json) -> tuple[str, int]:
    return document["id"], document["version"]


def _place(passage: Json, number: int) -> str:
    link = _address(passage["link"])
    is_apart = link != passage["document"]["url"]  # one name for two things would make them one
    return link if link and is_apart else f"_:passage{number}"


def _references(names: Iterable[str]) -> list[Json]:
    return [{"@id": name} for name in names]


def _stated(values: Json) -> Json:
    return dict(_given(values))


def _given(values: Json) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if value:
            yield name, value
