"""Which passages face a claim, what they hold of it, and what the text leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from headwater.alignment.content import content_words, held
from headwater.alignment.evidence import align, nearness
from headwater.alignment.hits import hits_of, rank_of, rival_documents, search_text, searched_texts
from headwater.alignment.omissions import find_followed_document, find_omissions
from headwater.alignment.passages import PassageReader, annotate
from headwater.domain.claims import Claim, ClaimKind
from headwater.domain.documents import Document, Passage
from headwater.domain.facts import Annotated
from headwater.domain.spans import MappedText, Span
from headwater.domain.support import SupportLevel
from headwater.domain.verdicts import ClaimReport, ScoredPassage, Verdict
from headwater.extraction.facts import extract_facts
from headwater.segmentation.claims import segment_claims
from headwater.segmentation.subordinates import subordinate_parts


def document(identifier: str = "d1", version: int = 1) -> Document:
    when = datetime(2024, 5, 1, tzinfo=UTC)
    return Document(
        identifier,
        version,
        True,
        "Ministry",
        "news",
        "https://example.org/",
        "Title",
        "en",
        "OGL-UK-3.0",
        "",
        when,
        when,
        when,
        identifier,
    )


def hit(number: int, text: str, cosine: float, *, of: Document | None = None, coverage: float = 0.5) -> ScoredPassage:
    passage = Passage(number, of or document(), number, text, Span(number * 1000, number * 1000 + len(text)))
    return ScoredPassage(passage, cosine + coverage**2, cosine, coverage)


def claim(text: str, kind: ClaimKind = ClaimKind.STATEMENT) -> Claim:
    mapped = MappedText.identity(text)
    return Claim("c1", text, Span(0, len(text)), kind, Annotated(mapped, extract_facts(text)), sentence=text)


def test_content_words_leave_figures_hedges_and_dates_to_their_lanes() -> None:
    text = "Almost 4,000 nurses joined hospitals in Leeds on 3 May 2024."
    words = [word.span.slice(text) for word in content_words(text, extract_facts(text))]
    assert words == ["nurses", "joined", "hospitals", "Leeds"]


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    common, rare = content_words("government quarantine")
    assert rare.weight > common.weight > 0


def test_words_are_held_in_any_inflection() -> None:
    words = content_words("hospitals joining")
    assert held(words, "A hospital joined the scheme.") == {0, 1}
    assert held(words, "A school left.") == frozenset()


def test_support_is_earned_by_coverage_and_what_is_missing_is_named() -> None:
    said = claim("The scheme trains nurses for hospitals.")
    full = align(
        said, [hit(1, "The scheme trains nurses for hospitals in the north.", 0.9, coverage=1.0)], PassageReader()
    )
    assert full.support.level is SupportLevel.FULL
    assert full.support.missing == ()
    none = align(said, [hit(1, "Fishing quotas were agreed in Oslo.", 0.1, coverage=0.0)], PassageReader())
    assert none.support.level is SupportLevel.NONE
    assert [span.slice(said.content.text) for span in none.support.missing] == ["scheme trains nurses for hospitals"]


def test_no_passage_is_no_support() -> None:
    aligned = align(claim("The scheme trains nurses."), [], PassageReader())
    assert (aligned.evidence, aligned.support.level) == ((), SupportLevel.NONE)


def test_evidence_comes_from_one_document() -> None:
    said = claim("The scheme trains nurses and builds harbours.")
    near = hit(1, "The scheme trains nurses.", 0.8)
    joins = hit(2, "It also builds harbours.", 0.6)
    other = hit(3, "Norway builds harbours.", 0.6, of=document("d2"))
    evidence = align(said, [near, other, joins], PassageReader()).evidence
    assert [one.passage.id for one in evidence] == [1, 2]


def test_nearness_leaves_out_what_other_claims_lifted() -> None:
    plain = hit(1, "text", 0.5, coverage=0.5)
    lifted = ScoredPassage(plain.passage, 1.9, 0.5, 0.5)
    assert nearness(plain) == nearness(lifted) == pytest.approx(0.75)


def test_rivals_are_the_documents_near_the_best_and_never_none() -> None:
    one, other, far = document("d1"), document("d2"), document("d3")
    hits = [hit(1, "a", 0.9, of=one), hit(2, "b", 0.85, of=other), hit(3, "c", 0.8, of=one), hit(4, "d", 0.1, of=far)]
    assert [[h.passage.id for h in group] for group in rival_documents(hits)] == [[1, 3], [2]]
    assert rival_documents([]) == [[]]
    told = [replace(hit, probability=0.5 - hit.passage.id / 10) for hit in hits]
    assert [[h.passage.id for h in group] for group in rival_documents(told, 0.35)] == [[1, 3]]
    assert rival_documents(told, 0.45) == [[]]
    far = ScoredPassage(hit(4, "Four.", 0.1).passage, -0.05, -0.05, 0.0)
    assert rival_documents((far,)) == [[far]]


def test_of_documents_that_agree_alike_the_better_found_answers_whichever_version_it_is() -> None:
    one, other = document("d1"), document("d2")
    hits = [hit(1, "a", 0.9, of=one), hit(2, "b", 0.85, of=other), hit(3, "c", 0.8, of=one)]
    assert [rank_of([each], hits) for each in hits] == [0, 1, 0]
    assert rank_of([], []) == 0


def test_a_lead_in_that_names_nobody_is_not_searched_and_short_claims_take_their_sentence() -> None:
    [vague] = segment_claims(
        MappedText.identity("According to official sources, the goal is to cut waiting times in half.")
    )
    assert search_text(vague).startswith("the goal")
    [named] = segment_claims(
        MappedText.identity("The Home Secretary emphasised the value of working with other countries.")
    )
    assert search_text(named).startswith("The Home Secretary")


def test_hits_of_a_clause_and_of_its_sentence_are_joined_by_the_better_similarity() -> None:
    said = claim("The scheme trains nurses for hospitals in the north.")
    assert list(searched_texts([said])) == [said.sentence]
    low, high = hit(1, "a", 0.3), hit(1, "a", 0.7)
    found = hits_of(said, {said.sentence: [low, high, hit(2, "b", 0.5)]})
    assert [(one.passage.id, one.cosine) for one in found] == [(1, 0.7), (2, 0.5)]


def test_a_line_feed_in_a_passage_is_a_wrapped_line_and_spans_point_into_the_document() -> None:
    passage = Passage(7, document(), 0, "Almost 4,000 nurses\njoined in May.", Span(100, 134))
    read = annotate(passage)
    assert "\n" not in read.text
    [quantity] = read.facts.quantities
    side = read.side(quantity.span)
    assert side.span.shift(-100).slice(passage.text) == side.surface == "4,000"
    assert read.mapped.surface(Span(0, len(read.text))) == passage.text


def report(said: Claim, *evidence: ScoredPassage, verdict: Verdict = Verdict.SUPPORTED) -> ClaimReport:
    return ClaimReport(said, verdict, "reason", evidence=evidence)


def test_omissions_name_figures_first_and_skip_what_was_used() -> None:
    used = hit(1, "The scheme trains nurses.", 0.9)
    plain = Passage(2, document(), 1, "Ministers thanked the staff.", Span(2000, 2028))
    figures = Passage(3, document(), 2, "It has trained 9,400 people since 2020.", Span(3000, 3039))
    found = find_omissions(
        [report(claim("The scheme trains nurses."), used)], [used.passage, plain, figures], PassageReader()
    )
    assert [omission.passage.id for omission in found] == [3, 2]
    assert "9,400 people" in found[0].reason


def test_a_document_is_followed_when_enough_claims_rest_on_it() -> None:
    said, near = claim("The scheme trains nurses."), hit(1, "The scheme trains nurses.", 0.9)
    assert find_followed_document([report(said, near)] * 2) is None
    followed = find_followed_document([report(said, near)] * 3)
    assert followed is not None
    assert followed.id == "d1"
    assert find_followed_document([]) is None


METERS = "The department is installing pulse meters in its London offices. The site at Hull has 40 rooms and a lift."
MOST = "The department is installing pulse meters in its London offices"


@pytest.mark.parametrize(
    ("added", "unstated"),
    [
        ("because bills have doubled in three years.", True),
        ("after thieves stole cables worth £3 million twice.", False),  # no cause by its words
        ("because thieves robbed 12 tenants.", True),
        ("to recover £3 million lost by rivals abroad.", False),  # "recover" opens one, "to" after a place does not
        ("because Hull has 40 rooms.", False),
        ("because the lift broke down 40 times.", False),  # its figure is left to the figures
        ("because 12 tenants sued landlords.", True),
        ("because it rains.", False),  # too little is said
        ("because of the wind and the rain in the north at night.", True),  # what it shares are small words alone
        ("because of the lift at the site in Hull.", False),
    ],
)
def test_an_added_cause_is_told_by_its_figures_too(added: str, *, unstated: bool) -> None:
    said = claim(f"{MOST} {added}")
    parts = subordinate_parts(said.content.text, said.content.facts)
    support = align(said, [hit(1, METERS, 0.7)], PassageReader(), parts=parts).support
    assert [span.slice(said.content.text) for span in support.unstated] == ([added] if unstated else [])


@pytest.mark.parametrize(
    ("added", "unstated"),
    [
        ("It was moved to Hull in the fall of 1992.", []),
        ("Ms Roe took over in the fall of 2001.", []),
        ("In the fall of 2014 the site at Hull had a lift.", []),
        ("The site at Hull saw a fall in the number of rooms.", ["a fall"]),
        ("The site at Hull, with its lift and rooms, saw the fall of rents.", ["the fall"]),
        ("The London offices of the department saw a fall in the use of pulse meters.", ["a fall"]),
    ],
)
def test_a_season_is_no_decline(added: str, unstated: list[str]) -> None:
    said = claim(added)
    support = align(said, [hit(1, METERS, 0.7)], PassageReader()).support
    assert [span.slice(added) for span in support.unstated if "fall" in span.slice(added)] == unstated
