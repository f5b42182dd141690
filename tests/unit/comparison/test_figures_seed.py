# The seed pair: what the figure lane says of the article as it stands, and of each planted change to a figure.
from datetime import date
from pathlib import Path

import pytest

from headwater.comparison.contexts import sentences
from headwater.comparison.figures import compare_figures
from headwater.domain.facts import Annotated, Facts
from headwater.domain.findings import Effect, Finding, Severity
from headwater.extraction.dates import extract_dates
from headwater.extraction.quantities import extract_quantities
from headwater.text.normalise import normalise

SEED = Path(__file__).parents[3] / "fixtures" / "seed"
PUBLISHED = date(2024, 11, 7)


def annotated(raw: str, passage: int | None = None) -> Annotated:
    mapped = normalise(raw).mapped
    dates = extract_dates(mapped.text, published=PUBLISHED)
    quantities = extract_quantities(mapped.text, exclude=tuple(mention.span for mention in dates))
    return Annotated(mapped, Facts(quantities=quantities, dates=dates), passage_id=passage)


def source() -> list[Annotated]:
    text = normalise((SEED / "release.txt").read_text("utf-8")).mapped.text
    return [annotated(span.slice(text).strip(), place) for place, span in enumerate(sentences(text))]


SOURCE = source()


def found(claim: str) -> dict[str, Finding]:
    return {finding.claimed.surface: finding for finding in compare_figures(annotated(claim), SOURCE)}


def transit(figure: str) -> str:
    return f"{figure} people have passed through the Western Balkans in the last year alone, making it a transit route."


def fund(figure: str) -> str:
    return (
        f"Additionally, the UK has committed to investing an extra {figure} to strengthen its Border Security Command."
    )


def returned(figure: str) -> str:
    return f"The government has returned {figure} people with no right to be in the UK."


@pytest.mark.parametrize(
    ("claim", "surface", "kind", "effect"),
    [
        (transit("Nearly 100,000"), "100,000", "period_differs", Effect.SHIFTS),
        (transit("Nearly 10,000"), "10,000", "value_differs", Effect.CONTRADICTS),
        (transit("Nearly 110,000"), "110,000", "value_differs", Effect.CONTRADICTS),
        (transit("Nearly 1 million"), "1 million", "value_differs", Effect.CONTRADICTS),
        (transit("More than 100,000"), "100,000", "hedge_flipped", Effect.SHIFTS),
        (transit("Over 100,000"), "100,000", "hedge_flipped", Effect.SHIFTS),
        (fund("ÂŁ75 million"), "ÂŁ75 million", "equal", Effect.AGREES),
        (fund("£75 million"), "£75 million", "equal", Effect.AGREES),
        (fund("£57m"), "£57m", "value_differs", Effect.CONTRADICTS),
        (fund("$75 million"), "$75 million", "currency_differs", Effect.CONTRADICTS),
        (fund("€75 million"), "€75 million", "currency_differs", Effect.CONTRADICTS),
        (fund("£75 billion"), "£75 billion", "scale_differs", Effect.CONTRADICTS),
        (fund("£75,000,000"), "£75,000,000", "equal", Effect.AGREES),
        (fund("75m pounds"), "75m pounds", "equal", Effect.AGREES),
        (returned("9,000"), "9,000", "rounded_without_hedge", Effect.SHIFTS),
        (returned("about 9,400"), "9,400", "hedge_added", Effect.AGREES),
        (returned("almost 10,000"), "10,000", "bound_loose", Effect.SHIFTS),
        (returned("2,590"), "2,590", "other_thing_counted", Effect.CONTRADICTS),
        (transit("Nearly 100 000"), "100 000", "period_differs", Effect.SHIFTS),
        (transit("Nearly １００,０００"), "１００,０００", "period_differs", Effect.SHIFTS),
        (transit("Nearly 100,\u200b000"), "100,\u200b000", "period_differs", Effect.SHIFTS),
    ],
)
def test_planted_change(claim: str, surface: str, kind: str, effect: Effect) -> None:
    finding = found(claim)[surface]
    assert (finding.kind, finding.effect) == (kind, effect)


def test_planted_sentence_of_three_slips() -> None:
    findings = found(
        "The UK saw 9,400 people returned, including 2,950 enforced returns, up 19 percentage points on 2022."
    )
    assert findings["9,400"].effect is Effect.AGREES
    assert (findings["2,950"].kind, findings["2,950"].official and findings["2,950"].official.surface) == (
        "value_differs",
        "2,590",
    )
    assert "two digits are swapped" in findings["2,950"].explanation
    assert findings["19 percentage points"].kind == "percent_against_points"
    assert "2022" in findings["19 percentage points"].explanation


def test_nearly_a_fifth_more_is_nineteen_per_cent() -> None:
    claim = "The 2,590 enforced returns are nearly a fifth more than in the same period in 2023."
    assert {f.effect for f in found(claim).values()} == {Effect.AGREES}


@pytest.mark.parametrize(
    ("claim", "surfaces"),
    [
        ("More than 31,000 people have travelled the dangerous route so far this year.", ["31,000"]),
        ("The EPC includes 20 other European countries and 27 EU member states.", ["20", "27"]),
    ],
)
def test_what_the_source_does_not_state_is_paired_with_nothing(claim: str, surfaces: list[str]) -> None:
    findings = found(claim)
    assert list(findings) == surfaces
    assert {(f.effect, f.official) for f in findings.values()} == {(Effect.NOT_STATED, None)}


def test_the_article_as_it_stands_contradicts_nothing() -> None:
    text = normalise((SEED / "article.txt").read_text("utf-8")).mapped.text
    article = [annotated(span.slice(text).strip()) for span in sentences(text)]
    findings = [finding for claim in article for finding in compare_figures(claim, SOURCE)]
    stated = {f.claimed.surface: f.effect for f in findings if f.severity is not Severity.INFO}
    assert stated.pop("100,000") is Effect.SHIFTS  # "in the last year" is not "last year"
    assert stated == {"31,000": Effect.NOT_STATED, "20": Effect.NOT_STATED, "27": Effect.NOT_STATED}
