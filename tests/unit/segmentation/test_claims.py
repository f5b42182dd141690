"""Claims of whole texts: their kinds, speakers and places in the original."""

from __future__ import annotations

import pytest

from headwater.domain.claims import Claim, ClaimKind
from headwater.segmentation.claims import segment_claims
from headwater.text.normalise import normalise

ARTICLE = (
    "Ferries Return to the Fjord\n\n"
    "Two ferries will run from May, the ministry said on Monday. "
    "They stated, “The quay is ready, and the crews are\u00a0hired.”\n\n"
    "How Many People Will Use Them?\n\n"
    "About 4,000 people a\u200b day are expected, which is a tenth more than in 2019.\n\n"
    "The minister will set out the case in the following statement.\n"
)


def claims_of(text: str) -> tuple[Claim, ...]:
    return segment_claims(normalise(text).mapped)


def test_kinds_are_told_apart() -> None:
    kinds = [(claim.kind, claim.text.split()[0]) for claim in claims_of(ARTICLE)]
    assert kinds == [
        (ClaimKind.HEADING, "Ferries"),
        (ClaimKind.STATEMENT, "Two"),
        (ClaimKind.QUOTATION, "“The"),
        (ClaimKind.QUESTION, "How"),
        (ClaimKind.STATEMENT, "About"),
        (ClaimKind.STATEMENT, "which"),
        (ClaimKind.FRAMING, "The"),
    ]


def test_every_claim_is_the_slice_of_the_original_under_its_span() -> None:
    for claim in claims_of(ARTICLE):
        assert claim.span.slice(ARTICLE) == claim.text


def test_facts_count_from_the_claims_own_start() -> None:
    for claim in claims_of(ARTICLE):
        facts = claim.content.facts
        for fact in (*facts.quantities, *facts.dates, *facts.quotations, *facts.names):
            assert fact.span.slice(claim.content.text) == fact.surface


def test_claims_of_one_sentence_share_it_and_know_what_came_before() -> None:
    *_, people, rise, _ = claims_of(ARTICLE)
    assert people.sentence_id == rise.sentence_id
    assert people.sentence == rise.sentence
    assert people.context.startswith("How Many People")


def test_a_quotation_knows_its_speaker() -> None:
    quotation = next(claim for claim in claims_of(ARTICLE) if claim.kind is ClaimKind.QUOTATION)
    assert "ministry" in quotation.speaker


@pytest.mark.parametrize("text", ["", " \n\n ", "...", "—", "\ud800"])
def test_a_text_without_words_has_no_claims(text: str) -> None:
    assert claims_of(text) == ()


def test_a_quotation_over_paragraphs_is_claimed_sentence_by_sentence() -> None:
    text = "The mayor said: “The first part is done.\n\n“The second part begins in June. We will finish it.”"
    quoted = [claim for claim in claims_of(text) if claim.kind is ClaimKind.QUOTATION]
    assert len(quoted) == 3
    assert {claim.speaker for claim in quoted} == {"The mayor"}


def test_a_term_in_marks_is_part_of_its_sentence() -> None:
    [claim] = claims_of("The so-called ‘bedroom tax’ was paid by 4,000 households last year in the city.")
    assert claim.kind is ClaimKind.STATEMENT
