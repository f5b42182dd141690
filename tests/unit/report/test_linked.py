"""Linked data of a match: schema.org's own terms, where words come from, and never whether they are right."""

import json
from dataclasses import replace
from typing import Any

import pytest

from factories import HOSTILE, make_document, make_passage, make_report, scored
from headwater.domain.verdicts import CheckReport, Verdict
from headwater.report.json import report_to_json
from headwater.report.linked import LinkedArticle, linked_of_check, report_to_linked, write_linked

ARTICLE = LinkedArticle("https://news.example/deals", "New deals signed", "2024-11-08")
# What schema.org 29 lets each type have, as far as it is used here, and the kinds of values it names (CC BY-SA 3.0).
TERMS = {
    "Article": {"url": str, "headline": str, "datePublished": str, "citation": list, "hasPart": list},
    "CreativeWork": {
        "url": str, "name": str, "text": str, "genre": str, "publisher": "Organization", "datePublished": str,
        "version": str, "dateModified": str, "inLanguage": str, "license": (str, "CreativeWork"), "creditText": str,
        "isBasedOn": dict,
    },
    "Quotation": {"url": str, "text": str, "spokenByCharacter": "Person", "isBasedOn": dict, "isPartOf": dict},
    "Organization": {"name": str},
    "Person": {"name": str},
}  # fmt: skip


def things(value: Any) -> list[dict[str, Any]]:
    found = [value] if isinstance(value, dict) and "@type" in value else []
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return found + [one for part in inside for one in things(part)]


def references(value: Any) -> list[dict[str, Any]]:
    found = [value] if isinstance(value, dict) and set(value) == {"@id"} else []
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return found + [one for part in inside for one in references(part)]


def linked(report: CheckReport | None = None, article: LinkedArticle = ARTICLE) -> dict[str, Any]:
    return report_to_linked(report_to_json(report or make_report()), article)


def test_only_terms_of_the_vocabulary_are_used_with_values_that_they_take() -> None:
    document = linked()
    assert document["@context"] == "https://schema.org"
    found = things(document["@graph"])
    assert {one["@type"] for one in found} == {"Article", "CreativeWork", "Quotation", "Organization", "Person"}
    for thing in found:
        for name, value in thing.items():
            if name in {"@type", "@id"}:
                continue
            wanted = TERMS[thing["@type"]][name]
            kinds = wanted if isinstance(wanted, tuple) else (wanted,)
            assert any(
                value.get("@type") == kind if isinstance(kind, str) else isinstance(value, kind) for kind in kinds
            )
            assert value


def test_nothing_rates_the_text() -> None:
    written = json.dumps(linked())
    for word in ("ClaimReview", "Rating", "rating", "verdict", "supported", "contradicted", "true", "false", "review"):
        assert word not in written, word


def test_every_reference_leads_to_one_thing() -> None:
    graph = linked()["@graph"]
    named = [one["@id"] for one in graph]
    assert len(named) == len(set(named))
    referred = {one["@id"] for one in references(graph)}
    assert referred
    assert referred <= set(named)


def test_only_claims_that_official_words_bear_out_are_named() -> None:
    report = make_report()
    borne_out = [
        claim.claim.text
        for claim in report.claims
        if claim.verdict in {Verdict.SUPPORTED, Verdict.SHIFTED} and claim.evidence
    ]
    article = linked(report)["@graph"][0]
    assert [part["text"] for part in article["hasPart"]] == borne_out
    assert 0 < len(borne_out) < len(report.claims)


def test_a_text_that_nothing_bears_out_is_an_article_that_cites_nothing() -> None:
    report = make_report()
    none = replace(report, claims=tuple(one for one in report.claims if one.verdict is Verdict.CONTRADICTED))
    assert linked(none)["@graph"] == [
        {
            "@type": "Article",
            "@id": ARTICLE.url,
            "url": ARTICLE.url,
            "headline": "New deals signed",
            "datePublished": "2024-11-08",
        }
    ]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "https://x y", 'https://x/"><script>', "data:text/html,x"])
def test_what_is_no_address_is_left_out(url: str) -> None:
    [claim, *_] = [one for one in make_report().claims if one.verdict is Verdict.SUPPORTED]
    passage = replace(
        scored(make_passage("Almost 100,000 people passed through.", 1, make_document(url=url))), link=url
    )
    graph = linked(CheckReport((replace(claim, evidence=(passage,)),)), LinkedArticle(url))["@graph"]
    assert "url" not in json.dumps(graph)
    assert [one["@id"] for one in graph] == ["_:article", "_:document1", "_:passage1"]


def test_versions_of_one_address_are_two_documents() -> None:
    [claim, *_] = [one for one in make_report().claims if one.verdict is Verdict.SUPPORTED]
    claims = tuple(
        replace(claim, evidence=(scored(make_passage("Almost 100,000", number, make_document(version=number))),))
        for number in (1, 2)
    )
    graph = linked(CheckReport(claims))["@graph"]
    assert [one["version"] for one in graph if "version" in one] == ["1", "2"]
    assert len({one["@id"] for one in graph}) == len(graph) == 5


def test_it_may_stand_in_a_page() -> None:
    [claim, *_] = [one for one in make_report().claims if one.verdict is Verdict.SUPPORTED]
    passage = scored(make_passage("Almost", 1, make_document(title=HOSTILE + "</script>\u2028", licence="Own words")))
    written = write_linked(report_to_json(CheckReport((replace(claim, evidence=(passage,)),))), ARTICLE)
    assert "<" not in written
    document = next(one for one in json.loads(written)["@graph"] if "license" in one)
    assert document["name"].endswith("</script>\u2028")
    assert document["license"] == {"@type": "CreativeWork", "name": "Own words"}


def test_a_check_that_was_kept_has_the_same() -> None:
    kept = {**report_to_json(make_report()), "article": {"title": "New deals signed", "published": None}}
    assert json.loads(linked_of_check(kept)) == linked(article=LinkedArticle(title="New deals signed"))
